//go:build js

// This program is the panel without its page: all its state, actions and texts, those
// of another language too. It shows an interaction as one line.
package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

func main() {
	w := words.Read(given("words"))
	changed := make(chan struct{}, 1)
	m := model.New(model.Options{
		Connect: connect,
		Place:   given("place"),
		Changed: func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		},
		Notify: func(event string, _ model.Detail) { js.Global().Set("event", event) },
	})
	go m.Run(context.Background())
	for range changed {
		if action := given("action"); action != "" {
			use(m, model.Action(action))
		}
		for _, c := range m.View().Cases {
			for _, i := range c.Items {
				show(w.Title(i.Interaction) + " " + w.Kind(i.Interaction) + " " + w.State(i.State))
			}
		}
		if place, another := m.Place(); another {
			js.Global().Set("place", place)
		}
	}
}

func connect(ctx context.Context) (*wwe.Service, error) {
	options := []wwe.Option{wwe.WithOrigin(given("wweOrigin"))}
	if frame := given("frame"); frame != "" {
		options = append(options, wwe.WithFrame(frame), wwe.WithTimeout(1))
	}
	return wwe.Connect(ctx, options...)
}

// use calls the methods that the panel's page calls, so that the linker keeps them.
func use(m *model.Model, action model.Action) {
	m.Do(model.Task{Action: action, On: given("on")}, func(bool) {})
	m.Select("")
	m.Open("", true)
	m.Dismiss(1)
	m.TryAgain()
	m.Notices()
}

func show(text string) { js.Global().Get("document").Get("body").Set("innerText", text) }

// given returns the string in a global variable of the page, or "" if there is none.
func given(name string) string {
	if value := js.Global().Get(name); value.Type() == js.TypeString {
		return value.String()
	}
	return ""
}

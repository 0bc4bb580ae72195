//go:build js

// The panel without a page: what it knows and can do, in the words of both
// languages. Of the interactions it shows one line.
package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

func main() {
	w := words.For("en")
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

// use is what nobody does here, but the panel's page does.
func use(m *model.Model, action model.Action) {
	m.Do(model.Task{Action: action, On: given("on")}, func(bool) {})
	m.Select("")
	m.Open("", true)
	m.Dismiss(1)
	m.TryAgain()
	m.Notices()
}

func show(text string) { js.Global().Get("document").Get("body").Set("innerText", text) }

// given is what the page has put into a variable, "" for nothing.
func given(name string) string {
	if value := js.Global().Get(name); value.Type() == js.TypeString {
		return value.String()
	}
	return ""
}

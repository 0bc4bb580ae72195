//go:build js

// The panel without a page: what it knows and can do, in the words of both languages.
package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

func main() {
	w := words.For(js.Global().Get("lang").String())
	m := model.New(model.Options{
		Connect: func(ctx context.Context) (*wwe.Service, error) {
			return wwe.Connect(ctx, wwe.WithOrigin(js.Global().Get("wweOrigin").String()), wwe.WithFrame("wwe"), wwe.WithTimeout(1))
		},
		Place:     js.Global().Get("place").String(),
		SavePlace: func(place string) { println(place) },
		Changed:   func() {},
		Notify:    func(event string, _ model.Detail) { println(event) },
	})
	go m.Run(context.Background())
	v := m.View()
	for _, c := range v.Cases {
		for _, i := range c.Items {
			println(w.Title(i.Interaction), w.Kind(i.Interaction), w.State(i.State))
			println(m.Do(model.Task{Action: model.Action(js.Global().Get("action").String()), On: i.InteractionID}, func(bool) {}))
		}
	}
	m.Select("")
	m.Open("", true)
	m.Dismiss(1)
	m.TryAgain()
	println(len(m.Notices()))
}

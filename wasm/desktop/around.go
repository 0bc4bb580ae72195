//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/wwetest"
)

// serveAround serves a client in the page that has WWE in its iframe (the
// reverse embedding) like a widget. The desktop's server decides which pages
// may frame the desktop (FRAMES). The Host's Config.AcceptedOrigins decides
// which of their requests WWE executes.
func serveAround(host *wwetest.Host) {
	parent := js.Global().Get("parent")
	if parent.Equal(js.Global()) {
		return
	}
	var around *widget
	dom.GetWindow().AddEventListener("message", false, func(e dom.Event) {
		event := e.Underlying()
		origin := event.Get("origin").String()
		if !event.Get("source").Equal(parent) || origin == "null" { // "null" does not identify a page
			return
		}
		if around == nil {
			around = &widget{window: parent, origin: origin}
			around.frame = host.Attach(origin, around.post)
		}
		around.receive(event)
	})
}

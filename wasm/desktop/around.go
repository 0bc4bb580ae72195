//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/wwetest"
)

// serveAround serves a page that has WWE in its iframe, the reverse embedding:
// a client there speaks to WWE as one in an iframe of WWE's does. Who may frame
// the desktop is up to its server, and what they may ask for to
// service-client-api.accepted-web-content-origins.
func serveAround(host *wwetest.Host) {
	parent := js.Global().Get("parent")
	if parent.Equal(js.Global()) {
		return
	}
	var around *widget
	dom.GetWindow().AddEventListener("message", false, func(e dom.Event) {
		event := e.Underlying()
		origin := event.Get("origin").String()
		if !event.Get("source").Equal(parent) || origin == "null" { // a page without an origin could not be told from others
			return
		}
		if around == nil {
			around = &widget{window: parent, origin: origin}
			around.frame = host.Attach(origin, around.post)
		}
		around.receive(event)
	})
}

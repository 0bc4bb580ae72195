//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/wwetest"
)

var (
	stringify = js.Global().Get("JSON").Get("stringify")
	parse     = js.Global().Get("JSON").Get("parse")
)

// connectWidget lets the page in the iframe talk to the Host by postMessage.
// Messages count only if they come from that iframe and that origin, as with
// service-client-api.accepted-web-content-origins.
func connectWidget(host *wwetest.Host, iframe *dom.HTMLIFrameElement, origin string) {
	window := iframe.Underlying().Get("contentWindow")
	frame := host.Attach(origin, func(message string) {
		window.Call("postMessage", parse.Invoke(message), origin)
	})
	dom.GetWindow().AddEventListener("message", false, func(e dom.Event) {
		event := e.Underlying()
		if !event.Get("source").Equal(window) || event.Get("origin").String() != origin {
			return
		}
		if message, ok := text(event.Get("data")); ok {
			frame.Receive(message)
		}
	})
}

// text gives the JSON text of what the widget posted, which may be anything.
func text(data js.Value) (text string, ok bool) {
	defer func() {
		if recover() != nil { // JSON has no word for it, such as for a BigInt
			ok = false
		}
	}()
	s := stringify.Invoke(data)
	if s.Type() != js.TypeString {
		return "", false
	}
	return s.String(), true
}

//go:build js

package main

import (
	"syscall/js"
	"time"

	"wwebridge/wasm/desktop/html"
)

// forgers are two hidden pages that are not WWE's: one of an opaque origin, and
// one of the desktop's own origin. They are created when a fault first needs
// them.
var forgers []*forger

type forger struct {
	window js.Value
	loaded chan struct{}
	done   chan struct{}
}

// forge has the forgers post a message to the widget's window. It returns once
// they have, so that the message comes before WWE's own.
func forge(message string, widget js.Value) {
	if forgers == nil {
		forgers = []*forger{newForger("allow-scripts"), newForger("")}
	}
	frames := js.Global().Get("frames")
	for n := range frames.Get("length").Int() {
		if frames.Index(n).Equal(widget) {
			for _, f := range forgers {
				f.post(message, n)
			}
		}
	}
}

func newForger(sandbox string) *forger {
	f := &forger{loaded: make(chan struct{}, 1), done: make(chan struct{}, 1)}
	iframe := html.Element("iframe", "")
	html.Hide(iframe, true)
	if sandbox != "" {
		iframe.SetAttribute("sandbox", sandbox)
	}
	iframe.SetAttribute("title", "Forger")
	signal := func(to chan struct{}) {
		select {
		case to <- struct{}{}:
		default:
		}
	}
	iframe.Underlying().Call("addEventListener", "load", js.FuncOf(func(js.Value, []js.Value) any {
		signal(f.loaded)
		return nil
	}))
	js.Global().Call("addEventListener", "message", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if args[0].Get("source").Equal(f.window) {
			signal(f.done)
		}
		return nil
	}))
	iframe.SetAttribute("src", "/web/forger.html")
	js.Global().Get("document").Get("body").Call("append", iframe.Underlying())
	f.window = iframe.Underlying().Get("contentWindow")
	select {
	case <-f.loaded:
	case <-time.After(5 * time.Second):
	}
	return f
}

func (f *forger) post(message string, frame int) {
	f.window.Call("postMessage", map[string]any{"text": message, "frame": frame}, "*") // an opaque origin has no name
	select {
	case <-f.done:
	case <-time.After(time.Second):
	}
}

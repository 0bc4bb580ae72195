//go:build js

// Command desktop is the simulated WWE of web/desktop.html: a wwetest.Host in
// the page, with the widget in an iframe on an origin of its own.
package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func main() {
	document := dom.GetWindow().Document()
	log := newMessageLog(document)
	happened := make(chan struct{}, 1)
	host := wwetest.NewHost(wwetest.WithLog(func(m wwetest.Message) {
		log.add(m)
		select { // the Host is not to be called from here
		case happened <- struct{}{}:
		default:
		}
	}))
	view := newView(document, host)
	widget, ok := document.GetElementByID("widget").(*dom.HTMLIFrameElement)
	if !ok {
		panic("the page has no iframe for the widget")
	}
	origin := document.QuerySelector(`meta[name="widget-origin"]`).GetAttribute("content")

	connectWidget(host, widget, origin)
	serveScripts(host, view.show)
	view.onRing(func(ani, key, value string) {
		userData := wwe.UserData{}
		if key != "" {
			userData[key] = value
		}
		host.Ring(wwetest.Call{ANI: ani, UserData: userData})
		view.show()
	})
	view.onAction("hangUp", func(id string) error { return host.HangUp(id) })
	view.onAction("markDone", func(id string) error { return host.MarkDone(id) })
	view.show()
	page.SetText(document.GetElementByID("loading"), "")
	widget.SetSrc(origin + "/" + js.Global().Get("location").Get("search").String())
	for range happened {
		view.show()
	}
}

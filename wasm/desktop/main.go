//go:build js

// Command desktop is the simulated WWE of web/desktop.html: a wwetest.Host in
// the page, with the widget in an iframe on an origin of its own.
package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/page"
	"wwebridge/wasm/wwetest"
)

func main() {
	var log *messageLog
	var refresh *repaint
	host := wwetest.NewHost(
		wwetest.WithLog(func(m wwetest.Message) { log.add(m) }),
		wwetest.WithChange(func() { refresh.soon() }),
	)
	log = newMessageLog(host)
	widgets := newWidgetArea(host)
	views := []interface{ show() }{
		newAgentBar(host),
		newCaseList(host),
		newWorkPanel(host),
		newConfigurationPanel(host),
		newFaultPanel(host),
		widgets,
		newWindowView(host),
	}
	refresh = newRepaint(func() {
		for _, view := range views {
			view.show()
		}
	})
	serveTabs()
	serveHandle()
	reset := func() {
		host.Reset()
		log.clear()
	}
	serveScripts(host, reset)
	keepWorld(host, reset)
	serveAround(host)
	page.ByID("restart").AddEventListener("click", false, func(dom.Event) { host.Restart() })
	page.ByID("reset").AddEventListener("click", false, func(dom.Event) { reset() })
	refresh.now()
	page.SetText(page.ByID("loading"), "")
	widgets.openFromLocation()
	select {}
}

//go:build js

package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
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
	html.ByID("restart").AddEventListener("click", false, func(dom.Event) { host.Restart() })
	html.ByID("reset").AddEventListener("click", false, func(dom.Event) { reset() })
	refresh.now()
	html.SetText(html.ByID("loading"), "")
	widgets.openFromLocation()
	select {}
}

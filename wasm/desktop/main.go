//go:build js

package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwetest"
)

func main() {
	var log *messageLog
	var refresh *repaint
	host := wwetest.NewHost(
		wwetest.WithLog(func(m wwetest.Message) { log.add(m) }),
		wwetest.WithChange(func() { refresh.soon() }),
	)
	acts := &scenario.Acts{Host: host}
	log = newMessageLog(acts)
	widgets := newWidgetArea(host)
	var scenarios *scenarioPanel
	reset := func() { // returns WWE to its start
		scenarios.stop("")
		acts.Host.Reset()
		acts.Recording.Clear()
		log.clear()
	}
	scenarios = newScenarioPanel(acts, widgets, reset)
	views := []interface{ show() }{
		newAgentBar(acts),
		newCaseList(acts),
		newWorkPanel(acts),
		newConfigurationPanel(acts),
		newFaultPanel(acts),
		scenarios,
		widgets,
		newWindowView(acts),
	}
	refresh = newRepaint(func() {
		for _, view := range views {
			view.show()
		}
	})
	serveTabs()
	serveHandle()
	serveScripts(acts, reset)
	keepWorld(acts, reset)
	serveAround(host)
	html.ByID("restart").AddEventListener("click", false, func(dom.Event) { _, _ = acts.Do("restart") }) // it cannot fail
	html.ByID("reset").AddEventListener("click", false, func(dom.Event) { reset() })
	refresh.now()
	html.SetText(html.ByID("loading"), "")
	widgets.openFromLocation()
	scenarios.openFromLocation()
	select {}
}

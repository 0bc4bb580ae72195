//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/page"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// worldKey is where the tab keeps what WWE holds while the page reloads;
// tooLarge is there instead if that has no room.
const (
	worldKey = "wwebridge.world"
	tooLarge = "too large"
)

// keepWorld has WWE hold after a reload of the page what it held before, as a
// real one gets the agent's calls from its server again. ?fresh starts over,
// and so does any other way to come to the page.
func keepWorld(host *wwetest.Host, reset func()) {
	dom.GetWindow().AddEventListener("pagehide", false, func(dom.Event) {
		if !store("sessionStorage", worldKey, string(host.Save())) {
			store("sessionStorage", worldKey, tooLarge)
		}
	})
	text, kept := restoreWorld(host)
	note, startOver := page.ByID("world-note"), page.ByID("start-over")
	page.SetText(page.ByID("world-text"), text)
	page.Hide(note, text == "")
	page.Hide(startOver, !kept)
	startOver.AddEventListener("click", false, func(dom.Event) {
		reset()
		page.Hide(note, true)
	})
}

// restoreWorld loads what was kept, and returns what a person has to know of it.
func restoreWorld(host *wwetest.Host) (note string, kept bool) {
	if _, ok := storage("sessionStorage"); !ok {
		return "This browser keeps nothing for the page: a reload starts over.", false
	}
	text := stored("sessionStorage", worldKey)
	if text == "" || !isReload() || query().Call("has", "fresh").Bool() {
		return "", false
	}
	if text == tooLarge {
		return "What WWE held before the reload was too large to keep, so it starts over.", false
	}
	if err := host.Load(wwe.JSON(text)); err != nil {
		return "What WWE held before the reload cannot be read, so it starts over: " + err.Error(), false
	}
	if len(host.Interactions()) == 0 {
		return "", false
	}
	return "As before the reload, but interactions have new ids.", true
}

// isReload reports whether the page was here before: by a reload, by the back
// button, or in a page around it, which loads it again when that is reloaded.
func isReload() bool {
	if !js.Global().Get("parent").Equal(js.Global()) {
		return true
	}
	entries := js.Global().Get("performance").Call("getEntriesByType", "navigation")
	if entries.Length() == 0 {
		return false
	}
	kind := entries.Index(0).Get("type").String()
	return kind == "reload" || kind == "back_forward"
}

// query is the query of the page's URL.
func query() js.Value {
	return js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
}

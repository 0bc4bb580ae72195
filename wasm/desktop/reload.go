//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// worldKey is the key under which the tab keeps the state of WWE while the page
// reloads. Its value is tooLarge if there is no room for the state.
const (
	worldKey     = "wwebridge.world"
	recordingKey = "wwebridge.recording"
	tooLarge     = "too large"
)

// keepWorld keeps the state of WWE when the page reloads, as a real WWE gets
// the agent's calls from its server again. A new visit starts over, and so does
// a reload with ?fresh or ?scenario.
func keepWorld(acts *scenario.Acts, reset func()) {
	host := acts.Host
	dom.GetWindow().AddEventListener("pagehide", false, func(dom.Event) {
		if !store("sessionStorage", worldKey, string(host.Save())) {
			store("sessionStorage", worldKey, tooLarge)
		}
		store("sessionStorage", recordingKey, acts.Recording.Save(host.Messages()))
	})
	text, kept := restoreWorld(host)
	if kept {
		acts.Recording.Load(stored("sessionStorage", recordingKey))
	}
	note, startOver := html.ByID("world-note"), html.ByID("start-over")
	html.SetText(html.ByID("world-text"), text)
	html.Hide(note, text == "")
	html.Hide(startOver, !kept)
	startOver.AddEventListener("click", false, func(dom.Event) {
		reset()
		html.Hide(note, true)
	})
}

// restoreWorld loads the kept state and returns a note for the user.
func restoreWorld(host *wwetest.Host) (note string, kept bool) {
	if _, ok := storage("sessionStorage"); !ok {
		return "This browser keeps nothing for the page: a reload starts over.", false
	}
	text := stored("sessionStorage", worldKey)
	store("sessionStorage", worldKey, "") // else it would come back later if this program died
	if text == "" || !isReload() || query().Call("has", "fresh").Bool() || query().Call("has", "scenario").Bool() {
		return "", false
	}
	if text == tooLarge {
		return "The calls from before the reload were too large to keep, so WWE starts over.", false
	}
	if err := host.Load(wwe.JSON(text)); err != nil {
		return "The calls from before the reload cannot be read, so WWE starts over: " + err.Error(), false
	}
	if len(host.Interactions()) == 0 {
		return "", false
	}
	return "As before the reload, but interactions have new ids.", true
}

// isReload reports whether the page was here before: it was reloaded, or the
// user went back. It always returns true in an iframe, because a reload of the
// page around it loads it again.
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

// query returns the query of the page's URL.
func query() js.Value {
	return js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
}

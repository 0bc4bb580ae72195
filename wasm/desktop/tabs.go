//go:build js

package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
)

// serveTabs lets the user choose a tool with the mouse, the arrow keys, Home
// and End.
func serveTabs() {
	list := dom.GetWindow().Document().QuerySelector("[role=tablist]")
	tabs := list.QuerySelectorAll("[role=tab]")
	choose := func(chosen int) {
		for n, tab := range tabs {
			selected, tabindex := "false", "-1"
			if n == chosen {
				selected, tabindex = "true", "0"
			}
			tab.SetAttribute("aria-selected", selected)
			tab.SetAttribute("tabindex", tabindex)
			html.Hide(html.ByID(tab.GetAttribute("aria-controls")), n != chosen)
		}
	}
	for n, tab := range tabs {
		tab.AddEventListener("click", false, func(dom.Event) { choose(n) })
		tab.AddEventListener("keydown", false, func(e dom.Event) {
			var next int
			switch e.Underlying().Get("key").String() {
			case "ArrowRight":
				next = (n + 1) % len(tabs)
			case "ArrowLeft":
				next = (n + len(tabs) - 1) % len(tabs)
			case "Home":
				next = 0
			case "End":
				next = len(tabs) - 1
			default:
				return
			}
			e.PreventDefault()
			choose(next)
			tabs[next].Underlying().Call("focus")
		})
	}
}

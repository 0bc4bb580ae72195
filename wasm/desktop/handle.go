//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
)

// The width of the widget in CSS pixels: its minimum, its default, and the
// change per press of an arrow key. widthKey is the storage key of the chosen
// width.
const (
	minWidth     = 200
	defaultWidth = 360
	widthStep    = 16
	widestKey    = 1 << 20 // as wide as there is room
	widthKey     = "wwebridge.widgetWidth"
)

// full is the preset that gives the widget all of the page, until it is pressed
// again.
const full = "full"

// serveHandle lets the user resize the widget: by dragging its edge, with keys,
// or by presets.
func serveHandle() {
	handle, main, shown := html.ByID("handle"), html.ByID("main"), html.ByID("width")
	presets := html.ByID("widths").QuerySelectorAll("button")
	wanted, width := defaultWidth, defaultWidth // the chosen width, and the width that fits
	set := func(w int) {
		wanted = w
		widest := max(minWidth, js.Global().Get("innerWidth").Int()-560) // leaves room for the cases
		width = min(max(wanted, minWidth), widest)
		main.Underlying().Get("style").Call("setProperty", "--widget", strconv.Itoa(width)+"px")
		handle.SetAttribute("aria-valuemin", strconv.Itoa(minWidth))
		handle.SetAttribute("aria-valuemax", strconv.Itoa(widest))
		handle.SetAttribute("aria-valuenow", strconv.Itoa(width))
		chosen, text := strconv.Itoa(width), strconv.Itoa(width)+" px"
		switch {
		case main.HasAttribute("data-full"):
			chosen, text = full, "all of the page"
		case width < wanted && wanted < widestKey:
			text += ", there is no room for " + strconv.Itoa(wanted)
		}
		html.SetText(shown, text)
		for _, preset := range presets {
			html.SetAttribute(preset, "aria-pressed", strconv.FormatBool(preset.GetAttribute("data-width") == chosen))
		}
	}
	if kept, err := strconv.Atoi(stored("localStorage", widthKey)); err == nil {
		wanted = kept
	}
	set(wanted)
	choose := func(w int) {
		set(w)
		store("localStorage", widthKey, strconv.Itoa(width))
	}

	html.ByID("widths").AddEventListener("click", false, func(e dom.Event) {
		button := e.Target().Closest("button")
		if button == nil {
			return
		}
		if button.GetAttribute("data-width") == full && !main.HasAttribute("data-full") {
			main.SetAttribute("data-full", "")
			set(wanted)
			return
		}
		main.RemoveAttribute("data-full")
		w, err := strconv.Atoi(button.GetAttribute("data-width"))
		if err != nil { // full again: as before
			w = wanted
		}
		set(w)
		store("localStorage", widthKey, strconv.Itoa(w))
	})

	handle.AddEventListener("keydown", false, func(e dom.Event) {
		w := width
		switch e.Underlying().Get("key").String() {
		case "ArrowLeft":
			w += widthStep
		case "ArrowRight":
			w -= widthStep
		case "Home":
			w = minWidth
		case "End":
			w = widestKey
		default:
			return
		}
		e.PreventDefault()
		choose(w)
	})

	dragging, grabbedAt, widthThen := false, 0.0, 0
	handle.AddEventListener("pointerdown", false, func(e dom.Event) {
		dragging, grabbedAt, widthThen = true, e.Underlying().Get("clientX").Float(), width
		handle.Underlying().Call("setPointerCapture", e.Underlying().Get("pointerId"))
		main.SetAttribute("data-dragging", "") // the iframes must not take the pointer
	})
	handle.AddEventListener("pointermove", false, func(e dom.Event) {
		if dragging {
			set(widthThen + int(grabbedAt-e.Underlying().Get("clientX").Float()))
		}
	})
	end := func(dom.Event) {
		dragging = false
		main.RemoveAttribute("data-dragging")
		choose(width)
	}
	handle.AddEventListener("lostpointercapture", false, end)
	dom.GetWindow().AddEventListener("resize", false, func(dom.Event) { set(wanted) })
}

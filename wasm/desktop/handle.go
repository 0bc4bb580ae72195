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
	widthKey     = "wwebridge.widgetWidth"
)

// serveHandle lets the user resize the widget: by dragging its edge, or with
// keys.
func serveHandle() {
	handle, main, shown := html.ByID("handle"), html.ByID("main"), html.ByID("width")
	wanted, width := defaultWidth, defaultWidth // the chosen width, and the width that fits
	set := func(w int) {
		wanted = w
		widest := max(minWidth, js.Global().Get("innerWidth").Int()-560) // leaves room for the cases
		width = min(max(wanted, minWidth), widest)
		main.Underlying().Get("style").Call("setProperty", "--widget", strconv.Itoa(width)+"px")
		handle.SetAttribute("aria-valuemin", strconv.Itoa(minWidth))
		handle.SetAttribute("aria-valuemax", strconv.Itoa(widest))
		handle.SetAttribute("aria-valuenow", strconv.Itoa(width))
		html.SetText(shown, strconv.Itoa(width)+" px")
	}
	if kept, err := strconv.Atoi(stored("localStorage", widthKey)); err == nil {
		wanted = kept
	}
	set(wanted)
	choose := func(w int) {
		set(w)
		store("localStorage", widthKey, strconv.Itoa(width))
	}

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
			w = 1 << 20
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

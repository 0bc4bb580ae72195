//go:build js

package main

import (
	"cmp"
	"strconv"
	"syscall/js"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// keyOf returns the interaction's key for attributes of the page.
func keyOf(i *model.Item) string { return strconv.Itoa(i.Key) }

var lastID int

// uniqueID returns an id for an element that other elements refer to. The panel never looks elements up
// by id.
func uniqueID() string {
	lastID++
	return "wwe-panel-" + strconv.Itoa(lastID)
}

// drawn caches the icons drawn so far, for copying.
var drawn = map[string]*elements.Element{}

// icon returns an icon. Screen readers skip it.
func icon(name string) *elements.Element {
	if drawn[name] == nil {
		drawn[name] = draw(name)
	}
	return drawn[name].Clone()
}

func draw(name string) *elements.Element {
	e, path := elements.SVG("svg"), elements.SVG("path")
	e.SetAttribute("aria-hidden", "true")
	e.SetAttribute("data-shape", name)
	e.SetAttribute("viewBox", "0 0 20 20")
	e.SetAttribute("width", "16") // used if the panel has no style sheet
	path.SetAttribute("d", outline(name))
	e.AppendChild(path)
	return e
}

// setIcon changes the shape of an icon.
func setIcon(e *elements.Element, name string) {
	if elements.SetAttribute(e, "data-shape", name) {
		e.QuerySelector("path").SetAttribute("d", outline(name))
	}
}

// iconButton returns a button with an icon before its text.
func iconButton(text, action, shape string) *elements.Element {
	b := elements.Button("", action)
	b.AppendChild(icon(shape))
	b.AppendChild(elements.Text("span", "", text))
	return b
}

// smallButton returns a button that shows only an icon. Its name is a tooltip and for screen readers.
func smallButton(name, action, shape string) *elements.Element {
	b := elements.Button("", action)
	b.AddClass("small")
	b.SetAttribute("aria-label", name)
	b.SetAttribute("title", name)
	b.AppendChild(icon(shape))
	return b
}

// showOffer shows, hides, enables or disables a button for an offer, which may be nil.
func showOffer(b *elements.Element, o *model.Offer, w *words.Words) {
	elements.Hide(b, o == nil)
	if o == nil {
		setAvailable(b, true, false, "")
		return
	}
	why := ""
	if !o.Allowed {
		why = w.Forbidden(o.Action.Request())
	}
	setAvailable(b, o.Allowed && !o.Waits, o.Pending, why)
}

// setAvailable enables or disables a button. A disabled button keeps its place and its focus.
func setAvailable(b *elements.Element, allowed, pending bool, why string) {
	disabled := "false"
	if !allowed || pending {
		disabled = "true"
	}
	if disabled == "true" || b.HasAttribute("aria-disabled") {
		elements.SetAttribute(b, "aria-disabled", disabled)
	}
	if pending {
		elements.SetAttribute(b, "aria-busy", "true")
	} else if b.HasAttribute("aria-busy") {
		b.RemoveAttribute("aria-busy")
	}
	if why != "" {
		elements.SetAttribute(b, "title", why)
	} else if b.HasAttribute("title") && !b.HasClass("small") {
		b.RemoveAttribute("title")
	}
}

// duration formats an elapsed time as m:ss or h:mm:ss.
func duration(d time.Duration) string {
	seconds := int(max(d, 0) / time.Second)
	text := strconv.Itoa(seconds / 60 % 60)
	if hours := seconds / 3600; hours > 0 {
		text = strconv.Itoa(hours) + ":" + twoDigits(seconds/60%60)
	}
	return text + ":" + twoDigits(seconds%60)
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// clock formats a time of day. It uses the browser's time zone, because Go would add all time zones to
// the program.
func clock(t time.Time) string {
	date := js.Global().Get("Date").New(t.UnixMilli())
	return twoDigits(date.Call("getHours").Int()) + ":" + twoDigits(date.Call("getMinutes").Int())
}

// lookOf returns the look of a state, "other" for a state that this version does not support.
func lookOf(s wwe.State) string { return cmp.Or(look.Of(s), "other") }

// mediaIcon returns the icon for an interaction's media and direction.
func mediaIcon(i *wwe.Interaction) string {
	switch {
	case i.IsConsultation:
		return "consult"
	case i.Media == "email":
		return "email"
	case i.Media == "workitem":
		return "workItem"
	case i.Media == "outboundpreview":
		return "preview"
	case i.Media == "voice", i.Media == "" && i.ANI != "":
		if i.Direction == wwe.DirectionOut {
			return "callOut"
		}
		return "callIn"
	}
	return "chat"
}

// chip shows a state as a shape, a colour and a text.
type chip struct{ element, shape, text *elements.Element }

func newChip() chip {
	c := chip{shape: icon("active"), text: elements.New("span", "")}
	c.element = elements.New("span", "chip", c.shape, c.text)
	return c
}

func (c chip) show(look, text string) {
	elements.SetAttribute(c.element, "data-look", look)
	setIcon(c.shape, look)
	elements.SetText(c.text, text)
	elements.SetAttribute(c.text, "title", text) // a long text is cut off
}

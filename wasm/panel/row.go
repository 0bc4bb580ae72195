//go:build js

package main

import (
	"strconv"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// row is an interaction in the list or among the offers. It has a button that selects the interaction
// and, if it rings, buttons that answer it.
type row struct {
	_                          [0]func() // not comparable: less code
	w                          *words.Words
	element, choose            *elements.Element
	media, title, kind, passed *elements.Element
	recording                  *elements.Element
	chip                       chip
	offers, accept, reject     *elements.Element // nil before they are needed
	steady                     steadyPart        // the offers
	since                      time.Time
}

func newRow(w *words.Words, key string) *row {
	r := &row{
		w:         w,
		media:     icon("chat"),
		title:     elements.New("span", "title"),
		kind:      elements.New("span", "kind"),
		passed:    elements.New("span", "time"),
		recording: newRecording(),
		chip:      newChip(),
	}
	r.passed.SetAttribute("aria-hidden", "true") // it changes every second
	r.choose = elements.New("button", "select", r.media, r.title, r.passed,
		elements.New("span", "how", r.chip.element, r.recording, r.kind))
	r.choose.SetAttribute("type", "button")
	r.choose.SetAttribute("data-action", "select")
	r.element = elements.New("div", "row", r.choose)
	r.element.SetAttribute("data-key", key)
	return r
}

func (r *row) show(i *model.Item, selected, focusable bool, now time.Time) {
	look := lookOf(i.State)
	r.since = i.Since
	setIcon(r.media, mediaIcon(i.Interaction))
	title := r.w.Title(i.Interaction)
	elements.SetText(r.title, title)
	elements.SetAttribute(r.title, "title", title) // a long title is cut off
	elements.SetText(r.kind, r.w.Kind(i.Interaction))
	r.chip.show(look, r.w.State(i.State))
	elements.SetAttribute(r.element, "data-look", look)
	elements.SetFlag(r.element, "data-selected", selected)
	elements.SetFlag(r.element, "data-consultation", i.IsConsultation)
	elements.SetAttribute(r.choose, "aria-current", strconv.FormatBool(selected))
	tabindex := "-1" // arrow keys move between rows
	if focusable {
		tabindex = "0"
	}
	elements.SetAttribute(r.choose, "tabindex", tabindex)
	showRecording(r.w, r.recording, i)
	r.showOffers(i)
	r.tick(now)
}

func (r *row) showOffers(i *model.Item) {
	accept, reject := i.Offer(model.Accept), i.Offer(model.Reject)
	if accept == nil && reject == nil {
		r.steady.offered = ""
		if r.offers != nil {
			elements.Hide(r.offers, true)
		}
		return
	}
	if r.offers == nil {
		r.addOffers()
	}
	shape := "done"
	if i.Media == "voice" {
		shape = "accept"
	}
	setIcon(r.accept, shape)
	showOffer(r.accept, accept, r.w)
	showOffer(r.reject, reject, r.w)
	elements.Hide(r.offers, false)
	r.steady.offered = string(model.Accept) // both buttons come and go together
}

func (r *row) addOffers() {
	r.accept = iconButton(r.w.Actions.Text(model.Accept), string(model.Accept), "accept")
	r.reject = iconButton(r.w.Actions.Text(model.Reject), string(model.Reject), "reject")
	titleID := uniqueID()
	r.title.SetAttribute("id", titleID)
	for _, b := range []*elements.Element{r.accept, r.reject} {
		b.SetAttribute("aria-label", b.TextContent()) // a narrow panel shows only the icon
		b.SetAttribute("aria-describedby", titleID)   // several can ring at once
	}
	r.accept.AddClass("primary")
	r.offers = elements.New("div", "offers", r.accept, r.reject)
	r.steady.element = r.offers
	r.element.AppendChild(r.offers)
}

func (r *row) tick(now time.Time) { elements.SetText(r.passed, duration(now.Sub(r.since))) }

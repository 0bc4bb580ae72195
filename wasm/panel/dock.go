//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// dock shows the selected interaction's title, state and action buttons. It stays in view above
// everything that grows. Its parts have a fixed height, so that its buttons never move.
type dock struct {
	w                        *words.Words
	element, title, kind     *elements.Element
	passed, recording, about *elements.Element
	chip                     chip
	bar, microphone          *bar
	offers                   *offers
	since                    time.Time
}

func newDock(w *words.Words) *dock {
	d := &dock{
		w: w, chip: newChip(), bar: newBar(w, model.Bar[:]), microphone: newBar(w, model.MicrophoneBar[:]), offers: newOffers(w),
		title: elements.New("h2", "title"), kind: elements.New("span", "kind"), passed: elements.New("span", "time"),
		recording: newRecording(), about: elements.New("p", "about"),
	}
	d.microphone.element.AddClass("microphone")
	for a, button := range d.microphone.buttons { // the icon is visible, the name is a tooltip
		elements.Hide(d.microphone.names[a], true)
		button.AddClass("small")
		button.SetAttribute("title", w.Actions.Text(a))
		button.SetAttribute("aria-label", w.Actions.Text(a))
	}
	titleID := uniqueID()
	d.title.SetAttribute("id", titleID)
	d.title.SetAttribute("tabindex", "-1") // see keepFocus
	d.element = elements.New("section", "dock",
		elements.New("header", "", d.title, d.passed,
			elements.New("div", "line", d.chip.element, d.recording, d.kind, d.microphone.element)),
		d.bar.element,
		elements.New("div", "place", d.about, d.offers.element))
	d.element.SetAttribute("aria-labelledby", titleID)
	return d
}

// show shows the selected interaction. asked is the action whose form is open, "" for none.
func (d *dock) show(v *model.View, asked model.Action, now time.Time, work *work) {
	d.offers.show(v, now, work)
	i := v.Selected
	elements.Hide(d.element, i == nil)
	if i == nil {
		return
	}
	d.showSince(i)
	elements.SetAttribute(d.element, "data-key", keyOf(i))
	look := lookOf(i.State)
	elements.SetAttribute(d.element, "data-look", look)
	title := d.w.Title(i.Interaction)
	elements.SetText(d.title, title)
	elements.SetAttribute(d.title, "title", title) // a long title is cut off
	elements.SetText(d.kind, d.w.Kind(i.Interaction))
	d.chip.show(look, d.w.State(i.State))
	showRecording(d.w, d.recording, i)
	d.bar.show(i, asked)
	d.microphone.show(i, asked)
	elements.SetText(d.about, d.aboutText(i, v))
	d.tick(now)
}

// showSince has the time count since the interaction ended, which the panel remembers over a page reload, or
// since it entered its state.
func (d *dock) showSince(i *model.Item) {
	title := d.w.InState
	d.since = i.Since
	if i.WrapUp != nil && i.WrapUp.IsOver {
		d.since, title = i.WrapUp.Ended, d.w.SinceEnd
	}
	elements.SetAttribute(d.passed, "title", title)
}

// aboutText returns a line with the information that the title leaves out.
func (d *dock) aboutText(i *model.Item, v *model.View) string {
	w := d.w
	switch {
	case i.IsConsultation && i.ParentInteractionID != "":
		return w.Named(w.ConsultationOf, titleOf(w, v, i.ParentInteractionID))
	case i.Consultation != "":
		return w.Named(w.ConsultationWith, titleOf(w, v, i.Consultation))
	case model.Subject(i.Interaction) != "" && model.Who(i.Interaction) != "":
		return w.Named(w.From, model.Who(i.Interaction))
	}
	title, text := w.Title(i.Interaction), ""
	if i.ANI != "" && i.ANI != title {
		text = w.Named(w.From, i.ANI)
	}
	if i.DNIS != "" && i.DNIS != title {
		if text != "" {
			text += " · "
		}
		text += w.Named(w.To, i.DNIS)
	}
	return text
}

func (d *dock) tick(now time.Time) {
	elements.SetText(d.passed, duration(now.Sub(d.since)))
	d.offers.tick(now)
}

// newRecording returns the mark for a recorded call.
func newRecording() *elements.Element {
	e := elements.New("span", "rec", icon("record"))
	e.SetAttribute("role", "img")
	return e
}

func showRecording(w *words.Words, mark *elements.Element, i *model.Item) {
	text := recordingText(w, i.RecordingState)
	elements.Hide(mark, text == "" || i.RecordingState == wwe.RecordingStateStopped)
	elements.SetAttribute(mark, "aria-label", text)
	elements.SetAttribute(mark, "title", text)
	elements.SetAttribute(mark, "data-recording", string(i.RecordingState))
}

// recordingText returns whether a call is recorded, in words. An unknown state is returned unchanged.
func recordingText(w *words.Words, s wwe.RecordingState) string {
	switch s {
	case wwe.RecordingStateRunning:
		return w.Recorded
	case wwe.RecordingStatePaused:
		return w.RecordingPaused
	case wwe.RecordingStateStopped:
		return w.NotRecorded
	}
	return string(s)
}

// titleOf returns the title of the interaction with this id, or a text with the id if it is not in the
// View.
func titleOf(w *words.Words, v *model.View, id string) string {
	if id == "" {
		return ""
	}
	for _, c := range v.Cases {
		for _, i := range c.Items {
			if i.InteractionID == id {
				return w.Title(i.Interaction)
			}
		}
	}
	return w.Interaction + " " + id
}

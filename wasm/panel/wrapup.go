//go:build js

package main

import (
	"slices"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// wrapUp shows the disposition and the note, if the page asks for them. They are folded until the interaction
// has ended. The time since then is in the dock.
type wrapUp struct {
	w                 *words.Words
	element           *elements.Element
	heading           *elements.Element
	fold, summary     *elements.Element
	fields            *elements.Element
	disposition, note *wrapUpField // nil before they are needed
	waits, done       *elements.Element
	unsaved, why      *elements.Element // nil before they are needed
	choices           []string          // the values to choose from
	extra             *elements.Element
}

// wrapUpField is a form control with the progress of saving its text.
type wrapUpField struct {
	_                [0]func() // not comparable: less code
	w                *words.Words
	label            string
	element, control *elements.Element
	line, progress   *elements.Element
	copy             *elements.Element // nil before it is needed
}

// newWrapUp returns the wrap-up of an interaction. done is the Mark done button.
func newWrapUp(w *words.Words, done *elements.Element) *wrapUp {
	u := &wrapUp{
		w: w, heading: elements.Text("h3", "", w.WrapUp), summary: elements.Text("summary", "", w.WrapUp),
		fields: elements.New("div", "fields"), waits: elements.Text("p", "waits", w.NeedsDisposition), done: done,
	}
	u.heading.SetAttribute("id", uniqueID())
	u.fold = elements.New("details", "fold", u.summary, u.fields)
	u.fold.SetAttribute("data-section", "wrapUp")
	u.waits.SetAttribute("id", uniqueID())
	u.element = elements.New("section", "wrapup", u.heading, u.waits, u.fold)
	u.element.SetAttribute("aria-labelledby", u.heading.GetAttribute("id"))
	elements.Hide(u.element, true)
	return u
}

func (u *wrapUp) show(v *model.View) {
	shown := v.Selected.WrapUp
	elements.Hide(u.element, shown == nil || shown.Disposition == nil && shown.Note == nil)
	u.showWaiting(shown != nil && shown.Waits && v.Selected.Offer(model.MarkDone) != nil)
	if shown == nil {
		return
	}
	elements.Hide(u.heading, !shown.IsOver)
	elements.Hide(u.summary, shown.IsOver) // the fields are always open then
	elements.SetFlag(u.fold, "open", shown.IsOver || v.Open["wrapUp"])
	if shown.Disposition != nil {
		u.showDisposition(shown)
	}
	if shown.Note != nil {
		if u.note == nil {
			u.note = u.newField(elements.New("textarea", ""), "note", u.w.Note)
			u.note.control.SetAttribute("rows", "3")
		}
		u.note.show(shown.Note)
	}
	u.showUnsaved(shown)
}

// showWaiting shows why mark done waits, and links the explanation to the button.
func (u *wrapUp) showWaiting(waits bool) {
	elements.Hide(u.waits, !waits)
	if waits {
		elements.SetAttribute(u.done, "aria-describedby", u.waits.GetAttribute("id"))
	} else if u.done.HasAttribute("aria-describedby") {
		u.done.RemoveAttribute("aria-describedby")
	}
}

// showDisposition shows a select with the page's values, and WWE's value if that is another one.
func (u *wrapUp) showDisposition(shown *model.WrapUp) {
	if u.disposition == nil {
		u.disposition = u.newField(elements.New("select", ""), "disposition", u.w.Disposition)
		u.disposition.control.AppendChild(option("", u.w.NoDisposition))
		for _, d := range shown.Dispositions {
			u.choices = append(u.choices, d.Value)
			u.disposition.control.AppendChild(option(d.Value, d.Label))
		}
	}
	text := shown.Disposition.Text
	isOffered := text == "" || slices.Contains(u.choices, text)
	if u.extra != nil && (isOffered || u.extra.TextContent() != text) {
		u.extra.Remove()
		u.extra = nil
	}
	if !isOffered && u.extra == nil {
		u.extra = option(text, text)
		u.disposition.control.AppendChild(u.extra)
	}
	u.disposition.show(shown.Disposition)
}

func (u *wrapUp) newField(control *elements.Element, name, label string) *wrapUpField {
	f := &wrapUpField{w: u.w, label: label, control: control, progress: elements.New("p", "progress")}
	control.SetAttribute("data-wrapup", name)
	f.progress.SetAttribute("id", uniqueID())
	control.SetAttribute("aria-describedby", f.progress.GetAttribute("id"))
	control.SetAttribute("id", uniqueID())
	of := elements.New("label", "", elements.Text("span", "", label))
	of.SetAttribute("for", control.GetAttribute("id"))
	f.line = elements.New("div", "line", f.progress)
	f.element = elements.New("div", "field", of, control, f.line)
	u.fields.AppendChild(f.element)
	return f
}

func (f *wrapUpField) show(e *model.Entered) {
	f.control.SetValue(e.Text)
	text := ""
	switch {
	case e.Why != nil:
		text = f.w.NotSaved
	case e.Progress == model.NotYetSaved:
		text = f.w.NotYetSaved
	case e.Progress == model.Saving:
		text = f.w.Saving
	case e.Progress == model.Saved:
		text = f.w.Saved
	}
	elements.SetText(f.progress, text)
	elements.SetFlag(f.element, "data-failed", e.Why != nil)
	if e.Why != nil && f.copy == nil {
		f.copy = smallButton(words.Fill(f.w.Copy, f.label, ""), "copy", "copy")
		f.line.AppendChild(f.copy)
	}
	if f.copy != nil {
		elements.Hide(f.copy, e.Why == nil)
		elements.SetAttribute(f.copy, "data-text", e.Text)
	}
}

// showUnsaved shows why WWE has not accepted the entries, each reason once, and offers a retry.
func (u *wrapUp) showUnsaved(shown *model.WrapUp) {
	why := ""
	for _, e := range []*model.Entered{shown.Disposition, shown.Note} {
		if e == nil || e.Why == nil {
			continue
		}
		reason := u.w.Why(e.Why)
		if e.Why.Who == wwe.CategoryConfiguration {
			reason += " " + u.w.Fix(e.Why)
		}
		switch why {
		case "", reason:
			why = reason
		default:
			why += " " + reason
		}
	}
	if why != "" && u.unsaved == nil {
		u.why = elements.New("p", "")
		u.unsaved = elements.New("div", "unsaved", u.why, elements.Text("p", "fix", u.w.KeptHere), elements.Button(u.w.TryAgain, "saveWrapUp"))
		u.fields.AppendChild(u.unsaved)
	}
	if u.unsaved != nil {
		elements.Hide(u.unsaved, why == "")
		elements.SetText(u.why, why)
	}
}

// enterWrapUp records the agent's input in a wrap-up field. It reports false if the control is not one.
func (p *panel) enterWrapUp(control *elements.Element, left bool) bool {
	name := control.GetAttribute("data-wrapup")
	if name == "" {
		return false
	}
	field := model.NoteField
	if name == "disposition" {
		field = model.DispositionField
	}
	p.view = p.model.View() // as in press
	if i := p.itemAround(control); i != nil {
		p.model.EnterWrapUp(i.InteractionID, field, control.Value(), left)
	}
	return true
}

// demandDisposition takes an agent who cannot mark done to the missing disposition.
func (p *panel) demandDisposition(button *elements.Element) {
	if button.GetAttribute("data-action") != string(model.MarkDone) || p.view.Selected == nil {
		return
	}
	if d := p.details[keyOf(p.view.Selected)]; d != nil && d.wrapUp.waits.IsShown() {
		p.model.Open("wrapUp", true)
		elements.SetFlag(d.wrapUp.fold, "open", true)
		d.wrapUp.disposition.control.Focus()
		p.announcer.politely(p.words.NeedsDisposition)
	}
}

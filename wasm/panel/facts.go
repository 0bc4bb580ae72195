//go:build js

package main

import (
	"cmp"
	"strings"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// facts lists the facts about an interaction other than its user data: first those that the agent may
// need, then those that support staff ask for.
type facts struct {
	w               *words.Words
	element         *elements.Element
	first, more     *elements.Element
	rows            map[string]*fact
	began, since    time.Time
	seenFor, inThis *fact
}

// fact is a name with a value.
type fact struct {
	_             [0]func() // not comparable: less code
	name, value   *elements.Element
	copy          *elements.Element // nil for none
	shown, number string
}

func newFacts(w *words.Words) *facts {
	f := &facts{w: w, first: elements.New("dl", "facts"), more: elements.New("dl", "facts"), rows: map[string]*fact{}}
	f.element = elements.New("div", "", f.first, f.more)
	return f
}

func (f *facts) show(i *model.Item, v *model.View, now time.Time) {
	f.began, f.since = i.Began, i.Since
	set := func(in *elements.Element, name, value, number string, canCopy bool) *fact {
		row := f.rows[name]
		if row == nil {
			if value == "" {
				return nil
			}
			row = f.newFact(in, name, canCopy)
		}
		row.show(f.w, value, number)
		return row
	}
	w := f.w
	set(f.first, w.From, i.ANI, model.Number(i.ANI), false)
	set(f.first, w.To, i.DNIS, model.Number(i.DNIS), false)
	set(f.first, w.With, parties(i, w.Title(i.Interaction)), "", false)
	contact := ""
	if c := i.Contact; c != nil {
		contact = model.Trim(c.FirstName + " " + c.LastName)
		if contact == "" {
			contact = c.DisplayName
		}
		if contact == w.Title(i.Interaction) {
			contact = "" // the heading shows it
		}
	}
	set(f.first, w.Contact, contact, "", false)
	set(f.first, w.ConsultationOf, titleOf(w, v, i.ParentInteractionID), "", false)
	set(f.first, w.ConsultationWith, titleOf(w, v, i.Consultation), "", false)
	set(f.first, w.Recording, recordingText(w, i.RecordingState), "", false)
	set(f.first, w.NoAnswer, cmp.Or(w.Missed.Text(i.RonaCallState), string(i.RonaCallState)), "", false)
	state := w.State(i.State)
	if i.PreviousState != "" {
		state = words.Fill(w.Became, w.State(i.PreviousState), state)
	}
	set(f.more, w.RawState, state, "", false)
	f.inThis = set(f.more, w.InState, duration(now.Sub(i.Since)), "", false)
	f.seenFor = set(f.more, w.Duration, duration(now.Sub(i.Began)), "", false)
	set(f.more, w.InteractionID, i.InteractionID, "", true)
	set(f.more, w.CaseID, i.CaseID, "", true)
	set(f.more, w.InteractionUUID, i.InteractionUUID, "", true)
	if i.CallUUID != i.InteractionUUID {
		set(f.more, w.CallUUID, i.CallUUID, "", true)
	}
	set(f.more, w.ConnID, i.ConnID, "", true)
}

func (f *facts) tick(now time.Time) {
	if f.seenFor != nil {
		f.seenFor.show(f.w, duration(now.Sub(f.began)), "")
		f.inThis.show(f.w, duration(now.Sub(f.since)), "")
	}
}

// parties returns the names of the parties, or "" if there is only one and it is already shown.
func parties(i *model.Item, title string) string {
	var names []string
	for _, p := range i.Parties {
		if name := cmp.Or(model.PartyName(p), p.PhoneNumber); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 1 && (names[0] == title || names[0] == i.ANI || names[0] == i.DNIS) {
		return ""
	}
	return strings.Join(names, ", ")
}

func (f *facts) newFact(in *elements.Element, name string, canCopy bool) *fact {
	row := &fact{name: elements.Text("dt", "", name), value: elements.New("dd", "")}
	if canCopy {
		row.copy = smallButton(words.Fill(f.w.Copy, name, ""), "copy", "copy")
	}
	f.rows[name] = row
	in.AppendChild(row.name)
	in.AppendChild(row.value)
	return row
}

// show updates the row if its value has changed.
func (r *fact) show(w *words.Words, value, number string) {
	elements.Hide(r.name, value == "")
	elements.Hide(r.value, value == "")
	if value == r.shown && number == r.number {
		return
	}
	r.shown, r.number = value, number
	elements.Empty(r.value)
	r.value.AppendChild(elements.Text("span", "", value))
	if number != "" {
		r.value.AppendChild(callButton(w, number))
	}
	if r.copy != nil {
		r.copy.SetAttribute("data-text", value)
		r.value.AppendChild(r.copy)
	}
}

// linked returns a text as a link, or as plain text if link is "".
func linked(text, link string) *elements.Element {
	if link == "" {
		return elements.Text("span", "", text)
	}
	a := elements.Text("a", "", text)
	a.SetAttribute("href", link)
	if strings.HasPrefix(link, "http") {
		a.SetAttribute("target", "_blank")
		a.SetAttribute("rel", "noopener noreferrer")
	}
	return a
}

//go:build js

package main

import (
	"strconv"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// list is the list of interactions, grouped by case. Rows are updated in
// place, so that the focus stays where it is.
type list struct {
	w       *words.Words
	element *elements.Element
	heading *elements.Element
	scroll  *elements.Element // the cases: a part of a long list is shown
	ringing *elements.Element // where cases that begin to ring beside the work have their place, so that it keeps its own
	apart   *elements.Element // the cases there
	begun   bool              // cases were shown before: what rings now has begun to ring since
	rows    *elements.Rows
	cases   map[string]*caseRow
	more    *elements.Element // the button for what is not in the list
	toFirst bool              // the focus goes to the next row that is new
}

// caseRow is a case in the list, with its interactions by their keys.
type caseRow struct {
	element *elements.Element
	rows    *elements.Rows
	byKey   map[string]*row
	placed  bool
	isApart bool
}

func newList(w *words.Words) *list {
	l := &list{
		w: w, heading: elements.Text("h2", "", w.Interactions), scroll: newCases(w.Interactions), apart: newCases(w.State(wwe.StateRinging)),
		cases: map[string]*caseRow{}, more: elements.Button("", "more"),
	}
	l.rows = elements.NewRows(l.scroll)
	l.element = elements.New("section", "list", l.heading, l.scroll, l.more)
	l.ringing = elements.New("div", "ringing", l.apart)
	return l
}

func newCases(name string) *elements.Element {
	cases := elements.New("ul", "cases")
	cases.SetAttribute("aria-label", name)
	return cases
}

// show brings the list up to date. Of what is new, it shows what the work allows.
func (l *list) show(v *model.View, now time.Time, work *work) {
	var ids []string
	cases := map[string]model.Case{}
	for _, c := range v.Cases {
		id := idOf(c)
		ids = append(ids, id)
		cases[id] = c
	}
	var rings, first *elements.Element // what has begun to, and what is new
	show := func(id string) {
		shown := l.cases[id]
		if shown == nil {
			return
		}
		ringing, added := shown.show(l.w, cases[id], v.Selected, now, work)
		if ringing != nil {
			rings = ringing
		}
		if first == nil {
			first = added
		}
	}
	l.rows.Sync(ids, func(id string) *elements.Element {
		if !work.goesOn() {
			return nil
		}
		element := elements.New("li", "case")
		l.cases[id] = &caseRow{element: element, rows: elements.NewRows(element), byKey: map[string]*row{}}
		show(id) // which is most of the work
		return element
	}, func(id string) { delete(l.cases, id) })
	apart := 0
	for _, id := range ids {
		show(id)
		if c := l.cases[id]; c != nil {
			l.place(c, cases[id], v.Selected)
			if c.isApart {
				apart++
			}
		}
	}
	l.begun = l.begun || len(ids) > 0
	elements.Hide(l.ringing, apart == 0)
	text := l.w.Interactions
	if len(ids) > 1 {
		text += " · " + strconv.Itoa(v.Count)
	}
	elements.SetText(l.heading, text)
	elements.Hide(l.element, len(ids) == apart)
	elements.SetText(l.more, words.Fill(l.w.ShowMore, strconv.Itoa(v.Hidden), ""))
	elements.Hide(l.more, v.Hidden == 0)
	if l.toFirst && first != nil {
		first.QuerySelector(".select").Focus()
	}
	l.toFirst = false
	if rings != nil { // a long list shows a part, and the page stays where it is
		rings.Closest(".cases").ScrollTo(rings)
	}
}

// place puts a case that begins to ring while the agent works on another one
// apart, and into the list once it does not ring any more.
func (l *list) place(c *caseRow, shown model.Case, selected *model.Item) {
	rings := false
	for _, i := range shown.Items {
		rings = rings || model.IsOffered(i.Interaction)
		if selected != nil && selected.Key == i.Key {
			c.placed = true
		}
	}
	switch {
	case rings && !c.placed && selected != nil && l.begun:
		c.isApart = true
		first := l.apart.FirstChild()
		if first == nil {
			l.apart.AppendChild(c.element)
			break
		}
		before := first.Top()
		l.apart.AppendChild(c.element)
		if first.Top() != before { // it grows upwards
			l.apart.Prepend(c.element)
		}
	case !rings && c.isApart:
		c.isApart = false
		l.scroll.AppendChild(c.element)
	}
	c.placed = true
}

// idOf names a case in the list; what has no case is one of its own.
func idOf(c model.Case) string {
	if c.ID == "" {
		return keyOf(c.Items[0])
	}
	return "case " + c.ID
}

// show returns the row that has begun to ring and the first that is new, nil for none.
func (c *caseRow) show(w *words.Words, shown model.Case, selected *model.Item, now time.Time, work *work) (rings, added *elements.Element) {
	var keys []string
	for _, i := range shown.Items {
		keys = append(keys, keyOf(i))
	}
	c.rows.Sync(keys, func(key string) *elements.Element {
		if len(c.byKey) > 0 && !work.goesOn() { // a case is never empty
			return nil
		}
		e := newRow(w, key)
		c.byKey[key] = e
		if added == nil {
			added = e.element
		}
		return e.element
	}, func(key string) { delete(c.byKey, key) })
	for n, i := range shown.Items {
		r := c.byKey[keys[n]]
		if r == nil {
			continue
		}
		if model.IsOffered(i.Interaction) && r.element.GetAttribute("data-look") != "offered" {
			rings = r.element
		}
		isSelected := selected != nil && selected.Key == i.Key
		r.show(i, isSelected, isSelected || selected == nil, now)
	}
	return rings, added
}

func (l *list) tick(now time.Time) {
	for _, c := range l.cases {
		for _, r := range c.byKey {
			r.tick(now)
		}
	}
}

// row is an interaction in the list: what selects it, and what answers it.
type row struct {
	w                          *words.Words
	element, choose            *elements.Element
	media, title, kind, passed *elements.Element
	recording                  *elements.Element
	chip                       chip
	offers, accept, reject     *elements.Element
	since                      time.Time
}

func newRow(w *words.Words, key string) *row {
	r := &row{
		w:         w,
		media:     icon("chat"),
		title:     elements.New("span", "title"),
		kind:      elements.New("span", "kind"),
		passed:    elements.New("span", "time"),
		recording: elements.New("span", "rec", icon("record")),
		chip:      newChip(),
		accept:    iconButton(w.Actions.Text(model.Accept), string(model.Accept), "accept"),
		reject:    iconButton(w.Actions.Text(model.Reject), string(model.Reject), "reject"),
	}
	r.passed.SetAttribute("aria-hidden", "true") // it changes every second
	r.choose = elements.New("button", "select", r.media, elements.New("span", "who", r.title, r.kind),
		elements.New("span", "how", r.chip.element, r.recording, r.passed))
	r.choose.SetAttribute("type", "button")
	r.choose.SetAttribute("data-action", "select")
	titleID := uniqueID()
	r.title.SetAttribute("id", titleID)
	for _, b := range []*elements.Element{r.accept, r.reject} {
		b.SetAttribute("aria-describedby", titleID) // several can ring at once
	}
	r.accept.AddClass("primary")
	r.offers = elements.New("div", "offers", r.accept, r.reject)
	r.element = elements.New("div", "row", r.choose, r.offers)
	r.element.SetAttribute("data-key", key)
	return r
}

func (r *row) show(i *model.Item, selected, focusable bool, now time.Time) {
	look := lookOf(i.State)
	r.since = i.Since
	setIcon(r.media, mediaIcon(i.Interaction))
	title := r.w.Title(i.Interaction)
	elements.SetText(r.title, title)
	elements.SetAttribute(r.title, "title", title) // a long one is cut off
	elements.SetText(r.kind, r.w.Kind(i.Interaction))
	r.chip.show(look, r.w.State(i.State))
	elements.SetAttribute(r.element, "data-look", look)
	elements.SetFlag(r.element, "data-selected", selected)
	elements.SetFlag(r.element, "data-consultation", i.IsConsultation)
	elements.SetAttribute(r.choose, "aria-current", strconv.FormatBool(selected))
	tabindex := "-1" // arrow keys go from row to row
	if focusable {
		tabindex = "0"
	}
	elements.SetAttribute(r.choose, "tabindex", tabindex)
	r.showRecording(i)
	shape := "done"
	if i.Media == "voice" {
		shape = "accept"
	}
	setIcon(r.accept, shape)
	accept, reject := i.Offer(model.Accept), i.Offer(model.Reject)
	showOffer(r.accept, accept, r.w)
	showOffer(r.reject, reject, r.w)
	elements.Hide(r.offers, accept == nil && reject == nil)
	r.tick(now)
}

func (r *row) tick(now time.Time) { elements.SetText(r.passed, duration(now.Sub(r.since))) }

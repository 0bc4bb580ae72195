//go:build js

package main

import (
	"strconv"
	"time"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/page"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// list is the list of interactions, grouped by case. Rows are updated in
// place, so that the focus stays where it is.
type list struct {
	w       *words.Words
	element *page.Element
	heading *page.Element
	scroll  *page.Element // the cases: a part of a long list is shown
	ringing *page.Element // where cases that begin to ring beside the work have their place, so that it keeps its own
	apart   *page.Element // the cases there
	begun   bool          // cases were shown before: what rings now has begun to ring since
	rows    *page.Rows
	cases   map[string]*caseRow
	more    *page.Element // the button for what is not in the list
	toFirst bool          // the focus goes to the next row that is new
}

// caseRow is a case in the list, with its interactions by their keys.
type caseRow struct {
	element *page.Element
	rows    *page.Rows
	byKey   map[string]*row
	placed  bool
	isApart bool
}

func newList(w *words.Words) *list {
	l := &list{
		w: w, heading: page.Text("h2", "", w.Interactions), scroll: newCases(w.Interactions), apart: newCases(w.State(wwe.StateRinging)),
		cases: map[string]*caseRow{}, more: page.Button("", "more"),
	}
	l.rows = page.NewRows(l.scroll)
	l.element = page.New("section", "list", l.heading, l.scroll, l.more)
	l.ringing = page.New("div", "ringing", l.apart)
	return l
}

func newCases(name string) *page.Element {
	cases := page.New("ul", "cases")
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
	var rings, first *page.Element // what has begun to, and what is new
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
	l.rows.Sync(ids, func(id string) *page.Element {
		if !work.goesOn() {
			return nil
		}
		element := page.New("li", "case")
		l.cases[id] = &caseRow{element: element, rows: page.NewRows(element), byKey: map[string]*row{}}
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
	page.Hide(l.ringing, apart == 0)
	text := l.w.Interactions
	if len(ids) > 1 {
		text += " · " + strconv.Itoa(v.Count)
	}
	page.SetText(l.heading, text)
	page.Hide(l.element, len(ids) == apart)
	page.SetText(l.more, words.Fill(l.w.ShowMore, strconv.Itoa(v.Hidden), ""))
	page.Hide(l.more, v.Hidden == 0)
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
func (c *caseRow) show(w *words.Words, shown model.Case, selected *model.Item, now time.Time, work *work) (rings, added *page.Element) {
	var keys []string
	for _, i := range shown.Items {
		keys = append(keys, keyOf(i))
	}
	c.rows.Sync(keys, func(key string) *page.Element {
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
	element, choose            *page.Element
	media, title, kind, passed *page.Element
	recording                  *page.Element
	chip                       chip
	offers, accept, reject     *page.Element
	since                      time.Time
}

func newRow(w *words.Words, key string) *row {
	r := &row{
		w:         w,
		media:     icon("chat"),
		title:     page.New("span", "title"),
		kind:      page.New("span", "kind"),
		passed:    page.New("span", "time"),
		recording: page.New("span", "rec", icon("record")),
		chip:      newChip(),
		accept:    iconButton(w.Actions.Text(model.Accept), string(model.Accept), "accept"),
		reject:    iconButton(w.Actions.Text(model.Reject), string(model.Reject), "reject"),
	}
	r.passed.SetAttribute("aria-hidden", "true") // it changes every second
	r.choose = page.New("button", "select", r.media, page.New("span", "who", r.title, r.kind),
		page.New("span", "how", r.chip.element, r.recording, r.passed))
	r.choose.SetAttribute("type", "button")
	r.choose.SetAttribute("data-action", "select")
	titleID := uniqueID()
	r.title.SetAttribute("id", titleID)
	for _, b := range []*page.Element{r.accept, r.reject} {
		b.SetAttribute("aria-describedby", titleID) // several can ring at once
	}
	r.accept.AddClass("primary")
	r.offers = page.New("div", "offers", r.accept, r.reject)
	r.element = page.New("div", "row", r.choose, r.offers)
	r.element.SetAttribute("data-key", key)
	return r
}

func (r *row) show(i *model.Item, selected, focusable bool, now time.Time) {
	look := lookOf(i.State)
	r.since = i.Since
	setIcon(r.media, mediaIcon(i.Interaction))
	title := r.w.Title(i.Interaction)
	page.SetText(r.title, title)
	page.SetAttribute(r.title, "title", title) // a long one is cut off
	page.SetText(r.kind, r.w.Kind(i.Interaction))
	r.chip.show(look, r.w.State(i.State))
	page.SetAttribute(r.element, "data-look", look)
	page.SetFlag(r.element, "data-selected", selected)
	page.SetFlag(r.element, "data-consultation", i.IsConsultation)
	page.SetAttribute(r.choose, "aria-current", strconv.FormatBool(selected))
	tabindex := "-1" // arrow keys go from row to row
	if focusable {
		tabindex = "0"
	}
	page.SetAttribute(r.choose, "tabindex", tabindex)
	r.showRecording(i)
	notAllowed := func(request string) string { return words.Fill(r.w.NotAllowed, request, "") }
	shape := "done"
	if i.Media == "voice" {
		shape = "accept"
	}
	setIcon(r.accept, shape)
	accept, reject := i.Offer(model.Accept), i.Offer(model.Reject)
	showOffer(r.accept, accept, notAllowed)
	showOffer(r.reject, reject, notAllowed)
	page.Hide(r.offers, accept == nil && reject == nil)
	r.tick(now)
}

func (r *row) tick(now time.Time) { page.SetText(r.passed, duration(now.Sub(r.since))) }

//go:build js

package main

import (
	"strconv"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// list is the list of interactions, grouped by case. Rows are updated in
// place, so that the focus stays where it is.
type list struct {
	w       *words.Words
	element dom.Element
	heading dom.Element
	cases   map[string]*caseRow
	rows    dom.Element
}

// caseRow is a case in the list.
type caseRow struct {
	element dom.Element
	rows    map[string]*row
}

func (c *caseRow) Element() dom.Element { return c.element }

func newList(w *words.Words) *list {
	l := &list{w: w, cases: map[string]*caseRow{}, rows: page.Element("ul", "cases"), heading: page.Text("h2", "", w.Interactions)}
	l.rows.SetAttribute("aria-label", w.Interactions)
	l.element = page.Element("section", "list", l.heading, l.rows)
	return l
}

func (l *list) show(v model.View, now time.Time) {
	var ids []string
	byID := map[string]model.Case{}
	for _, c := range v.Cases {
		id := "case " + c.ID
		if c.ID == "" {
			id = keyOf(c.Items[0])
		}
		ids = append(ids, id)
		byID[id] = c
	}
	page.Sync(l.rows, l.cases, ids, func(string) *caseRow {
		return &caseRow{page.Element("li", "case"), map[string]*row{}}
	})
	focusable := v.Selected == nil
	var rings dom.Element // what has begun to
	for _, id := range ids {
		c, shown := byID[id], l.cases[id]
		var keys []string
		for _, i := range c.Items {
			keys = append(keys, keyOf(i))
		}
		page.Sync(shown.element, shown.rows, keys, func(key string) *row { return newRow(l.w, key) })
		for _, i := range c.Items {
			if row := shown.rows[keyOf(i)]; model.IsOffered(i.Interaction) && row.element.GetAttribute("data-look") != "offered" {
				rings = row.element
			}
			selected := v.Selected != nil && v.Selected.Key == i.Key
			shown.rows[keyOf(i)].show(i, selected, selected || focusable, now)
		}
	}
	text := l.w.Interactions
	if len(ids) > 1 {
		text += " · " + strconv.Itoa(count(v))
	}
	page.SetText(l.heading, text)
	page.Hide(l.element, len(ids) == 0)
	if rings != nil { // a long list shows a part, and the page stays where it is
		rows := l.rows.Underlying()
		rows.Set("scrollTop", rings.Underlying().Get("offsetTop").Int()-rows.Get("offsetTop").Int())
	}
}

func count(v model.View) int {
	n := 0
	for _, c := range v.Cases {
		n += len(c.Items)
	}
	return n
}

func (l *list) tick(now time.Time) {
	for _, c := range l.cases {
		for _, r := range c.rows {
			r.tick(now)
		}
	}
}

// row is an interaction in the list: what selects it, and what answers it.
type row struct {
	w                          *words.Words
	element, choose            dom.Element
	media, title, kind, passed dom.Element
	recording                  dom.Element
	chip                       chip
	offers, accept, reject     dom.Element
	since                      time.Time
}

func (r *row) Element() dom.Element { return r.element }

func newRow(w *words.Words, key string) *row {
	r := &row{
		w:         w,
		media:     icon("chat"),
		title:     page.Element("span", "title"),
		kind:      page.Element("span", "kind"),
		passed:    page.Element("span", "time"),
		recording: page.Element("span", "rec", icon("record")),
		chip:      newChip(),
		accept:    iconButton(w.Actions[model.Accept], string(model.Accept), "accept"),
		reject:    iconButton(w.Actions[model.Reject], string(model.Reject), "reject"),
	}
	r.passed.SetAttribute("aria-hidden", "true") // it changes every second
	r.choose = page.Element("button", "select", r.media, page.Element("span", "who", r.title, r.kind),
		page.Element("span", "how", r.chip.element, r.recording, r.passed))
	r.choose.SetAttribute("type", "button")
	r.choose.SetAttribute("data-action", "select")
	titleID := uniqueID()
	r.title.SetAttribute("id", titleID)
	for _, b := range []dom.Element{r.accept, r.reject} {
		b.SetAttribute("aria-describedby", titleID) // several can ring at once
	}
	r.accept.Class().Add("primary")
	r.offers = page.Element("div", "offers", r.accept, r.reject)
	r.element = page.Element("div", "row", r.choose, r.offers)
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
	setFlag(r.element, "data-selected", selected)
	setFlag(r.element, "data-consultation", i.IsConsultation)
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

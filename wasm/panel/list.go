//go:build js

package main

import (
	"strconv"
	"time"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/page"
	"wwebridge/wasm/panel/words"
)

// list is the list of interactions, grouped by case. Rows are updated in
// place, so that the focus stays where it is.
type list struct {
	w       *words.Words
	element *page.Element
	heading *page.Element
	cases   map[string]*caseRow
	rows    *page.Element
}

// caseRow is a case in the list.
type caseRow struct {
	element *page.Element
	rows    map[string]*row
}

func (c *caseRow) Element() *page.Element { return c.element }

func newList(w *words.Words) *list {
	l := &list{w: w, cases: map[string]*caseRow{}, rows: page.New("ul", "cases"), heading: page.Text("h2", "", w.Interactions)}
	l.rows.SetAttribute("aria-label", w.Interactions)
	l.element = page.New("section", "list", l.heading, l.rows)
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
		return &caseRow{page.New("li", "case"), map[string]*row{}}
	})
	focusable := v.Selected == nil
	for _, id := range ids {
		c, shown := byID[id], l.cases[id]
		var keys []string
		for _, i := range c.Items {
			keys = append(keys, keyOf(i))
		}
		page.Sync(shown.element, shown.rows, keys, func(key string) *row { return newRow(l.w, key) })
		for _, i := range c.Items {
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
	element, choose            *page.Element
	media, title, kind, passed *page.Element
	recording                  *page.Element
	chip                       chip
	offers, accept, reject     *page.Element
	since                      time.Time
}

func (r *row) Element() *page.Element { return r.element }

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
	page.SetText(r.title, r.w.Title(i.Interaction))
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

//go:build js

package main

import (
	"strconv"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// list shows the interactions, grouped by case. Ringing interactions are not in it; they have their own
// place. It updates rows in place, so that the focus stays where it is.
type list struct {
	w        *words.Words
	element  *elements.Element
	heading  *elements.Element
	filter   *elements.Element
	scroll   *elements.Element // the cases; it scrolls if the list is long
	rows     *elements.Rows
	cases    map[string]*caseRow
	below    *elements.Element // says how many rows are further down
	nothing  *elements.Element
	more     *elements.Element // the button that shows interactions missing from the list
	toFirst  bool              // focus the next new row
	selected int               // the key of the last selected interaction
	sought   string
	sifted   bool // the filter has hidden rows
	found    int  // rows that match the filter
}

// caseRow is a case in the list, with the rows of its interactions by key.
type caseRow struct {
	element *elements.Element
	rows    *elements.Rows
	byKey   map[string]*row
}

// manyRows is the number of interactions from which on the list has a filter.
const manyRows = 10

func newList(w *words.Words) *list {
	l := &list{
		w: w, heading: elements.Text("h2", "", w.Interactions), filter: elements.Input("filter"), scroll: elements.New("ul", "cases"),
		cases: map[string]*caseRow{}, below: elements.New("p", "below"), nothing: elements.Text("p", "quiet", w.NothingFound), more: elements.Button("", "more"),
	}
	l.filter.SetAttribute("type", "search")
	l.filter.SetAttribute("data-filter", "")
	l.filter.SetAttribute("placeholder", w.Filter)
	l.filter.SetAttribute("aria-label", w.Filter)
	l.scroll.SetAttribute("aria-label", w.Interactions)
	l.rows = elements.NewRows(l.scroll)
	l.element = elements.New("section", "list", elements.New("div", "top", l.heading, l.filter), elements.New("div", "part", l.scroll, l.below), l.nothing, l.more)
	return l
}

// show updates the list. It adds as many new rows as the work allows.
func (l *list) show(v *model.View, now time.Time, work *work) {
	var ids []string
	cases := map[string][]*model.Item{}
	count, first := 0, "" // the number of rows and the key of the first one
	isSelectedThere := false
	for _, c := range v.Cases {
		var items []*model.Item
		for _, i := range c.Items {
			if !model.IsOffered(i.Interaction) {
				items = append(items, i)
				isSelectedThere = isSelectedThere || v.Selected != nil && v.Selected.Key == i.Key
			}
		}
		if items == nil {
			continue
		}
		if count += len(items); first == "" {
			first = keyOf(items[0])
		}
		id := "case " + c.ID
		if c.ID == "" { // an interaction without a case is its own case
			id = keyOf(items[0])
		}
		ids = append(ids, id)
		cases[id] = items
	}
	focusable := first // the row in the tab order
	if isSelectedThere {
		focusable = keyOf(v.Selected)
	}
	var added *elements.Element
	show := func(id string) {
		if shown := l.cases[id]; shown != nil {
			if new := shown.show(l.w, cases[id], v.Selected, focusable, now, work); added == nil {
				added = new
			}
		}
	}
	l.rows.Sync(ids, func(id string) *elements.Element {
		if !work.goesOn() {
			return nil
		}
		element := elements.New("li", "case")
		l.cases[id] = &caseRow{element: element, rows: elements.NewRows(element), byKey: map[string]*row{}}
		show(id) // most of the work happens here
		return element
	}, func(id string) { delete(l.cases, id) })
	for _, id := range ids {
		show(id)
	}
	elements.SetText(l.heading, l.w.Interactions+" · "+strconv.Itoa(v.Count))
	elements.SetText(l.more, words.Fill(l.w.ShowMore, strconv.Itoa(v.Hidden), ""))
	elements.Hide(l.more, v.Hidden == 0)
	elements.Hide(l.filter, count < manyRows && l.sought == "")
	elements.Hide(l.element, count == 0 || count == 1 && isSelectedThere) // the dock shows that one
	l.sift()
	if l.toFirst && added != nil {
		added.QuerySelector(".select").Focus()
	}
	l.toFirst = false
	if isSelectedThere && v.Selected.Key != l.selected {
		if shown := l.rowOf(focusable); shown != nil {
			l.selected = v.Selected.Key
			l.scroll.Reveal(shown.element)
		}
	}
	l.countBelow()
}

func (l *list) rowOf(key string) *row {
	for _, c := range l.cases {
		if r := c.byKey[key]; r != nil {
			return r
		}
	}
	return nil
}

// search hides the rows that do not contain all of the words.
func (l *list) search(text string) {
	l.sought = text
	l.sift()
	l.countBelow()
}

func (l *list) sift() {
	l.found = 0
	if l.sought == "" && !l.sifted { // the usual case
		for _, c := range l.cases {
			l.found += len(c.byKey)
		}
		elements.Hide(l.nothing, true)
		return
	}
	l.sifted = l.sought != ""
	for _, c := range l.cases {
		found := 0
		for _, r := range c.byKey {
			matches := l.sought == "" || model.Key{Name: r.title.TextContent(), Text: r.kind.TextContent() + " " + r.chip.text.TextContent()}.Matches(l.sought)
			elements.Hide(r.element, !matches)
			if matches {
				found++
			}
		}
		elements.Hide(c.element, found == 0)
		l.found += found
	}
	elements.Hide(l.nothing, l.found > 0)
}

// countBelow shows how many rows are further down than the visible part of the list.
func (l *list) countBelow() {
	below := 0
	if l.found > 1 {
		total, top, height := l.scroll.Scrolled()
		if left := total - top - height; left > 8 { // a smaller rest is only the edge of a row
			below = max(1, int(left*float64(l.found)/total+.5))
		}
	}
	text := ""
	if below > 0 {
		text = words.Fill(l.w.Below, strconv.Itoa(below), "")
	}
	elements.SetText(l.below, text)
	elements.Hide(l.below, below == 0)
}

// show returns the first new row, or nil.
func (c *caseRow) show(w *words.Words, items []*model.Item, selected *model.Item, focusable string, now time.Time, work *work) (added *elements.Element) {
	var keys []string
	for _, i := range items {
		keys = append(keys, keyOf(i))
	}
	c.rows.Sync(keys, func(key string) *elements.Element {
		if len(c.byKey) > 0 && !work.goesOn() { // a case has at least one row
			return nil
		}
		e := newRow(w, key)
		c.byKey[key] = e
		if added == nil {
			added = e.element
		}
		return e.element
	}, func(key string) { delete(c.byKey, key) })
	for n, i := range items {
		if r := c.byKey[keys[n]]; r != nil {
			r.show(i, selected != nil && selected.Key == i.Key, keys[n] == focusable, now)
		}
	}
	return added
}

func (l *list) tick(now time.Time) {
	for _, c := range l.cases {
		for _, r := range c.byKey {
			r.tick(now)
		}
	}
	l.countBelow() // the window's height may have changed
}

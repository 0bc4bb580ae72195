//go:build js

package main

import (
	"maps"
	"slices"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
)

// userDataTable shows user data, a row for each key.
type userDataTable struct {
	element, body dom.Element
	rows          map[string]*userDataRow // by key
}

type userDataRow struct {
	element, value, remove dom.Element
}

func newUserDataTable() *userDataTable {
	t := &userDataTable{body: page.Element("tbody", ""), rows: map[string]*userDataRow{}}
	t.element = page.Element("table", "", page.Text("caption", "", "User data"), t.body)
	return t
}

// show makes the rows equal to the data. They are sorted by key when they
// come, and keep their place while the agent works with them.
func (t *userDataTable) show(data wwe.UserData, writable bool) {
	page.Hide(t.element, len(data) == 0)
	page.Sync(t.body, t.rows, slices.Sorted(maps.Keys(data)), newUserDataRow)
	for key, row := range t.rows {
		page.SetText(row.value, page.ValueText(data[key]))
		page.Hide(row.remove, !writable)
	}
}

// Element implements page.Row.
func (r *userDataRow) Element() dom.Element { return r.element }

func newUserDataRow(key string) *userDataRow {
	name := page.Text("th", "", key)
	name.SetAttribute("scope", "row")
	row := &userDataRow{value: page.Element("td", ""), remove: page.Button("Delete", "delete")}
	row.remove.SetAttribute("aria-label", "Delete "+key)
	row.element = page.Element("tr", "", name, row.value, page.Element("td", "", row.remove))
	return row
}

// deletes are the Delete buttons.
func (t *userDataTable) deletes() []dom.Element {
	var all []dom.Element
	for _, row := range t.rows {
		all = append(all, row.remove)
	}
	return all
}

// keyOf tells which key a Delete button is for. It is not read from the page,
// because not every key survives there: an attribute has no lone surrogates.
func (t *userDataTable) keyOf(remove dom.Element) string {
	for key, row := range t.rows {
		if row.remove.Underlying().Equal(remove.Underlying()) {
			return key
		}
	}
	return ""
}

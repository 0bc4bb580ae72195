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
	for _, key := range slices.Sorted(maps.Keys(data)) {
		row := t.rows[key]
		if row == nil {
			row = newUserDataRow(key)
			t.rows[key] = row
			t.body.AppendChild(row.element)
		}
		page.SetText(row.value, page.ValueText(data[key]))
		page.Hide(row.remove, !writable)
	}
	for key, row := range t.rows {
		if _, present := data[key]; !present {
			delete(t.rows, key)
			t.body.RemoveChild(row.element)
		}
	}
}

func newUserDataRow(key string) *userDataRow {
	name := page.Text("th", "", key)
	name.SetAttribute("scope", "row")
	row := &userDataRow{value: page.Element("td", ""), remove: page.Button("Delete", "delete")}
	row.remove.SetAttribute("aria-label", "Delete "+key)
	row.element = page.Element("tr", "", name, row.value, page.Element("td", "", row.remove))
	return row
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

//go:build js

package main

import (
	"maps"
	"slices"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// userDataTable shows the user data of an interaction. The user can change it
// as WWE or a routing strategy would.
type userDataTable struct {
	id            string
	element, body dom.Element
	form          dom.Element
	key, value    *dom.HTMLInputElement
	data          wwe.UserData
	shown         string
}

func newUserDataTable(id string) *userDataTable {
	t := &userDataTable{id: id, body: html.Element("tbody", ""), key: html.Input("key"), value: html.Input("value")}
	t.key.SetAttribute("aria-label", "User data key")
	t.key.SetAttribute("placeholder", "Key")
	t.value.SetAttribute("aria-label", "User data value")
	t.value.SetAttribute("placeholder", "Value")
	set := html.Text("button", "small", "Set")
	t.form = html.Element("form", "set", t.key, t.value, set)
	t.form.SetAttribute("data-id", id)
	t.form.SetAttribute("autocomplete", "off")
	t.element = html.Element("div", "user-data", html.Element("table", "", html.Text("caption", "", "User data"), t.body), t.form)
	return t
}

func (t *userDataTable) show(data wwe.UserData, isLive bool) {
	html.Hide(t.form, !isLive)
	html.SetAttribute(t.element, "data-live", strconv.FormatBool(isLive))
	text := look.Value(map[string]any(data))
	if text == t.shown {
		return
	}
	t.data, t.shown = data, text
	html.Empty(t.body)
	for _, key := range slices.Sorted(maps.Keys(data)) {
		name := html.Text("th", "", key)
		name.SetAttribute("scope", "row")
		t.body.AppendChild(html.Element("tr", "", name, html.Text("td", "", look.Value(data[key])),
			html.Element("td", "", t.button("✎", "editUserData", "Edit ", key), t.button("×", "deleteUserData", "Delete ", key))))
	}
}

func (t *userDataTable) button(sign, action, label, key string) dom.Element {
	b := html.Button(sign, action)
	b.SetAttribute("class", "icon")
	b.SetAttribute("aria-label", label+key)
	b.SetAttribute("data-id", t.id)
	b.SetAttribute("data-key", key)
	return b
}

// edit copies an entry into the fields.
func (t *userDataTable) edit(key string) {
	t.key.SetValue(key)
	t.value.SetValue(look.Value(t.data[key]))
	t.value.Underlying().Call("focus")
}

// add attaches the entry in the fields. The value is a string.
func (t *userDataTable) add(acts *scenario.Acts) error {
	if t.key.Value() == "" {
		t.key.Underlying().Call("focus")
		return nil
	}
	_, err := acts.Do("setUserData", t.id, scenario.ObjectOf(wwe.UserData{t.key.Value(): t.value.Value()}))
	if err == nil {
		t.key.SetValue("")
		t.value.SetValue("")
		t.key.Underlying().Call("focus")
	}
	return err
}

//go:build js

// Package page makes and changes elements of the desktop. Text that comes
// from WWE reaches the page only through it, as text and never as HTML.
package page

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/jsontext"
)

// Element makes an element with a class ("" for none) and children.
func Element(tag, class string, children ...dom.Element) dom.Element {
	e := dom.GetWindow().Document().CreateElement(tag)
	if class != "" {
		e.SetAttribute("class", class)
	}
	for _, child := range children {
		e.AppendChild(child)
	}
	return e
}

// Text makes an element with a text.
func Text(tag, class, text string) dom.Element {
	e := Element(tag, class)
	e.SetTextContent(text)
	return e
}

// ByID finds an element of the page that must be there.
func ByID(id string) dom.Element {
	e := dom.GetWindow().Document().GetElementByID(id)
	if e == nil {
		panic("the page has no element " + id)
	}
	return e
}

// Icon shows a symbol of the page's SVG; it says nothing to screen readers.
func Icon(symbol string) dom.Element {
	const svg = "http://www.w3.org/2000/svg"
	document := dom.GetWindow().Document()
	icon, use := document.CreateElementNS(svg, "svg"), document.CreateElementNS(svg, "use")
	icon.SetAttribute("aria-hidden", "true")
	use.SetAttribute("href", "#"+symbol)
	icon.AppendChild(use)
	return icon
}

// Value is what a control holds: text, also of a number or a choice.
func Value(control dom.Element) string { return control.Underlying().Get("value").String() }

// SetValue fills a control, unless it holds that already: the person may be in it.
func SetValue(control dom.Element, value string) {
	if Value(control) != value {
		control.Underlying().Set("value", value)
	}
}

// Checked tells whether a checkbox is.
func Checked(control dom.Element) bool { return control.Underlying().Get("checked").Bool() }

// Empty takes away what is in an element.
func Empty(e dom.Element) { e.SetTextContent("") }

// Button makes a button that says what it does in data-action, for the one
// listener of the list that it is in.
func Button(text, action string) dom.Element {
	e := Text("button", "", text)
	e.SetAttribute("type", "button")
	e.SetAttribute("data-action", action)
	return e
}

// Input makes a text field.
func Input(name string) *dom.HTMLInputElement {
	e, ok := Element("input", "").(*dom.HTMLInputElement)
	if !ok {
		panic("the browser has no input elements")
	}
	e.SetAttribute("name", name)
	e.SetAttribute("autocomplete", "off")
	return e
}

// Labelled puts a control into its label.
func Labelled(text string, control dom.Element) dom.Element {
	return Element("label", "", Text("span", "", text), control)
}

// SetAttribute leaves the element alone where nothing changes.
func SetAttribute(e dom.Element, name, value string) {
	if !e.HasAttribute(name) || e.GetAttribute(name) != value {
		e.SetAttribute(name, value)
	}
}

// Row is part of a list that changes.
type Row interface{ Element() dom.Element }

// Sync gives parent a row for each id, and takes away those of other ids. Rows
// that stay are left alone, and with them what the person does there; new ones
// come after them, in the order of ids.
func Sync[R Row](parent dom.Element, rows map[string]R, ids []string, newRow func(id string) R) {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
		if _, there := rows[id]; !there {
			rows[id] = newRow(id)
			parent.AppendChild(rows[id].Element())
		}
	}
	for id, row := range rows {
		if !wanted[id] {
			delete(rows, id)
			parent.RemoveChild(row.Element())
		}
	}
}

// SetText leaves the element alone where nothing changes, because a change
// costs a layout and may be read out.
func SetText(e dom.Element, text string) {
	if e.TextContent() != text {
		e.SetTextContent(text)
	}
}

// Hide hides or shows an element.
func Hide(e dom.Element, hidden bool) {
	switch {
	case hidden == e.HasAttribute("hidden"):
	case hidden:
		e.SetAttribute("hidden", "")
	default:
		e.RemoveAttribute("hidden")
	}
}

// ValueText shows a value of user data: a string as it is, anything else as JSON.
func ValueText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	text, err := jsontext.AppendAny(nil, value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

//go:build js

package html

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/internal/elements"
)

// forDOM gives an element the type that package dom has for it.
func forDOM(e *elements.Element) dom.Element { return dom.WrapElement(e.Underlying()) }

// ours is the other way round. It remembers nothing of what others did to the element.
func ours(e dom.Element) *elements.Element { return elements.Wrap(e.Underlying()) }

// Element makes an element with a class ("" for none) and children.
func Element(tag, class string, children ...dom.Element) dom.Element {
	e := elements.New(tag, class)
	for _, child := range children {
		e.AppendChild(ours(child))
	}
	return forDOM(e)
}

// Text makes an element with a text.
func Text(tag, class, text string) dom.Element { return forDOM(elements.Text(tag, class, text)) }

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
	icon, use := elements.SVG("svg"), elements.SVG("use")
	icon.SetAttribute("aria-hidden", "true")
	use.SetAttribute("href", "#"+symbol)
	icon.AppendChild(use)
	return forDOM(icon)
}

// Value is what a control holds: text, also of a number or a choice.
func Value(control dom.Element) string { return ours(control).Value() }

// SetValue fills a control, unless it holds that already: the person may be in it.
func SetValue(control dom.Element, value string) { ours(control).SetValue(value) }

// Checked tells whether a checkbox is.
func Checked(control dom.Element) bool { return control.Underlying().Get("checked").Bool() }

// Empty takes away what is in an element.
func Empty(e dom.Element) { elements.Empty(ours(e)) }

// Button makes a button that says what it does in data-action, for the one
// listener of the list that it is in.
func Button(text, action string) dom.Element { return forDOM(elements.Button(text, action)) }

// Input makes a text field.
func Input(name string) *dom.HTMLInputElement {
	return forDOM(elements.Input(name)).(*dom.HTMLInputElement)
}

// Labelled puts a control into its label.
func Labelled(text string, control dom.Element) dom.Element {
	return forDOM(elements.Labelled(text, ours(control)))
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
func Hide(e dom.Element, hidden bool) { elements.Hide(ours(e), hidden) }

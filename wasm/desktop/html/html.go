//go:build js

package html

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/internal/elements"
)

// forDOM converts an element to the type of package dom.
func forDOM(e *elements.Element) dom.Element { return dom.WrapElement(e.Underlying()) }

// ours converts an element of package dom. The result does not remember changes
// that others have made to the element.
func ours(e dom.Element) *elements.Element { return elements.Wrap(e.Underlying()) }

// Element creates an element with a class, or "" for none, and children.
func Element(tag, class string, children ...dom.Element) dom.Element {
	e := elements.New(tag, class)
	for _, child := range children {
		e.AppendChild(ours(child))
	}
	return forDOM(e)
}

// Text creates an element with a text.
func Text(tag, class, text string) dom.Element { return forDOM(elements.Text(tag, class, text)) }

// ByID returns the page's element with this id. It panics if there is none.
func ByID(id string) dom.Element {
	e := dom.GetWindow().Document().GetElementByID(id)
	if e == nil {
		panic("the page has no element " + id)
	}
	return e
}

// SVG creates an element of SVG.
func SVG(tag string) dom.Element { return forDOM(elements.SVG(tag)) }

// Icon creates an icon with a symbol of the page's SVG. It is hidden from
// screen readers.
func Icon(symbol string) dom.Element {
	icon, use := elements.SVG("svg"), elements.SVG("use")
	icon.SetAttribute("aria-hidden", "true")
	use.SetAttribute("href", "#"+symbol)
	icon.AppendChild(use)
	return forDOM(icon)
}

// Value returns the value of a control as text, even of a number or a choice.
func Value(control dom.Element) string { return ours(control).Value() }

// SetValue sets the value of a control. It leaves an equal value alone, because
// the user may be typing in the control.
func SetValue(control dom.Element, value string) { ours(control).SetValue(value) }

// Checked reports whether a checkbox is checked.
func Checked(control dom.Element) bool { return control.Underlying().Get("checked").Bool() }

// Empty removes all contents of an element.
func Empty(e dom.Element) { elements.Empty(ours(e)) }

// Button creates a button with its action in the attribute data-action. The
// listener of the list that contains the button reads it.
func Button(text, action string) dom.Element { return forDOM(elements.Button(text, action)) }

// Input creates a text field.
func Input(name string) *dom.HTMLInputElement {
	return forDOM(elements.Input(name)).(*dom.HTMLInputElement)
}

// Labelled creates a label that contains the control.
func Labelled(text string, control dom.Element) dom.Element {
	return forDOM(elements.Labelled(text, ours(control)))
}

// SetAttribute sets an attribute. It does not touch the element if the value
// stays the same.
func SetAttribute(e dom.Element, name, value string) {
	if !e.HasAttribute(name) || e.GetAttribute(name) != value {
		e.SetAttribute(name, value)
	}
}

// Row is an entry of a list that changes.
type Row interface{ Element() dom.Element }

// Sync makes the rows of parent match ids. It appends a new row for each id
// without one, in the order of ids, and removes the rows of other ids. It
// leaves the remaining rows alone, because the user may be working in one.
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

// SetText sets the text of an element. It does not touch the element if the
// text stays the same, because a change costs a layout and screen readers may
// read it out.
func SetText(e dom.Element, text string) {
	if e.TextContent() != text {
		e.SetTextContent(text)
	}
}

// Hide hides or shows an element.
func Hide(e dom.Element, hidden bool) { elements.Hide(ours(e), hidden) }

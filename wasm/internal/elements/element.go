//go:build js

package elements

import "syscall/js"

// Element is an element of the page. Most of its methods are those of the DOM.
type Element struct {
	value js.Value

	text       string            // what SetText has put in it
	hasText    bool              // and nobody else anything since
	attributes map[string]string // what SetAttribute has set, and nobody else since
}

// constants are the strings that cross all the time, by themselves: each time
// that a string of Go crosses costs as much as several calls.
var constants = map[string]js.Value{}

func constant(text string) js.Value {
	value, known := constants[text]
	if !known {
		value = js.ValueOf(text)
		constants[text] = value
	}
	return value
}

// Wrap is the element that JavaScript gave, nil for null.
func Wrap(value js.Value) *Element {
	if value.IsNull() || value.IsUndefined() {
		return nil
	}
	return &Element{value: value}
}

// Underlying is the element as JavaScript has it.
func (e *Element) Underlying() js.Value { return e.value }

// Is tells whether both are the same element.
func (e *Element) Is(other *Element) bool { return e.value.Equal(other.value) }

// GetAttribute is "" where there is none.
func (e *Element) GetAttribute(name string) string {
	value := e.value.Call("getAttribute", constant(name))
	if value.IsNull() {
		return ""
	}
	return value.String()
}

// HasAttribute tells whether it has the attribute.
func (e *Element) HasAttribute(name string) bool {
	return e.value.Call("hasAttribute", constant(name)).Bool()
}

// SetAttribute sets an attribute.
func (e *Element) SetAttribute(name, value string) {
	delete(e.attributes, name)
	e.value.Call("setAttribute", constant(name), value)
}

// RemoveAttribute takes an attribute away.
func (e *Element) RemoveAttribute(name string) {
	delete(e.attributes, name)
	e.value.Call("removeAttribute", constant(name))
}

// AddClass adds a class.
func (e *Element) AddClass(class string) { e.value.Get("classList").Call("add", class) }

// RemoveClass takes a class away.
func (e *Element) RemoveClass(class string) { e.value.Get("classList").Call("remove", class) }

// HasClass tells whether it has the class.
func (e *Element) HasClass(class string) bool {
	return e.value.Get("classList").Call("contains", class).Bool()
}

// AppendChild adds the child after the others.
func (e *Element) AppendChild(child *Element) {
	e.hasText = false
	e.value.Call("append", child.value) // returns nothing, unlike appendChild
}

// Prepend adds the child before the others.
func (e *Element) Prepend(child *Element) {
	e.hasText = false
	e.value.Call("prepend", child.value)
}

// Clone is a copy of the element and of all that is in it.
func (e *Element) Clone() *Element { return &Element{value: e.value.Call("cloneNode", true)} }

// Remove takes the element away from where it is, if it is anywhere. (Prototype.js
// has a remove of its own, which throws for an element without a parent.)
func (e *Element) Remove() { e.value.Call("replaceWith") }

// FirstChild is the first of the elements in it, nil for none.
func (e *Element) FirstChild() *Element { return Wrap(e.value.Get("firstElementChild")) }

// LastChild is the last of the elements in it, nil for none.
func (e *Element) LastChild() *Element { return Wrap(e.value.Get("lastElementChild")) }

// Contains tells whether the other is the element or in it.
func (e *Element) Contains(other *Element) bool {
	return e.value.Call("contains", other.value).Bool()
}

// Closest is the element or the nearest around it that fits the selector, nil for none.
func (e *Element) Closest(selector string) *Element { return Wrap(e.value.Call("closest", selector)) }

// Matches tells whether it fits the selector.
func (e *Element) Matches(selector string) bool { return e.value.Call("matches", selector).Bool() }

// QuerySelector is the first in it that fits the selector, nil for none.
func (e *Element) QuerySelector(selector string) *Element {
	return Wrap(e.value.Call("querySelector", selector))
}

// QuerySelectorAll is all in it that fit the selector.
func (e *Element) QuerySelectorAll(selector string) []*Element {
	found := e.value.Call("querySelectorAll", selector)
	all := make([]*Element, found.Length())
	for n := range all {
		all[n] = Wrap(found.Index(n))
	}
	return all
}

// TextContent is the text in it.
func (e *Element) TextContent() string { return e.value.Get("textContent").String() }

// SetTextContent puts a text in place of all that is in it.
func (e *Element) SetTextContent(text string) {
	e.text, e.hasText = text, true
	e.value.Set("textContent", text)
}

// Value is what a control holds: text, also of a number or a choice.
func (e *Element) Value() string { return e.value.Get("value").String() }

// SetValue fills a control, unless it holds that already: the person may be in it.
func (e *Element) SetValue(value string) {
	if e.Value() != value {
		e.value.Set("value", value)
	}
}

// SetRequired tells whether a form can be sent without this control.
func (e *Element) SetRequired(is bool) { e.value.Set("required", is) }

// IsValid reports whether the form's fields hold what they need, and tells the person if not.
func (e *Element) IsValid() bool { return e.value.Call("reportValidity").Bool() }

// Reveal scrolls what is in it as far as is needed to see the child.
func (e *Element) Reveal(child *Element) {
	around, at := e.value.Call("getBoundingClientRect"), child.value.Call("getBoundingClientRect")
	by := min(0, at.Get("top").Float()-around.Get("top").Float()) + max(0, at.Get("bottom").Float()-around.Get("bottom").Float())
	if by != 0 {
		e.value.Set("scrollTop", e.value.Get("scrollTop").Float()+by)
	}
}

// Scrolled tells how high all that is in it is, how much of that is above its
// top, and how high it is itself.
func (e *Element) Scrolled() (total, top, height float64) {
	return e.value.Get("scrollHeight").Float(), e.value.Get("scrollTop").Float(), e.value.Get("clientHeight").Float()
}

// Focus gives it the focus.
func (e *Element) Focus() { e.value.Call("focus") }

// Select selects the text of a field.
func (e *Element) Select() { e.value.Call("select") }

// IsShown tells whether a person can see it, if they scroll there.
func (e *Element) IsShown() bool { return e.value.Call("getClientRects").Length() > 0 }

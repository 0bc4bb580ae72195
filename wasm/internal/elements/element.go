//go:build js

package elements

import "syscall/js"

// Element is an element of the page. Most of its methods are those of the DOM.
type Element struct {
	value js.Value

	text       string            // the text that SetText has set
	hasText    bool              // the element still contains exactly this text
	attributes map[string]string // set by SetAttribute and not changed by other methods since
}

// constants caches the JavaScript strings of frequent constants. Each conversion of a Go string costs as
// much as several calls.
var constants = map[string]js.Value{}

func constant(text string) js.Value {
	value, known := constants[text]
	if !known {
		value = js.ValueOf(text)
		constants[text] = value
	}
	return value
}

// Wrap returns the element for a JavaScript value, or nil for null and undefined.
func Wrap(value js.Value) *Element {
	if value.IsNull() || value.IsUndefined() {
		return nil
	}
	return &Element{value: value}
}

// Underlying returns the JavaScript value of the element.
func (e *Element) Underlying() js.Value { return e.value }

// Is reports whether both are the same element.
func (e *Element) Is(other *Element) bool { return e.value.Equal(other.value) }

// GetAttribute returns the attribute, or "" if there is none.
func (e *Element) GetAttribute(name string) string {
	value := e.value.Call("getAttribute", constant(name))
	if value.IsNull() {
		return ""
	}
	return value.String()
}

// HasAttribute reports whether the element has the attribute.
func (e *Element) HasAttribute(name string) bool {
	return e.value.Call("hasAttribute", constant(name)).Bool()
}

// SetAttribute sets an attribute.
func (e *Element) SetAttribute(name, value string) {
	delete(e.attributes, name)
	e.value.Call("setAttribute", constant(name), value)
}

// RemoveAttribute removes an attribute.
func (e *Element) RemoveAttribute(name string) {
	delete(e.attributes, name)
	e.value.Call("removeAttribute", constant(name))
}

// AddClass adds a class.
func (e *Element) AddClass(class string) { e.value.Get("classList").Call("add", class) }

// RemoveClass removes a class.
func (e *Element) RemoveClass(class string) { e.value.Get("classList").Call("remove", class) }

// HasClass reports whether the element has the class.
func (e *Element) HasClass(class string) bool {
	return e.value.Get("classList").Call("contains", class).Bool()
}

// AppendChild adds the child after the existing ones.
func (e *Element) AppendChild(child *Element) {
	e.hasText = false
	e.value.Call("append", child.value) // append returns nothing, unlike appendChild
}

// Prepend adds the child before the existing ones.
func (e *Element) Prepend(child *Element) {
	e.hasText = false
	e.value.Call("prepend", child.value)
}

// Clone returns a deep copy of the element.
func (e *Element) Clone() *Element { return &Element{value: e.value.Call("cloneNode", true)} }

// Remove removes the element from its parent, if any. It avoids DOM's remove, because Prototype.js
// replaces that with a method that throws for an element without a parent.
func (e *Element) Remove() { e.value.Call("replaceWith") }

// FirstChild returns the first child element, or nil.
func (e *Element) FirstChild() *Element { return Wrap(e.value.Get("firstElementChild")) }

// LastChild returns the last child element, or nil.
func (e *Element) LastChild() *Element { return Wrap(e.value.Get("lastElementChild")) }

// Contains reports whether other is the element itself or inside it.
func (e *Element) Contains(other *Element) bool {
	return e.value.Call("contains", other.value).Bool()
}

// Closest returns the element itself or its nearest ancestor that matches the selector, or nil.
func (e *Element) Closest(selector string) *Element { return Wrap(e.value.Call("closest", selector)) }

// Matches reports whether the element matches the selector.
func (e *Element) Matches(selector string) bool { return e.value.Call("matches", selector).Bool() }

// QuerySelector returns the first descendant that matches the selector, or nil.
func (e *Element) QuerySelector(selector string) *Element {
	return Wrap(e.value.Call("querySelector", selector))
}

// QuerySelectorAll returns all descendants that match the selector.
func (e *Element) QuerySelectorAll(selector string) []*Element {
	found := e.value.Call("querySelectorAll", selector)
	all := make([]*Element, found.Length())
	for n := range all {
		all[n] = Wrap(found.Index(n))
	}
	return all
}

// TextContent returns the text in the element.
func (e *Element) TextContent() string { return e.value.Get("textContent").String() }

// SetTextContent replaces the element's content with a text.
func (e *Element) SetTextContent(text string) {
	e.text, e.hasText = text, true
	e.value.Set("textContent", text)
}

// Value returns the value of a form control as text, even for a number or a choice.
func (e *Element) Value() string { return e.value.Get("value").String() }

// SetValue sets a form control, unless it has this value already: the user may be editing it.
func (e *Element) SetValue(value string) {
	if e.Value() != value {
		e.value.Set("value", value)
	}
}

// SetRequired sets whether the form control must be filled in.
func (e *Element) SetRequired(is bool) { e.value.Set("required", is) }

// IsValid reports whether the form's fields are valid. If not, the browser shows the problem.
func (e *Element) IsValid() bool { return e.value.Call("reportValidity").Bool() }

// Reveal scrolls the element's content just far enough to show the child.
func (e *Element) Reveal(child *Element) {
	around, at := e.value.Call("getBoundingClientRect"), child.value.Call("getBoundingClientRect")
	by := min(0, at.Get("top").Float()-around.Get("top").Float()) + max(0, at.Get("bottom").Float()-around.Get("bottom").Float())
	if by != 0 {
		e.value.Set("scrollTop", e.value.Get("scrollTop").Float()+by)
	}
}

// Scrolled returns the height of the content, the part of it scrolled out above, and the visible height,
// in pixels.
func (e *Element) Scrolled() (total, top, height float64) {
	return e.value.Get("scrollHeight").Float(), e.value.Get("scrollTop").Float(), e.value.Get("clientHeight").Float()
}

// Focus focuses the element.
func (e *Element) Focus() { e.value.Call("focus") }

// Select selects the text of a field.
func (e *Element) Select() { e.value.Call("select") }

// IsShown reports whether the element is displayed. It may be scrolled out of view.
func (e *Element) IsShown() bool { return e.value.Call("getClientRects").Length() > 0 }

//go:build js

package elements

import "syscall/js"

var document = js.Global().Get("document")

// New returns a new element with a class ("" for none) and children.
func New(tag, class string, children ...*Element) *Element {
	e := &Element{value: document.Call("createElement", constant(tag))}
	if class != "" {
		e.value.Set("className", constant(class))
	}
	for _, child := range children {
		e.AppendChild(child)
	}
	return e
}

// Text returns a new element with a text.
func Text(tag, class, text string) *Element {
	e := New(tag, class)
	e.SetTextContent(text)
	return e
}

// SVG returns a new SVG element.
func SVG(tag string) *Element {
	return &Element{value: document.Call("createElementNS", constant("http://www.w3.org/2000/svg"), constant(tag))}
}

// Button returns a new button. Its data-action attribute names its action for the panel's single event
// listener.
func Button(text, action string) *Element {
	e := Text("button", "", text)
	e.SetAttribute("type", "button")
	e.SetAttribute("data-action", action)
	return e
}

// Input returns a new text field.
func Input(name string) *Element {
	e := New("input", "")
	e.SetAttribute("name", name)
	e.SetAttribute("autocomplete", "off")
	return e
}

// Labelled returns a label that contains the text and the control.
func Labelled(text string, control *Element) *Element {
	return New("label", "", Text("span", "", text), control)
}

// Empty removes everything from an element.
func Empty(e *Element) { e.SetTextContent("") }

// SetAttribute sets an attribute unless it has this value already, and reports whether it has set it. It
// compares with the value from its own last call only.
func SetAttribute(e *Element, name, value string) (changed bool) {
	if before, known := e.attributes[name]; known && before == value {
		return false
	}
	if e.attributes == nil {
		e.attributes = map[string]string{}
	}
	e.SetAttribute(name, value)
	e.attributes[name] = value
	return true
}

// SetFlag sets or removes an attribute without a value.
func SetFlag(e *Element, name string, is bool) {
	if is != e.HasAttribute(name) {
		delete(e.attributes, name)
		e.value.Call("toggleAttribute", constant(name), is)
	}
}

// Hide hides or shows an element.
func Hide(e *Element, hidden bool) { SetFlag(e, "hidden", hidden) }

// SetText sets the text unless it is there already, because a change costs a layout and screen readers
// may announce it.
func SetText(e *Element, text string) {
	if !e.hasText || e.text != text {
		e.SetTextContent(text)
	}
}

// Rows holds the elements of a changing list by id. It is not generic, because Go's linker keeps all
// methods of a type argument's fields.
type Rows struct {
	list  *Element
	shown map[string]*Element
	ids   []string // of the elements shown, in their order in the list
}

// NewRows returns the rows of an empty list.
func NewRows(list *Element) *Rows { return &Rows{list: list, shown: map[string]*Element{}} }

// Sync makes the list show one element per id. It calls add to create missing elements and appends them
// in the order of ids. It removes elements whose ids are not listed and calls gone for each. Remaining
// elements are not touched, so the user's focus and input there survive. add may return nil to create the
// element in a later Sync.
func (r *Rows) Sync(ids []string, add func(id string) *Element, gone func(id string)) {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
		if r.shown[id] == nil {
			if e := add(id); e != nil {
				r.shown[id] = e
				r.ids = append(r.ids, id)
				r.list.AppendChild(e)
			}
		}
	}
	kept := r.ids[:0]
	for _, id := range r.ids {
		if wanted[id] {
			kept = append(kept, id)
			continue
		}
		r.shown[id].Remove()
		delete(r.shown, id)
		gone(id)
	}
	r.ids = kept
}

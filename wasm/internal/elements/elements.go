//go:build js

package elements

import "syscall/js"

var document = js.Global().Get("document")

// New makes an element with a class ("" for none) and children.
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

// Text makes an element with a text.
func Text(tag, class, text string) *Element {
	e := New(tag, class)
	e.SetTextContent(text)
	return e
}

// SVG makes an element of a drawing.
func SVG(tag string) *Element {
	return &Element{value: document.Call("createElementNS", constant("http://www.w3.org/2000/svg"), constant(tag))}
}

// Button makes a button that says what it does in data-action, for the one
// listener of the panel that it is in.
func Button(text, action string) *Element {
	e := Text("button", "", text)
	e.SetAttribute("type", "button")
	e.SetAttribute("data-action", action)
	return e
}

// Input makes a text field.
func Input(name string) *Element {
	e := New("input", "")
	e.SetAttribute("name", name)
	e.SetAttribute("autocomplete", "off")
	return e
}

// Labelled puts a control into its label.
func Labelled(text string, control *Element) *Element {
	return New("label", "", Text("span", "", text), control)
}

// Empty takes away what is in an element.
func Empty(e *Element) { e.SetTextContent("") }

// SetAttribute leaves the element alone where nothing changes, which it
// remembers of its own doing only, and tells whether something has.
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

// SetFlag sets an attribute without a value, or takes it away.
func SetFlag(e *Element, name string, is bool) {
	if is != e.HasAttribute(name) {
		delete(e.attributes, name)
		e.value.Call("toggleAttribute", constant(name), is)
	}
}

// Hide hides or shows an element.
func Hide(e *Element, hidden bool) { SetFlag(e, "hidden", hidden) }

// SetText leaves the element alone where nothing changes, because a change
// costs a layout and may be read out.
func SetText(e *Element, text string) {
	if !e.hasText || e.text != text {
		e.SetTextContent(text)
	}
}

// Rows are the elements of a list that changes, by ids. It is not generic over
// what the rows are, as Go's linker keeps all methods of a type argument's fields.
type Rows struct {
	list  *Element
	shown map[string]*Element
	ids   []string // of what is shown, in the order in which it came
}

// NewRows are the rows of an empty list.
func NewRows(list *Element) *Rows { return &Rows{list: list, shown: map[string]*Element{}} }

// Sync has the list show one element for each id, which add makes, and takes
// away those of other ids, of which gone is told. Those that stay are left alone,
// and with them what the person does there; new ones come after them, in the
// order of ids. Add may return nil for an element that is to come later.
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

// Package jsontext reads and writes JSON text without reflection.
//
// It exists because encoding/json is too slow and too large for a program that browsers
// load. Every answer from WWE crosses from JavaScript to Go as a single text, and this
// package decodes that text once, into Go values.
package jsontext

import (
	"strconv"
	"strings"
)

// MaxDepth is the deepest nesting that Reader and AppendAny accept. Both recurse, and
// the limit keeps a hostile answer from exhausting the browser's stack. Skip and Raw do
// not recurse and accept any depth.
const MaxDepth = 500

// Error describes a problem with a JSON text, or with a Go value to be written as JSON.
type Error struct {
	Path    string // to the faulty value, as in "[3].userData.name"; "" is the whole text
	Problem string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Problem
	}
	return e.Path + ": " + e.Problem
}

// Reader reads a JSON text from front to back. After the first error every method
// returns a zero value, so callers need to check Err only once, at the end. The text
// must be valid UTF-8, which text from JavaScript always is.
//
// Strings returned by String, Text, Any and Map may be retained, because they do not
// keep a long text alive. Names and the results of Raw share the text's memory.
type Reader struct {
	// Verbatim returns the value that Any and Map use for a value they cannot
	// represent: one that is nested too deeply, or a number out of range. If Verbatim
	// is nil, such a value is an error.
	Verbatim func(text string) any

	text  string
	pos   int
	depth int
	err   *Error
	next  func() string // returns the next slice of the text, see NewSliced; nil if text is complete

	omitted *Error // first element that the caller left out
	others  int    // number of elements left out after it

	usual int // size of the previous map
	boxes boxes
	copied
}

// NewReader returns a Reader for text.
func NewReader(text string) *Reader { return &Reader{text: text} }

// NewSliced returns a Reader of an array whose text arrives in slices, so that the
// whole text never has to be in memory at once. The Reader calls next for another slice
// once it has read the previous one; next returns "" after the last slice. A slice ends
// between two elements of the array, before the comma. Raw fails on the array itself.
func NewSliced(next func() string) *Reader { return &Reader{text: next(), next: next} }

// Err returns the first error. Anything but white space after the value is an error
// too.
func (r *Reader) Err() error {
	if r.err == nil {
		if r.space(); r.pos < len(r.text) {
			r.fail("unexpected text after the value")
		}
	}
	if r.err == nil {
		return nil // r.err would be a non-nil error that holds a nil *Error
	}
	return r.err
}

// Fail records a problem with the value that was just read. Callers use it for
// requirements that go beyond JSON syntax.
func (r *Reader) Fail(problem string) { r.fail(problem) }

// Omit records that the caller leaves out an element of the top-level array. Unlike
// Fail, it leaves the other elements readable.
func (r *Reader) Omit(index int, problem string) {
	if r.omitted == nil {
		r.omitted = &Error{Path: "[" + strconv.Itoa(index) + "]", Problem: problem + "; left out"}
		return
	}
	r.others++
}

// Omitted returns the problem of the first element that was left out and the number of
// further ones. It returns nil if nothing was left out.
func (r *Reader) Omitted() *Error {
	if r.others > 0 {
		return &Error{Path: r.omitted.Path, Problem: r.omitted.Problem + ", and " + strconv.Itoa(r.others) + " more"}
	}
	return r.omitted
}

// Expected returns an error text for a value of the wrong kind.
func (r *Reader) Expected(want string) string {
	return "expected " + want + ", found " + kind(r.peek())
}

// fail has many callers. Inlining it would bloat the program.
//
//go:noinline
func (r *Reader) fail(problem string) {
	if r.err == nil {
		r.err = &Error{Problem: problem}
		r.pos = len(r.text) // stops all further reading
	}
}

// Object iterates over the names of an object:
//
//	for o := r.Object(); o.Next(); {
//		switch o.Name { … }
//	}
//
// The loop body reads the value that belongs to o.Name. Next skips the value if the
// body has not read it. null is read as an object without names. Loops of this form are
// faster than loops over an iter.Seq and compile to half the code.
type Object struct {
	Name string // of the next value

	r     *Reader
	start int // position of that value; -1 before the first
}

// Object starts reading an object, which must be the next value.
func (r *Reader) Object() Object { return Object{r: r, start: -1} }

// Next advances to the next name and reports whether there is one.
func (o *Object) Next() bool {
	r := o.r
	first := o.start < 0
	if first {
		if r.depth < MaxDepth && r.nextName('{', &o.Name) {
			r.depth++
			o.start = r.pos
			return true
		}
	} else if r.pos != o.start && r.nextName(',', &o.Name) {
		o.start = r.pos
		return true
	}
	if first {
		if r.Null() || !r.open('{', "an object") {
			return false
		}
	} else if !r.passed(o.start) {
		r.err.within(o.Name)
		return false
	}
	if !r.more('}', first) {
		return false
	}
	o.Name = r.name()
	r.space() // peek must not move past start, or the value would count as read
	o.start = r.pos
	return r.err == nil
}

// Array iterates over the elements of an array, as Object does over names.
type Array struct {
	Index int // of the next element

	r     *Reader
	start int // position of that element; -1 before the first
}

// Array starts reading an array, which must be the next value.
func (r *Reader) Array() Array { return Array{r: r, Index: -1, start: -1} }

// Next advances to the next element and reports whether there is one.
func (a *Array) Next() bool {
	r := a.r
	if a.start < 0 {
		if r.Null() || !r.open('[', "an array") {
			return false
		}
	} else if !r.passed(a.start) {
		r.err.within("[" + strconv.Itoa(a.Index) + "]")
		return false
	}
	a.Index++
	if !r.more(']', a.Index == 0) {
		return false
	}
	r.space()
	a.start = r.pos
	return true
}

// passed skips the value at start if the caller has not read it.
func (r *Reader) passed(start int) bool {
	if r.pos == start {
		r.Skip()
	}
	return r.err == nil
}

// within prepends to the path the name or the index that leads to the faulty value.
func (e *Error) within(name string) {
	if len(name) > 40 {
		name = name[:40] + "…" // a name can be customer data of any length
	}
	switch {
	case e.Path == "" || e.Path[0] == '[':
		e.Path = name + e.Path
	default:
		e.Path = name + "." + e.Path
	}
	if len(e.Path) > 100 { // the path into a value that contains itself grows up to the depth limit
		e.Path = e.Path[:100] + "…"
	}
}

// String reads a string; null reads as "".
func (r *Reader) String() string {
	if r.at() == '"' || r.peek() == '"' { // JSON.stringify writes no white space here
		r.pos++
		return r.kept()
	}
	if !r.Null() {
		r.mismatch("a string")
	}
	return ""
}

// Text reads a string into s if the next value is one, and reports whether it was. An
// empty string leaves s unchanged.
func (r *Reader) Text(s *string) bool {
	if r.at() != '"' && r.peek() != '"' { // JSON.stringify writes no white space here
		return false
	}
	r.pos++
	if text := r.kept(); text != "" {
		*s = text
	}
	return true
}

// Bool reads true or false; null reads as false.
func (r *Reader) Bool() bool {
	switch r.peek() {
	case 't':
		return r.literal("true")
	case 'f':
		r.literal("false")
	case 'n':
		r.literal("null")
	default:
		r.mismatch("a boolean")
	}
	return false
}

// Number reads a number; null reads as 0.
func (r *Reader) Number() float64 {
	if r.Null() {
		return 0
	}
	if c := r.peek(); c != '-' && (c < '0' || c > '9') {
		r.mismatch("a number")
		return 0
	}
	return r.number()
}

// Float reads a number if the next value is one that fits in a float64, and reports
// whether it did.
func (r *Reader) Float() (n float64, ok bool) {
	c, start := r.peek(), r.pos
	if c != '-' && (c < '0' || c > '9') {
		return 0, false
	}
	if n, ok = numberOf(r.numberText()); !ok {
		r.pos = start
	}
	return n, ok
}

// Null reads null if it is the next value, and reports whether it was.
func (r *Reader) Null() bool { return r.peek() == 'n' && r.literal("null") }

// Peek returns the first byte of the next value, or 0 at the end of the text. The byte
// identifies the kind of value: '{', '[', '"', 't', 'f', 'n', a digit or a minus sign.
func (r *Reader) Peek() byte { return r.peek() }

// Left returns the number of bytes of the text that have not been read yet.
func (r *Reader) Left() int { return len(r.text) - r.pos }

// Skip skips the next value. It does not recurse, so the value may be nested to any
// depth.
func (r *Reader) Skip() {
	open := make([]byte, 0, 64) // closing brackets of the open arrays and objects
	var name string
	for {
		first := false
		switch c := r.peek(); c {
		case '{', '[':
			r.pos++
			r.depth++
			open = append(open, c+2) // '{' closes with '}', '[' with ']'
			first = true
		case '"':
			r.pos++
			r.quoted()
		case 't':
			r.literal("true")
		case 'f':
			r.literal("false")
		case 'n':
			r.literal("null")
		default:
			r.numberText()
		}
		if !first && len(open) > 0 && open[len(open)-1] == '}' && r.nextName(',', &name) {
			continue // fast path for the most common input
		}
		for len(open) > 0 && !r.more(open[len(open)-1], first) {
			open = open[:len(open)-1]
			first = false
		}
		if len(open) == 0 || r.err != nil {
			return
		}
		if open[len(open)-1] == '}' {
			r.name()
		}
	}
}

// Raw skips the next value and returns its text, which shares memory with the whole
// text. CopyRaw returns a copy.
func (r *Reader) Raw() string {
	r.space()
	if r.next != nil && r.depth == 0 {
		r.fail("the text comes in slices")
	}
	start := r.pos
	r.Skip()
	if r.err != nil {
		return ""
	}
	return r.text[start:r.pos]
}

// Any reads the next value as nil, bool, float64, string, []any or map[string]any, or
// as the result of Verbatim. If a name occurs twice in an object, the last value is
// used.
func (r *Reader) Any() any {
	outer := r.depth
	r.depth = 0 // the depth limit applies to the value alone, wherever it stands
	value := r.value()
	r.depth = outer
	return value
}

// Map reads an object as Any does.
func (r *Reader) Map() map[string]any {
	outer := r.depth
	r.depth = 0
	object := r.object()
	r.depth = outer
	return object
}

func (r *Reader) value() any {
	switch c := r.peek(); c {
	case '{', '[':
		if r.depth >= MaxDepth && r.Verbatim != nil {
			return r.Verbatim(r.CopyRaw())
		}
		if c == '{' {
			return r.object()
		}
		array := []any{}
		for a := r.Array(); a.Next(); {
			array = append(array, r.value())
		}
		return array
	case '"':
		r.pos++
		return r.boxes.box(r.kept())
	case 't', 'f':
		return r.Bool()
	case 'n':
		r.literal("null")
		return nil
	}
	text := r.numberText()
	n, ok := numberOf(text)
	if !ok && r.Verbatim != nil {
		return r.Verbatim(strings.Clone(text))
	}
	return r.inRange(n, ok)
}

func (r *Reader) object() map[string]any {
	// Growing a map costs more than filling it. The objects of one text are alike, so
	// each map starts with the size of the previous one.
	const most = 64 // one large object must not make the maps of all small ones large
	object := make(map[string]any, min(r.usual, most))
	r.usual = 0 // for nested objects
	for o, name := r.Object(), ""; ; {
		var value any
		if text := ""; o.start >= 0 && r.nextText(&name, &text) { // fast path for the most common input
			value = r.boxes.box(text)
		} else if o.Next() {
			name, value = o.CopyName(), r.value()
		} else {
			break
		}
		object[name] = value
	}
	r.usual = len(object)
	return object
}

// Package jsontext reads and writes JSON text without reflection.
//
// It exists because encoding/json is too slow and too large for what ships to
// the browser: every answer of WWE crosses the boundary as one piece of text
// and is decoded here, once, into Go values.
package jsontext

import (
	"strconv"
	"strings"
)

// MaxDepth bounds nesting in both directions, because the recursion runs on the
// browser's stack, which a hostile answer must not exhaust. What is only passed
// over, by Skip and Raw, may be of any depth.
const MaxDepth = 500

// Error says what was wrong with a JSON text, and where.
type Error struct {
	Path    string // the property, as in "[3].userData.name"; "" is the whole text
	Problem string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Problem
	}
	return e.Path + ": " + e.Problem
}

// Reader reads one JSON text from front to back. The first error sticks: from
// then on every method returns a zero value, so callers ask Err once, at the
// end. The text must be valid UTF-8, as text that comes from JavaScript always
// is.
//
// The strings that String, Text, Any and Map give may be kept: they do not keep
// a long text alive. Names and what Raw returns do, as they share its memory.
type Reader struct {
	// Verbatim returns what Any and Map put in the place of a value that they
	// cannot hold: one nested too deeply, or a number out of range. Nil makes
	// such a value an error.
	Verbatim func(text string) any

	text  string
	pos   int
	depth int
	err   *Error
	next  func() string // the text's next slice, see NewSliced; nil if text is all

	omitted *Error // the first element that was left out
	others  int    // that were too

	usual int // members of the map before
	boxes boxes
	copied
}

// NewReader returns a Reader at the start of text.
func NewReader(text string) *Reader { return &Reader{text: text} }

// NewSliced returns a Reader of an array whose text comes in slices, so that
// who has it need not have all of it at once. Next gives each slice and ends
// with ""; the Reader calls it when it has read the slice before. A slice ends
// between two elements of the array, before the comma. Raw cannot give the
// array itself.
func NewSliced(next func() string) *Reader { return &Reader{text: next(), next: next} }

// Err returns the first error, and an error if anything but white space
// follows the value that was read.
func (r *Reader) Err() error {
	if r.err == nil {
		if r.space(); r.pos < len(r.text) {
			r.fail("unexpected text after the value")
		}
	}
	if r.err == nil {
		return nil // not r.err: a nil *Error in an error is not nil
	}
	return r.err
}

// Fail records a problem with the value that was just read, for callers that
// know more about what it must be than JSON does.
func (r *Reader) Fail(problem string) { r.fail(problem) }

// Omit records that the caller leaves out an element of the array that is the
// whole value. Unlike Fail it costs that element only.
func (r *Reader) Omit(index int, problem string) {
	if r.omitted == nil {
		r.omitted = &Error{Path: "[" + strconv.Itoa(index) + "]", Problem: problem + "; left out"}
		return
	}
	r.others++
}

// Omitted returns the problem of the first element that was left out, and how
// many more there are; nil if there is none.
func (r *Reader) Omitted() *Error {
	if r.others > 0 {
		return &Error{Path: r.omitted.Path, Problem: r.omitted.Problem + ", and " + strconv.Itoa(r.others) + " more"}
	}
	return r.omitted
}

// Expected returns the problem of a value that should be something else.
func (r *Reader) Expected(want string) string {
	return "expected " + want + ", found " + kind(r.peek())
}

// fail is called from everywhere; inlined it would be so much code.
//
//go:noinline
func (r *Reader) fail(problem string) {
	if r.err == nil {
		r.err = &Error{Problem: problem}
		r.pos = len(r.text) // so that nobody reads on
	}
}

// Object is the object that a Reader is in, for a loop over its names:
//
//	for o := r.Object(); o.Next(); {
//		switch o.Name { … }
//	}
//
// The loop's body reads the value of each name; a value that it leaves unread
// is skipped. null is an object without names. (Loops of this form are half
// the code of those over an iter.Seq, and faster.)
type Object struct {
	Name string // of the value that comes next

	r     *Reader
	start int // where that value starts; -1 before the first
}

// Object begins to read the object that comes next.
func (r *Reader) Object() Object { return Object{r: r, start: -1} }

// Next goes to the next name, and tells whether there is one.
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
	r.space() // so that who only peeks has read nothing
	o.start = r.pos
	return r.err == nil
}

// Array is the array that a Reader is in, for a loop over its elements like
// that over the names of an Object.
type Array struct {
	Index int // of the element that comes next

	r     *Reader
	start int // where it starts; -1 before the first
}

// Array begins to read the array that comes next.
func (r *Reader) Array() Array { return Array{r: r, Index: -1, start: -1} }

// Next goes to the next element, and tells whether there is one.
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

// passed skips the value that starts at start if nobody has read it.
func (r *Reader) passed(start int) bool {
	if r.pos == start {
		r.Skip()
	}
	return r.err == nil
}

// within puts the name or the index of what holds the faulty value before its path.
func (e *Error) within(name string) {
	if len(name) > 40 {
		name = name[:40] + "…" // names may be a customer's, and of any length
	}
	switch {
	case e.Path == "" || e.Path[0] == '[':
		e.Path = name + e.Path
	default:
		e.Path = name + "." + e.Path
	}
	if len(e.Path) > 100 { // that of what holds itself is as long as the limit of depth lets it be
		e.Path = e.Path[:100] + "…"
	}
}

// String reads a string; null reads as "".
func (r *Reader) String() string {
	if r.at() == '"' || r.peek() == '"' { // mostly no white space to pass over
		r.pos++
		return r.kept()
	}
	if !r.Null() {
		r.mismatch("a string")
	}
	return ""
}

// Text reads a string into s if one comes next, and reports whether it did. An
// empty string leaves s as it is.
func (r *Reader) Text(s *string) bool {
	if r.at() != '"' && r.peek() != '"' { // mostly no white space to pass over
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

// Float reads a number if one comes next that float64 can hold, and reports
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

// Null reads null if it comes next, and tells whether it did.
func (r *Reader) Null() bool { return r.peek() == 'n' && r.literal("null") }

// Peek returns the first byte of the value that comes next, which tells its
// kind: one of { [ " t f n, a digit or a minus sign; 0 where there is none.
func (r *Reader) Peek() byte { return r.peek() }

// Left is how many bytes of the text have not been read yet.
func (r *Reader) Left() int { return len(r.text) - r.pos }

// Skip passes over the next value, whatever it is and however deep: it does
// not recurse.
func (r *Reader) Skip() {
	open := make([]byte, 0, 64) // what closes the arrays and objects that are open
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
			continue // the usual way on, all at once
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

// Raw passes over the next value and returns its text: see CopyRaw.
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

// Any reads the next value into nil, bool, float64, string, []any or
// map[string]any, or into what Verbatim makes of it. Of names that occur twice
// the last one counts.
func (r *Reader) Any() any {
	outer := r.depth
	r.depth = 0 // so that the limit depends on the value alone, not on where it stands
	value := r.value()
	r.depth = outer
	return value
}

// Map reads an object into a map, as Any does.
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
	// A map that grows costs more than the filling. The objects of one text
	// are alike, so each map begins in the size of the one before.
	const most = 64 // lest one large object makes all the small ones large
	object := make(map[string]any, min(r.usual, most))
	r.usual = 0 // for objects within
	for o, name := r.Object(), ""; ; {
		var value any
		if text := ""; o.start >= 0 && r.nextText(&name, &text) { // the usual way on, all at once
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

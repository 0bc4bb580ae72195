package jsontext

import "strconv"

// peek returns the first byte of the next value, or 0 at the end of the text.
func (r *Reader) peek() byte {
	if c := r.at(); c > ' ' { // JSON.stringify writes no white space
		return c
	}
	r.space()
	return r.at()
}

// space skips white space, which is rare, and moves on to the next slice. Inlining it
// would enlarge the package by a fifth.
//
//go:noinline
func (r *Reader) space() {
	for {
		for r.pos < len(r.text) {
			switch r.text[r.pos] {
			case ' ', '\t', '\n', '\r':
				r.pos++
			default:
				return
			}
		}
		if r.next == nil || r.err != nil {
			return
		}
		slice := r.next()
		if slice == "" {
			r.next = nil
			return
		}
		r.text, r.pos, r.copied = slice, 0, copied{}
	}
}

func (r *Reader) expect(c byte, what string) bool {
	if r.peek() != c {
		r.mismatch(what)
		return false
	}
	r.pos++
	return true
}

func (r *Reader) open(c byte, what string) bool {
	if !r.expect(c, what) {
		return false
	}
	if r.depth++; r.depth > MaxDepth {
		r.fail("nested too deeply")
		return false
	}
	return true
}

// more moves past the comma to the next element of an array or object that ends with
// closing. At the end it moves past closing and returns false.
func (r *Reader) more(closing byte, first bool) bool {
	c := r.peek()
	if c == closing {
		r.pos++
		r.depth--
		return false
	}
	if first {
		return r.err == nil
	}
	if c != ',' {
		r.unexpected()
		return false
	}
	r.pos++
	return true
}

// nextName is the fast path for `,"name":` as JSON.stringify writes it, with before in
// place of the comma. In any other case it returns false and reads nothing. White space
// after the colon is such a case: peek would skip it, and the value would count as
// read.
func (r *Reader) nextName(before byte, name *string) bool {
	text, start := r.text, r.pos+2
	if start > len(text) || text[start-2] != before || text[start-1] != '"' {
		return false
	}
	end := plain(text, start)
	if end+2 >= len(text) || text[end] != '"' || text[end+1] != ':' || text[end+2] <= ' ' {
		return false
	}
	*name = text[start:end]
	r.pos = end + 2
	return true
}

// nextText is the fast path for `,"name":"text"`. The caller may retain both strings.
// If nextText returns false, it has read nothing but may have changed name.
func (r *Reader) nextText(name, value *string) bool {
	before := r.pos
	if r.nextName(',', name) {
		text, start := r.text, r.pos+1
		if start <= len(text) && text[start-1] == '"' {
			if end := plain(text, start); end < len(text) && text[end] == '"' {
				if end-start >= long { // otherwise name would keep the long value alive
					*name = r.copyOf(before+2, before+2+len(*name))
					*value = r.copyOf(start, end)
				} else {
					both := r.copyOf(before+2, end)
					*name, *value = both[:len(*name)], both[start-before-2:]
				}
				r.pos = end + 1
				return true
			}
		}
	}
	r.pos = before
	return false
}

func (r *Reader) name() string {
	if r.peek() != '"' {
		r.unexpected()
		return ""
	}
	r.pos++
	name := r.quoted()
	if r.peek() != ':' {
		r.unexpected()
		return ""
	}
	r.pos++
	return name
}

func (r *Reader) literal(word string) bool {
	if end := r.pos + len(word); end <= len(r.text) && r.text[r.pos:end] == word {
		r.pos = end
		return true
	}
	r.unexpected()
	return false
}

func (r *Reader) number() float64 { return r.inRange(numberOf(r.numberText())) }

func (r *Reader) inRange(n float64, ok bool) float64 {
	if !ok {
		r.fail("a number out of range")
	}
	return n
}

// numberOf returns the number that text represents. ok is false if the number is out of
// the range of float64. The empty text is 0.
func numberOf(text string) (n float64, ok bool) {
	if text == "" {
		return 0, true
	}
	if n, ok = integer(text); ok {
		return n, true
	}
	n = parseNumber(text)
	if n-n != 0 {
		return 0, false
	}
	return n, true
}

// integer parses an integer of up to 15 digits, which float64 represents exactly. It
// rejects -0.
func integer(text string) (float64, bool) {
	digits := text
	if text[0] == '-' {
		digits = text[1:]
	}
	if len(digits) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if len(digits) < len(text) {
		return float64(-n), n != 0
	}
	return float64(n), true
}

// numberText skips a number and returns its text, or "" if there is none.
func (r *Reader) numberText() string {
	if r.peek() == 0 {
		r.unexpected()
		return ""
	}
	start := r.pos
	if r.at() == '-' {
		r.pos++
	}
	first := r.pos
	r.digits()
	if r.err == nil && r.text[first] == '0' && r.pos > first+1 {
		r.pos = first + 1
		r.unexpected()
	}
	if r.at() == '.' {
		r.pos++
		r.digits()
	}
	if r.at()|0x20 == 'e' {
		r.pos++
		if c := r.at(); c == '+' || c == '-' {
			r.pos++
		}
		r.digits()
	}
	if r.err != nil {
		return ""
	}
	return r.text[start:r.pos]
}

func (r *Reader) digits() {
	start := r.pos
	for c := r.at(); c >= '0' && c <= '9'; c = r.at() {
		r.pos++
	}
	if r.pos == start {
		r.unexpected()
	}
}

// at returns the current byte without skipping white space, or 0 at the end of the
// text.
func (r *Reader) at() byte {
	if r.pos < len(r.text) {
		return r.text[r.pos]
	}
	return 0
}

func (r *Reader) unexpected() {
	if r.pos >= len(r.text) {
		r.fail("the text ends too early")
		return
	}
	r.fail("unexpected text at byte " + strconv.Itoa(r.pos))
}

func (r *Reader) mismatch(want string) {
	if kind(r.peek()) == "" {
		r.unexpected()
		return
	}
	r.fail(r.Expected(want))
}

// kind names the kind of value that starts with c. It returns "" if no JSON value does.
func kind(c byte) string {
	switch {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't' || c == 'f':
		return "a boolean"
	case c == 'n':
		return "null"
	case c == '-' || c >= '0' && c <= '9':
		return "a number"
	}
	return ""
}

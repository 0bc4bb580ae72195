package jsontext

import "strconv"

// peek returns the byte that the next value starts with, 0 where there is none.
func (r *Reader) peek() byte {
	if c := r.at(); c > ' ' { // as JSON.stringify writes no white space
		return c
	}
	r.space()
	return r.at()
}

// space passes over white space, of which there is hardly any, and goes on to
// the next slice. (Inlined into its callers it is a fifth of the package.)
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

// more moves to the next element of the array or object that ends with
// closing, past the comma; it is false at the end, which it passes.
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

// nextName reads `,"name":`, or with another byte than the comma, where it
// stands so, as JSON.stringify writes it; it changes nothing where it does not,
// nor where white space follows, so that who only peeks has read nothing.
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

// nextText reads `,"name":"text"` in the same way, both to be kept. Where it is
// false, name may have changed.
func (r *Reader) nextText(name, value *string) bool {
	before := r.pos
	if r.nextName(',', name) {
		text, start := r.text, r.pos+1
		if start <= len(text) && text[start-1] == '"' {
			if end := plain(text, start); end < len(text) && text[end] == '"' {
				if end-start >= long { // lest the name keeps the value alive
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

// number reads a number.
func (r *Reader) number() float64 { return r.inRange(numberOf(r.numberText())) }

func (r *Reader) inRange(n float64, ok bool) float64 {
	if !ok {
		r.fail("a number out of range")
	}
	return n
}

// numberOf returns the number that is written so; ok is false for one that no
// float64 is near to. "" is 0.
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

// integer reads an integer that float64 holds exactly, but -0.
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

// numberText passes over a number and returns its text, "" if there is none.
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

// at returns the byte at hand without passing over white space, 0 at the end.
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

// kind names what begins with the byte, "" for what is not JSON.
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

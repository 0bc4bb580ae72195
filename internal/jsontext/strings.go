package jsontext

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// kept is quoted, but the caller may retain the result.
func (r *Reader) kept() string {
	start := r.pos
	if end := plain(r.text, start); end < len(r.text) && r.text[end] == '"' {
		r.pos = end + 1
		return r.copyOf(start, end)
	}
	return r.quoted() // the string has an escape, so quoted makes a copy
}

// quoted reads the rest of a string, after its opening quote.
func (r *Reader) quoted() string {
	start := r.pos
	i := plain(r.text, start)
	if i < len(r.text) {
		switch r.text[i] {
		case '"':
			r.pos = i + 1
			return r.text[start:i]
		case '\\':
			return r.escaped(start, i)
		}
	}
	r.pos = i
	r.unexpected()
	return ""
}

// plain returns the index of the first quote, backslash or control character at or
// after start.
func plain(text string, start int) int {
	i := start
	for ; i+8 <= len(text); i += 8 {
		if found := special(word(text, i)); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(text); i++ {
		if c := text[i]; c == '"' || c == '\\' || c < ' ' {
			break
		}
	}
	return i
}

// special finds the first quote, backslash or control character among eight bytes: it
// is the byte with the lowest bit set in the result. The result is 0 if there is none.
// Bits in later bytes are meaningless.
func special(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, backslash := w^ones*'"', w^ones*'\\'
	return ((w-ones*' ')&^w | (quote-ones)&^quote | (backslash-ones)&^backslash) & tops
}

// escaped reads a string that starts at start and has its first backslash at i.
func (r *Reader) escaped(start, i int) string {
	b := append(make([]byte, 0, 2*(i-start)+16), r.text[start:i]...)
	for r.pos = i; r.pos < len(r.text); {
		switch c := r.text[r.pos]; {
		case c == '"':
			r.pos++
			return string(b)
		case c == '\\':
			r.pos++
			b = r.escape(b)
			if r.err != nil {
				return ""
			}
		case c < ' ':
			r.unexpected()
			return ""
		default:
			run := r.pos
			r.pos = plain(r.text, run)
			b = append(b, r.text[run:r.pos]...)
		}
	}
	r.unexpected()
	return ""
}

// escape reads the rest of an escape, after its backslash, and appends the character.
func (r *Reader) escape(b []byte) []byte {
	c := r.at()
	if c != 'u' {
		plain, ok := unescaped(c)
		if !ok {
			r.unexpected()
			return b
		}
		r.pos++
		return append(b, plain)
	}
	r.pos++
	unit, ok := r.hex4()
	if !ok {
		r.unexpected()
		return b
	}
	if isHigh(unit) && strings.HasPrefix(r.text[r.pos:], `\u`) {
		after := r.pos
		r.pos += 2
		if low, ok := r.hex4(); ok && isLow(low) {
			return utf8.AppendRune(b, (unit-0xD800)<<10|(low-0xDC00)+0x10000)
		}
		r.pos = after
	}
	return appendUnit(b, unit)
}

func unescaped(c byte) (plain byte, ok bool) {
	switch c {
	case '"', '\\', '/':
		return c, true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	}
	return 0, false
}

func (r *Reader) hex4() (rune, bool) {
	if r.pos+4 > len(r.text) {
		return 0, false
	}
	unit := rune(0)
	for _, c := range []byte(r.text[r.pos : r.pos+4]) {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		unit = unit<<4 | rune(c)
	}
	r.pos += 4
	return unit, true
}

func isHigh(unit rune) bool { return unit >= 0xD800 && unit < 0xDC00 }
func isLow(unit rune) bool  { return unit >= 0xDC00 && unit < 0xE000 }

// appendUnit appends one UTF-16 code unit. JavaScript strings may contain half of a
// surrogate pair, which UTF-8 cannot represent. appendUnit encodes it in three bytes as
// UTF-8 would (WTF-8). This way two different keys stay different, and AppendString
// restores the original string.
func appendUnit(b []byte, unit rune) []byte {
	if isHigh(unit) || isLow(unit) {
		return append(b, 0xE0|byte(unit>>12), 0x80|byte(unit>>6)&0x3F, 0x80|byte(unit)&0x3F)
	}
	return utf8.AppendRune(b, unit)
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. It writes a lone surrogate, in the three
// bytes that Reader produces, as a \u escape. It replaces other invalid UTF-8 with
// U+FFFD.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	plain := 0 // start of the part of s[:i] that is not yet appended; that part needs no escape
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var char rune
			if char, size = utf8.DecodeRuneInString(s[i:]); char != utf8.RuneError || size > 1 {
				i += size
				continue
			}
		}
		b = append(b, s[plain:i]...)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case isSurrogate(s[i:]):
			size = 3
			b = append(b, '\\', 'u', 'd', hexDigits[s[i+1]>>2&15], hexDigits[s[i+1]&3<<2|s[i+2]>>4&3], hexDigits[s[i+2]&15])
		default:
			b = append(b, `\ufffd`...)
		}
		i += size
		plain = i
	}
	b = append(b, s[plain:]...)
	return append(b, '"')
}

func isSurrogate(s string) bool {
	return len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2] >= 0x80 && s[2] <= 0xBF
}

package jsontext

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// kept is quoted for a string that may be kept.
func (r *Reader) kept() string {
	start := r.pos
	if end := plain(r.text, start); end < len(r.text) && r.text[end] == '"' {
		r.pos = end + 1
		return r.copyOf(start, end)
	}
	return r.quoted() // which has an escape, so that it is a copy
}

// quoted reads the rest of a string whose opening quote has been passed.
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

// plain gives the end of the characters from start on that stand for themselves
// in a string: the place of a quote, a backslash or a control character.
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

// special has a bit set in the first of eight bytes that is a quote, a
// backslash or a control character; none if none is. Of those after the first
// it tells nothing.
func special(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, backslash := w^ones*'"', w^ones*'\\'
	return ((w-ones*' ')&^w | (quote-ones)&^quote | (backslash-ones)&^backslash) & tops
}

// escaped reads a string that started at start and has its first backslash at i.
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

// escape reads what follows a backslash, and appends what it stands for.
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

// appendUnit appends one UTF-16 code unit. Half of a surrogate pair, which
// JavaScript's strings may hold alone and UTF-8 may not, becomes the three
// bytes that UTF-8's scheme would give it (WTF-8), so that two different keys
// never become one and AppendString gives back what came.
func appendUnit(b []byte, unit rune) []byte {
	if isHigh(unit) || isLow(unit) {
		return append(b, 0xE0|byte(unit>>12), 0x80|byte(unit>>6)&0x3F, 0x80|byte(unit)&0x3F)
	}
	return utf8.AppendRune(b, unit)
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. The three bytes of a lone surrogate
// (as Reader gives them) are written as its escape; other bytes that are not
// UTF-8 as U+FFFD.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	plain := 0 // s[plain:i] needs no escape
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

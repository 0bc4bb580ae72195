package model

import (
	"unicode/utf8"

	"wwebridge/wasm/wwe"
)

// Subject returns the subject of an email, or "" if WWE does not report one or the interaction is no
// email.
func Subject(i *wwe.Interaction) string {
	if i.Media != "email" {
		return ""
	}
	subject, _ := i.UserData["Subject"].(string)
	return Trim(subject)
}

// The lines and characters of a long text that show until the agent unfolds it. A text is only folded if it
// is longer by the spare lines or characters.
const (
	foldedLines, foldedRunes = 4, 200
	spareLines, spareRunes   = 2, 40
)

// FoldText returns the part of a text to show while it is folded, and whether it needs folding. A text
// that does not is returned whole.
func FoldText(text string) (head string, folds bool) {
	lines, runes, end := 1, 0, len(text)
	cutLines := 0
	for at, r := range text {
		if runes == foldedRunes && end == len(text) {
			end = at
		}
		runes++
		if r == '\n' {
			if lines == foldedLines {
				cutLines = at
			}
			lines++
		}
	}
	if lines <= foldedLines+spareLines && runes <= foldedRunes+spareRunes {
		return text, false
	}
	if lines > foldedLines && cutLines < end {
		return text[:cutLines], true
	}
	return trimEnd(text[:wholeCharacters(text, end)]), true
}

// wholeCharacters moves the end of a text back so that it cuts no character. It prefers the end of a word
// if there is one nearby.
func wholeCharacters(text string, end int) int {
	for at := end; at > end-spareRunes && at > 0; at-- {
		if text[at] == ' ' || text[at] == '\n' {
			return at
		}
	}
	// By bytes: a lone surrogate of the customer's text is no rune, and its bytes are not those of a rune.
	next, _ := utf8.DecodeRuneInString(text[end:])
	for at := end; ; {
		last, size := utf8.DecodeLastRuneInString(text[:at])
		if size == at {
			break
		}
		if !isJoiner(last) && !isJoiner(next) && !isMark(next) {
			return at
		}
		at, next = at-size, last
	}
	return end
}

// isJoiner reports whether r is a zero-width joiner, which joins two runes into one character.
func isJoiner(r rune) bool { return r == '\u200d' }

// isMark reports whether r is one of the common runes that modify the rune before.
func isMark(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff
}

func trimEnd(text string) string {
	for text != "" && (text[len(text)-1] == ' ' || text[len(text)-1] == '\n') {
		text = text[:len(text)-1]
	}
	return text
}

package recording

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// withoutIdentity takes out of WWE's words what it repeats of the recording,
// what may be a phone number or an address, and what may be a name: quotations
// and words with a capital letter, but for those that stayed elsewhere and
// those of any error.
func (r *Redactor) withoutIdentity(text string) string {
	var known []string
	for value := range r.strings {
		if len(value) >= 3 && strings.Contains(text, value) {
			known = append(known, value)
		}
	}
	slices.SortFunc(known, func(a, b string) int { // a value may be part of another
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	for _, value := range known {
		text = strings.ReplaceAll(text, value, r.strings[value])
	}
	text = r.withoutQuotations(text)
	return withoutNumbers(r.withoutNames(text))
}

// withoutQuotations replaces what is in double quotes.
func (r *Redactor) withoutQuotations(text string) string {
	parts := strings.Split(text, `"`)
	for n := 1; n < len(parts); n += 2 {
		if !r.kept[parts[n]] && !IsPseudonym(parts[n]) {
			parts[n] = r.pseudonym(parts[n])
		}
	}
	return strings.Join(parts, `"`)
}

// withoutNames replaces words with a capital letter or an @.
func (r *Redactor) withoutNames(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, isWordRune)
		if end < 0 {
			end = len(text)
		}
		b.WriteString(text[:end])
		text = text[end:]
		end = strings.IndexFunc(text, func(c rune) bool { return !isWordRune(c) })
		if end < 0 {
			end = len(text)
		}
		word := strings.TrimRight(text[:end], ".")
		switch {
		case r.kept[word] || strings.Contains(commonWords, " "+word+" "):
			b.WriteString(word)
		case strings.Contains(word, "@") || strings.ContainsFunc(word, unicode.IsUpper):
			b.WriteString(r.pseudonym(word))
		default:
			b.WriteString(word)
		}
		text = text[len(word):]
		if word == "" && end > 0 {
			b.WriteString(text[:end])
			text = text[end:]
		}
	}
	return b.String()
}

func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) || strings.ContainsRune("@._-'’", c)
}

// commonWords are words with a capital letter that name nobody. (A string, as a
// map would be made in programs without a recorder too.)
const commonWords = " A Access Agent An API Argument Bad Call Campaign Cannot Case Command Connection Contact Could Denied Error " +
	"Failed Forbidden ID Id Illegal In Interaction Internal Invalid Is It JSON Media Method Missing No Not Null Operation Option " +
	"Origin Parameter Permission Please Record Request Server Service State Status Target The There This Timeout Type URL Unable " +
	"Unauthorized Undefined Unexpected Unknown Unsupported User WWE Workspace Wrong You "

// withoutNumbers masks every four digits and more that follow each other, also
// where they are grouped as phone numbers are.
func withoutNumbers(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		start := strings.IndexFunc(text, unicode.IsDigit)
		if start < 0 {
			start = len(text)
		}
		b.WriteString(text[:start])
		text = text[start:]
		digits, end := 0, 0
		for at, c := range text {
			if unicode.IsDigit(c) {
				digits, end = digits+1, at+len(string(c))
			} else if !strings.ContainsRune(" .-()/", c) {
				break
			}
		}
		if digits >= 4 {
			b.WriteString("####")
		} else {
			b.WriteString(text[:end])
		}
		text = text[end:]
	}
	return b.String()
}

const messenger = "messenger:" // begins the topic of a channel

func isTopic(text string) bool {
	switch text {
	case "subscribe", "unsubscribe", "agent", "interaction", "media", "markdone", "outbound", "system":
		return true
	}
	return false
}

// isName reports whether a property's name looks like one that a program gave,
// and not like a phone number, an address or a sentence.
func isName(text string) bool {
	for _, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && !strings.ContainsRune("_-.:/$ ", c) {
			return false
		}
	}
	return len(text) <= 64 && withoutNumbers(text) == text
}

// isRequest reports whether a text is "namespace.method" in letters.
func isRequest(text string) bool {
	namespace, method, ok := strings.Cut(text, ".")
	letters := func(s string) bool {
		return s != "" && strings.IndexFunc(s, func(c rune) bool { return (c|0x20) < 'a' || (c|0x20) > 'z' }) < 0
	}
	return ok && len(text) <= 64 && letters(namespace) && letters(method)
}

// isReference reports whether a referenceId is ours or a short number, as
// those of Genesys' client are.
func isReference(text string) bool {
	if number, ok := strings.CutPrefix(text, "go-"); ok {
		return len(number) <= 40 && strings.IndexFunc(number, func(c rune) bool {
			return c != '-' && c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z')
		}) < 0
	}
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && len(text) <= 6
}

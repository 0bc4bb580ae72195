package model

import "strings"

// Link returns text if it is a URL that is safe to open, otherwise "". The text may come from WWE or a
// customer. Only http, https and mailto are safe.
func Link(text string) string {
	for n := range len(text) {
		if text[n] <= ' ' || text[n] == 0x7f {
			return ""
		}
	}
	scheme, rest, _ := strings.Cut(text, ":")
	switch lower(scheme) {
	case "http", "https":
		if strings.HasPrefix(rest, "//") && len(rest) > 2 {
			return text
		}
	case "mailto":
		if rest != "" {
			return text
		}
	}
	return ""
}

// lower returns text with its ASCII letters in lower case.
func lower(text string) string {
	small := []byte(text)
	for n, c := range small {
		if 'A' <= c && c <= 'Z' {
			small[n] = c + 'a' - 'A'
		}
	}
	return string(small)
}

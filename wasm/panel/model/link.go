package model

import "strings"

// Link returns where a text that WWE or a customer has written may lead to: ""
// for nowhere. Only http, https and mailto are let through.
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

// lower is the text with the letters of ASCII made small.
func lower(text string) string {
	small := []byte(text)
	for n, c := range small {
		if 'A' <= c && c <= 'Z' {
			small[n] = c + 'a' - 'A'
		}
	}
	return string(small)
}

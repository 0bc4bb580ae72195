package model

import "strings"

// Link returns where a text that WWE or a customer has written may lead to: ""
// for nowhere. Only http, https, tel and mailto are let through.
func Link(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return ""
	}
	scheme, rest, _ := strings.Cut(text, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		if strings.HasPrefix(rest, "//") && len(rest) > 2 {
			return text
		}
	case "tel", "mailto":
		if rest != "" {
			return text
		}
	}
	return ""
}

// PhoneLink returns the address to call a number by: "" if it is no number.
func PhoneLink(number string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == '+':
			return r
		case strings.ContainsRune(" ()-./", r):
			return -1
		}
		return '!'
	}, number)
	if len(digits) < 3 || strings.ContainsRune(digits, '!') || strings.LastIndexByte(digits, '+') > 0 {
		return ""
	}
	return "tel:" + digits
}

package wwe

import "strings"

// checkOrigins refuses what could never be the origin of a message, and "*".
// It does so in Go, so that a native test fails as the browser would.
func checkOrigins(origins []string) error {
	if len(origins) == 0 {
		return newError(CategoryAuthor, "WithOrigin needs the origin of WWE, such as https://wwe.example.com")
	}
	for _, origin := range origins {
		if !isOrigin(origin) {
			return newError(CategoryAuthor, `WithOrigin: "`+origin+`" is not an origin as browsers write it: the scheme, the host in lower case `+
				"and the port unless it is the usual one, such as https://wwe.example.com or http://localhost:8080")
		}
	}
	return nil
}

// isOrigin reports whether text is what a browser reports as the origin of a
// page: whatever URL accepts, and exactly as it writes it. It does not decode
// the parts of a host that begin with xn--. (By few functions of strings: each
// that no other code uses is a kilobyte or more of a widget.)
func isOrigin(text string) bool {
	usualPort := "443"
	host, ok := strings.CutPrefix(text, "https://")
	if !ok {
		usualPort = "80"
		if host, ok = strings.CutPrefix(text, "http://"); !ok {
			return false
		}
	}
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		port := host[colon+1:]
		if port == usualPort || !isNumber(port, 10, 65535) {
			return false
		}
		host = host[:colon]
	}
	if address, ok := strings.CutPrefix(host, "["); ok {
		address, ok = strings.CutSuffix(address, "]")
		return ok && isIPv6(address)
	}
	return isHost(host)
}

const digits = "0123456789abcdef"

func isHost(host string) bool {
	if host == "" || !isOf(host, "abcdefghijklmnopqrstuvwxyz0123456789-_.") {
		return false
	}
	name := strings.TrimSuffix(host, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	hex, isHex := strings.CutPrefix(last, "0x")
	if last != "" && isOf(last, digits[:10]) || isHex && isOf(hex, digits) { // then browsers take it for an address
		n, _, ok := numbers(host, ".", 10, 255)
		return ok && n == 4
	}
	return true
}

// isIPv6 reports whether text is an address in which "::" stands for the
// longest run of zeros, of several the first, and for two at least.
func isIPv6(text string) bool {
	before, after, shortened := strings.Cut(text, "::")
	n, zeros, ok := numbers(before, ":", 16, 0xffff)
	if !ok || !shortened {
		return ok && n == 8 && zeros < 2
	}
	more, others, ok := numbers(after, ":", 16, 0xffff)
	run := 8 - n - more
	return ok && run >= 2 && run > zeros && run >= others && !strings.HasSuffix(":"+before, ":0") && !strings.HasPrefix(after+":", "0:")
}

// numbers counts the numbers of an address, and those of its longest run of zeros.
func numbers(text, separator string, base, most int) (n, zeros int, ok bool) {
	run := 0
	for more := text != ""; more; n++ {
		var number string
		number, text, more = strings.Cut(text, separator)
		if !isNumber(number, base, most) {
			return 0, 0, false
		}
		run++
		if number != "0" {
			run = 0
		}
		zeros = max(zeros, run)
	}
	return n, zeros, true
}

// isNumber reports whether text is a number from 0 to most as browsers write it.
func isNumber(text string, base, most int) bool {
	n := 0
	for i := range len(text) {
		digit := strings.IndexByte(digits[:base], text[i])
		n = n*base + digit
		if digit < 0 || n > most {
			return false
		}
	}
	return text == "0" || text != "" && text[0] != '0'
}

// isOf reports whether all bytes of text are among those.
func isOf(text, bytes string) bool {
	for i := range len(text) {
		if strings.IndexByte(bytes, text[i]) < 0 {
			return false
		}
	}
	return true
}

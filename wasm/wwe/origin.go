package wwe

import "strings"

// checkOrigins rejects "*" and any text that cannot be the origin of a message.
// It does so in Go, so that a native test fails just as the browser would.
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

// isOrigin reports whether text is an origin exactly as a browser's URL would
// write it. It does not decode the parts of a host that begin with xn--. (It
// uses few functions of strings: each one that no other code uses adds a
// kilobyte or more to a widget.)
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
	// Browsers parse a host that ends in a number as an IPv4 address.
	if last != "" && isOf(last, digits[:10]) || isHex && isOf(hex, digits) {
		n, _, ok := numbers(host, ".", 10, 255)
		return ok && n == 4
	}
	return true
}

// isIPv6 reports whether text is an IPv6 address as browsers write it. They
// write "::" for the longest run of at least two zeros, or for the first of
// equally long ones.
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

// numbers returns the count of an address's numbers and the length of its
// longest run of zeros.
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

// isNumber reports whether text is a number from 0 to most, as browsers write
// it.
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

// isOf reports whether text consists of these bytes only.
func isOf(text, bytes string) bool {
	for i := range len(text) {
		if strings.IndexByte(bytes, text[i]) < 0 {
			return false
		}
	}
	return true
}

// Package origin checks the origins of WWE that a panel trusts.
package origin

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrMissing is the error of List for a text without an origin.
var ErrMissing = errors.New("no origin is given: the panel must know which WWE to trust")

// List returns the origins in the text, which are separated by spaces. There is no
// default and no wildcard, because the panel passes customer data to any page with one
// of these origins.
func List(text string) ([]string, error) {
	origins := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) })
	if len(origins) == 0 {
		return nil, ErrMissing
	}
	for _, origin := range origins {
		if err := Check(origin); err != nil {
			return nil, err
		}
	}
	return origins, nil
}

// Check accepts only origins that browsers report for pages reachable over the
// network, in the browsers' spelling.
func Check(text string) error {
	refuse := func(why string) error { return fmt.Errorf("%q is not an origin: %s", text, why) }
	switch {
	case strings.Contains(text, "*"):
		return refuse("with a wildcard the panel would trust every page that matches, so name each WWE; several are separated by spaces")
	case text == "null":
		return refuse("many pages have it, and none can be told from the others; serve WWE from an origin of its own")
	case strings.ContainsAny(text, ",;"):
		return refuse("several are separated by spaces")
	}
	withScheme := text
	if !strings.Contains(text, "://") {
		withScheme = "https://" + strings.TrimPrefix(text, "//")
	}
	u, err := url.Parse(withScheme)
	exact := ""
	if err == nil {
		exact, err = Of(u)
	}
	if err != nil {
		return refuse("write scheme, host and port, such as https://wwe.example.com or https://wwe.example.com:8443")
	}
	for _, c := range u.Hostname() {
		if c > '~' {
			return refuse("write the host as browsers send it, in ASCII: its parts with other letters begin with xn--")
		}
	}
	if exact != text {
		return refuse("write " + exact)
	}
	return nil
}

var errNoOrigin = errors.New("no origin")

// Of returns the origin of a URL as browsers spell it.
func Of(u *url.URL) (string, error) {
	ownPort := map[string]uint64{"http": 80, "https": 443}[u.Scheme]
	host, err := exactHost(strings.ToLower(u.Hostname()))
	if err != nil || ownPort == 0 {
		return "", errNoOrigin
	}
	if text := u.Port(); text != "" {
		port, err := strconv.ParseUint(text, 10, 16)
		if err != nil || port == 0 {
			return "", errNoOrigin
		}
		if port != ownPort {
			host += ":" + strconv.FormatUint(port, 10)
		}
	}
	return u.Scheme + "://" + host, nil
}

var isNumber = regexp.MustCompile(`^([0-9]+|0x[0-9a-f]*)$`)

// exactHost returns a host as browsers spell it. Browsers accept more spellings of IP
// addresses than they report.
func exactHost(host string) (string, error) {
	if strings.Contains(host, ":") {
		return exactIPv6(host)
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if slices.Contains(labels, "") || strings.ContainsAny(host, " \"'<>\\^`{|}%()[]\u00a0") {
		return "", errNoOrigin
	}
	if last := labels[len(labels)-1]; isNumber.MatchString(last) { // browsers treat it as an IPv4 address
		return exactIPv4(labels)
	}
	return host, nil
}

func exactIPv6(host string) (string, error) {
	address, err := netip.ParseAddr(host)
	if err != nil || address.Zone() != "" {
		return "", errNoOrigin
	}
	if address.Is4In6() { // netip would print it with dots
		bytes := address.As16()
		return fmt.Sprintf("[::ffff:%x:%x]", binary.BigEndian.Uint16(bytes[12:]), binary.BigEndian.Uint16(bytes[14:])), nil
	}
	return "[" + address.String() + "]", nil
}

// exactIPv4 parses up to four numbers. The last one fills the remaining bytes of the
// address.
func exactIPv4(numbers []string) (string, error) {
	var address uint64
	for n, text := range numbers {
		bits := 8
		if n == len(numbers)-1 {
			bits = 32 - 8*n
		}
		number, err := number(text, bits)
		if err != nil || bits <= 0 {
			return "", errNoOrigin
		}
		address = address<<bits | number
	}
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(address)))).String(), nil
}

// number parses a part of an IPv4 address: hexadecimal after 0x, octal after 0,
// otherwise decimal.
func number(text string, bits int) (uint64, error) {
	if digits, isHex := strings.CutPrefix(text, "0x"); isHex {
		return strconv.ParseUint("0"+digits, 16, bits)
	}
	if digits, isOctal := strings.CutPrefix(text, "0"); isOctal {
		return strconv.ParseUint("0"+digits, 8, bits)
	}
	return strconv.ParseUint(text, 10, bits)
}

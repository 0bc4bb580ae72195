package main

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// checkOrigins returns the origins that index.html is to trust, separated by
// single spaces. The panel hands customers' data to whoever has one of them, so
// there is no default and no wildcard.
func checkOrigins(text string) (string, error) {
	origins := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) })
	if len(origins) == 0 {
		return "", errors.New("ORIGIN is missing: the panel must know which WWE to trust; " +
			"try: make dist ORIGIN=https://wwe.example.com (for the simulated desktop: ORIGIN=http://localhost:8080)")
	}
	for _, origin := range origins {
		if err := checkOrigin(origin); err != nil {
			return "", fmt.Errorf("ORIGIN: %w", err)
		}
	}
	return strings.Join(origins, " "), nil
}

// checkOrigin accepts what browsers report as the origin of a page, and nothing else.
func checkOrigin(text string) error {
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
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !isHost(u.Hostname()) || !isPort(u.Port()) {
		return refuse("write scheme, host and port, such as https://wwe.example.com or https://wwe.example.com:8443")
	}
	for _, c := range u.Hostname() {
		if c > '~' {
			return refuse("write the host as browsers send it, in ASCII: its parts with other letters begin with xn--")
		}
	}
	if exact := exactOrigin(u); exact != text {
		return refuse("write " + exact)
	}
	return nil
}

func isHost(host string) bool {
	return host != "" && !strings.ContainsAny(host, " \"'<>\\^`{|}%()\u00a0")
}

func isPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := strconv.Atoi(port)
	return err == nil && n > 0 && n <= 65535
}

// exactOrigin is the origin of a URL as browsers write it.
func exactOrigin(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	port := u.Port()
	if port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + port
	}
	return u.Scheme + "://" + host
}

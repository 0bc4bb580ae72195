package main

import (
	"fmt"
	"net/url"
	"strings"
)

// parseFrames parses a list of origins separated by spaces or commas: those of the pages that may
// have the desktop in an iframe.
func (s spelling) parseFrames(text string) (origins []string, err error) {
	for _, origin := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !isOrigin(origin) {
			return nil, fmt.Errorf("%s: %q is not an origin such as http://localhost:3000; try: %s",
				s.name("frames"), origin, s.try("frames", "http://localhost:3000"))
		}
		origins = append(origins, origin)
	}
	return origins, nil
}

// isOrigin reports whether text is an http or https origin. It refuses every character with a
// special meaning in a Content-Security-Policy.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" &&
		text == u.Scheme+"://"+u.Host && !strings.ContainsAny(u.Host, "*;,'\" \t")
}

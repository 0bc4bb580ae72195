package web

import (
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// hashedName is a name that changes with the content, as those that make dist gives.
var hashedName = regexp.MustCompile(`-[0-9a-f]{16}\.[a-z]+$`)

// caching lets browsers keep what cannot change for good, and ask again for the rest of another panel's folder.
// Of the project's own files they keep nothing, because a person is changing them.
func (s site) caching(name string) string {
	switch {
	case s.panel == nil:
		return "no-store"
	case hashedName.MatchString(name):
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// encoded returns the compressed file beside a file of another panel's folder, if there is one that the request accepts.
func (s site) encoded(r *http.Request, name string) (content []byte, coding string) {
	for _, c := range []struct{ coding, extension string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if s.panel == nil || !isLoadable(name) || !accepts(r.Header.Get("Accept-Encoding"), c.coding) {
			continue
		}
		if content, err := fs.ReadFile(s.panel, name+c.extension); err == nil {
			return content, c.coding
		}
	}
	return nil, ""
}

// accepts reports whether an Accept-Encoding names the coding, and not with a weight of 0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, weighted := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		number, err := strconv.ParseFloat(q, 64)
		return !weighted || err == nil && number > 0
	}
	return false
}

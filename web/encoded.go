package web

import (
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// hashedName matches a name that changes with the content, as make dist creates it.
var hashedName = regexp.MustCompile(`-[0-9a-f]{16}\.[a-z]+$`)

// caching returns the Cache-Control header of a file. In another panel's folder, browsers keep a
// file with a hashed name for good, and revalidate all others. They store nothing of the project
// itself, because a developer is changing it.
func (s site) caching(name string) string {
	switch {
	case s.panel == nil:
		return "no-store"
	case hashedName.MatchString(name):
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// encoded returns the compressed variant of a file in another panel's folder, if the folder has one
// and the request accepts its coding.
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

// accepts reports whether an Accept-Encoding header names the coding with a weight above 0.
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

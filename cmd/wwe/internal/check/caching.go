package check

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wwebridge/cmd/wwe/internal/dist"
)

// A caching is what the headers of an answer say about how long browsers may keep it.
type caching struct {
	said      bool
	keep      time.Duration // without asking the server
	immutable bool
}

func cachingOf(header http.Header) (c caching) {
	for directive := range strings.SplitSeq(strings.ToLower(strings.Join(header.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-cache", "no-store":
			return caching{said: true}
		case "max-age":
			seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32)
			if err == nil {
				c.said, c.keep = true, time.Duration(seconds)*time.Second
			}
		case "immutable":
			c.immutable = true
		}
	}
	if expires, err := http.ParseTime(header.Get("Expires")); !c.said && header.Get("Expires") != "" {
		c.said = true
		if err == nil {
			c.keep = max(0, time.Until(expires))
		}
	}
	return c
}

const (
	briefly = 5 * time.Minute
	forGood = 30 * 24 * time.Hour
	shipped = "send Cache-Control: no-cache"
)

// checkPageCaching checks that agents get a new version of the page soon.
func (p *panel) checkPageCaching() {
	switch c := cachingOf(p.page.header); {
	case !c.said:
		p.bad("caching: the server does not say how long browsers may keep the page, so they guess: %s with it", shipped)
	case c.keep > briefly || c.immutable:
		p.bad("caching: browsers keep the page for %s, and with it the old version of the panel: %s with it", duration(c.keep), shipped)
	default:
		p.good("caching: browsers ask for the page each time")
	}
}

// checkCaching checks that browsers keep files whose names change, and ask for others.
func (p *panel) checkCaching() {
	var brief, stale []string
	hashed := 0
	for _, f := range p.loaded("") {
		c := cachingOf(f.header)
		switch {
		case dist.Hashed.MatchString(f.base()):
			if hashed++; c.keep < forGood || !c.immutable {
				brief = append(brief, f.name())
			}
		case !looksHashed(f.base()) && (c.keep > 24*time.Hour || c.immutable):
			stale = append(stale, fmt.Sprintf("%s (%s)", f.name(), duration(c.keep)))
		}
	}
	if len(brief) > 0 {
		p.bad("caching: browsers load %s more often than they need to: send Cache-Control: public, max-age=31536000, immutable with names that have a hash", some(brief))
	} else if hashed > 0 {
		p.good("caching: browsers keep the %d files whose names have a hash", hashed)
	}
	if len(stale) > 0 {
		p.bad("caching: browsers keep the old content of %s after an update, because the name has no hash: %s", some(stale), shipped)
	}
}

var mayBeHash = regexp.MustCompile(`[.-]([0-9A-Za-z_]{8,})\.`)

// looksHashed reports whether another tool may have put a hash into the name.
func looksHashed(name string) bool {
	return slices.ContainsFunc(mayBeHash.FindAllStringSubmatch(name, -1), func(match []string) bool {
		return strings.ContainsFunc(match[1], unicode.IsDigit) && strings.ContainsFunc(match[1], unicode.IsLetter)
	})
}

func duration(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return fmt.Sprintf("%d minutes", d/time.Minute)
}

package check

import (
	"net/url"
	"slices"
	"strings"

	"wwebridge/cmd/wwe/internal/refs"
)

// A policy is a Content-Security-Policy: the sources of each directive.
type policy map[string][]string

// policiesIn parses headers or meta elements. All of them apply.
func policiesIn(texts []string) (policies []policy) {
	for _, text := range texts {
		for one := range strings.SplitSeq(text, ",") {
			p := policy{}
			for directive := range strings.SplitSeq(one, ";") {
				fields := strings.Fields(directive)
				if len(fields) == 0 {
					continue
				}
				name := strings.ToLower(fields[0])
				if _, twice := p[name]; !twice { // the first one counts
					p[name] = fields[1:]
				}
			}
			if len(p) > 0 {
				policies = append(policies, p)
			}
		}
	}
	return policies
}

// policiesOfPage returns the policies in the page's headers and in its meta elements, which cannot say
// who may frame the page.
func (p *panel) policiesOfPage() []policy {
	policies := policiesIn(p.page.header.Values("Content-Security-Policy"))
	elements, _ := refs.Elements(p.page.body)
	for _, e := range elements {
		if kind, _ := e.Get("http-equiv"); e.Name == "meta" && strings.EqualFold(kind, "Content-Security-Policy") {
			content, _ := e.Get("content")
			for _, inPage := range policiesIn([]string{content}) {
				delete(inPage, "frame-ancestors")
				policies = append(policies, inPage)
			}
		}
	}
	return policies
}

// sources returns those of the first of the directives that the policy has.
func (p policy) sources(directives ...string) (sources []string, restricted bool) {
	for _, name := range directives {
		if sources, restricted = p[name]; restricted {
			return sources, true
		}
	}
	return nil, false
}

// allows reports whether the sources match a URL. self is the page's own URL.
func allows(sources []string, u, self *url.URL) bool {
	return slices.ContainsFunc(sources, func(source string) bool { return matches(source, u, self) })
}

func matches(source string, u, self *url.URL) bool {
	switch lower := strings.ToLower(source); {
	case lower == "*":
		return true
	case lower == "'self'":
		return originOf(u) == originOf(self) || u.Hostname() == self.Hostname() && u.Port() == self.Port() && u.Scheme == "https"
	case strings.HasPrefix(lower, "'"):
		return false
	case strings.HasSuffix(lower, ":"):
		return schemeMatches(strings.TrimSuffix(lower, ":"), u.Scheme)
	}
	scheme, rest, hasScheme := strings.Cut(source, "://")
	if !hasScheme {
		scheme, rest = self.Scheme, source
	}
	host, path := rest, ""
	if n := strings.IndexByte(rest, '/'); n >= 0 {
		host, path = rest[:n], rest[n:]
	}
	port := ""
	if n := strings.LastIndexByte(host, ':'); n > strings.LastIndexByte(host, ']') {
		host, port = host[:n], host[n+1:]
	}
	return schemeMatches(strings.ToLower(scheme), u.Scheme) && hostMatches(strings.ToLower(host), strings.ToLower(u.Host), strings.ToLower(u.Hostname())) &&
		portMatches(port, u) && pathMatches(path, u.Path)
}

func schemeMatches(pattern, scheme string) bool {
	return pattern == scheme || pattern == "http" && scheme == "https"
}

func hostMatches(pattern, host, hostname string) bool {
	if suffix, isWild := strings.CutPrefix(pattern, "*"); isWild {
		return suffix == "" || strings.HasPrefix(suffix, ".") && strings.HasSuffix(hostname, suffix)
	}
	return pattern == hostname || strings.HasPrefix(pattern, "[") && strings.HasPrefix(host, pattern)
}

func portMatches(pattern string, u *url.URL) bool {
	usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	port := u.Port()
	if port == "" {
		port = usual
	}
	return pattern == "*" || pattern == port || pattern == "" && port == usual || pattern == "80" && port == "443"
}

func pathMatches(pattern, path string) bool {
	if decoded, err := url.PathUnescape(pattern); err == nil {
		pattern = decoded
	}
	if path == "" {
		path = "/"
	}
	return pattern == "" || pattern == path || strings.HasSuffix(pattern, "/") && strings.HasPrefix(path, pattern)
}

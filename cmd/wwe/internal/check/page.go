package check

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"wwebridge/cmd/wwe/internal/origin"
)

// reach gets the page. It reports whether there is one to look at.
func (p *panel) reach(ctx context.Context, u *url.URL) bool {
	const maxRedirects = 5
	if u.Path == "" {
		u.Path = "/"
	}
	for hop := 0; ; hop++ {
		if !p.getPage(ctx, u) {
			return false
		}
		location := p.page.header.Get("Location")
		if p.page.status < 300 || p.page.status > 399 || location == "" {
			break
		}
		next, err := u.Parse(location)
		if err != nil || next.Scheme != "http" && next.Scheme != "https" || next.Hostname() == "" {
			p.bad("redirect: the page redirects to %q, which is no URL of a page", location)
			return false
		}
		next.Fragment = ""
		switch {
		case hop >= maxRedirects:
			p.bad("redirect: more than %d redirects, the last one to %s: give WWE the final URL", maxRedirects, next.Redacted())
			return false
		case next.Scheme == "http" && u.Scheme == "https":
			p.bad("redirect: the page redirects from https to %s, which browsers block inside of WWE: redirect to https", next.Redacted())
			return false
		case next.Hostname() != u.Hostname() || next.Port() != u.Port() && u.Scheme == next.Scheme:
			p.bad("redirect: the page redirects to another server, %s: if it is to sign in, let the panel's files be read without; else give WWE that URL", next.Redacted())
			return false
		}
		p.remark("redirect: the page redirects to %s: give WWE that URL, and save agents the time", next.Redacted())
		u = next
	}
	switch status := p.page.status; {
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusProxyAuthRequired:
		p.bad("page: the server refuses it (status %d): let the panel's files be read without signing in", status)
		return false
	case status == http.StatusNotFound:
		p.bad("page: there is none at %s (status 404): put the files there, or correct the URL", u.Redacted())
		return false
	case status != http.StatusOK:
		p.bad("page: the server answers with status %d: look into its log", status)
		return false
	}
	if mediaType(p.page.header) != "text/html" {
		p.bad("page: its Content-Type is %q: send text/html, or correct the URL", p.page.header.Get("Content-Type"))
		return false
	}
	if len(p.page.body) == 0 {
		p.bad("page: it is empty: put index.html there")
		return false
	}
	p.good("page: %s is HTML", p.page.url.Redacted())
	return true
}

// getPage gets the page without redirects, and checks how it was reached.
func (p *panel) getPage(ctx context.Context, u *url.URL) bool {
	var err error
	get := func() { p.page, err = p.get.fetch(ctx, u, "text/html,application/xhtml+xml,*/*;q=0.8", "iframe") }
	get()
	if why, ok := isCertificateTrouble(err, u.Hostname()); ok {
		p.bad("certificate: %s (what follows ignores this)", why)
		p.get.trustAnyCertificate()
		if get(); err == nil {
			return true
		}
	}
	switch {
	case err != nil:
		p.bad("%s: %s", u.Scheme, explain(err, u))
		return false
	case u.Scheme == "http" && isLocal(u.Hostname()):
		p.remark("http: allowed for this machine only; agents need https")
	case u.Scheme == "http":
		p.bad("https: %s is http, which browsers block inside of a WWE with https, and anybody on the way could change: serve the panel over https", u.Redacted())
	case p.get.transport.TLSClientConfig.InsecureSkipVerify: // reported before
	case time.Until(p.page.ends) < 14*24*time.Hour:
		p.remark("https: the certificate ends on %s: renew it soon", p.page.ends.Format(time.DateOnly))
	default:
		p.good("https: the certificate is valid until %s", p.page.ends.Format(time.DateOnly))
	}
	return true
}

func mediaType(header http.Header) string {
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

func originOf(u *url.URL) string {
	text, err := origin.Of(u)
	if err != nil {
		return ""
	}
	return text
}

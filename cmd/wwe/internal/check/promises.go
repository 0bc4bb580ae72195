package check

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"wwebridge/cmd/wwe/internal/dist"
	"wwebridge/cmd/wwe/internal/refs"
)

// checkFraming checks that WWE may frame the page, and other pages may not.
func (p *panel) checkFraming() {
	wwe, _ := url.Parse(p.wwe) // checked before
	said, allowed := false, true
	for _, one := range p.policies {
		sources, ok := one["frame-ancestors"]
		if !ok {
			continue
		}
		if slices.ContainsFunc(sources, func(s string) bool {
			return slices.Contains([]string{"*", "http:", "https:", "http://*", "https://*"}, strings.ToLower(s))
		}) {
			p.bad("framing: frame-ancestors allows any page to frame the panel and its agents' clicks: send frame-ancestors %s", p.wwe)
			return
		}
		said, allowed = true, allowed && allows(sources, wwe, p.page.url)
		if !allowed {
			p.bad("framing: WWE may not frame the page, because frame-ancestors is %q: send frame-ancestors %s", strings.Join(sources, " "), p.wwe)
			return
		}
	}
	options := strings.ToUpper(strings.Join(p.page.header.Values("X-Frame-Options"), ", "))
	forbids := strings.Contains(options, "DENY") || strings.Contains(options, "SAMEORIGIN") && originOf(p.page.url) != p.wwe
	switch {
	case said && options != "":
		p.remark("framing: frame-ancestors allows WWE; remove X-Frame-Options %q, which newer browsers ignore beside it and older ones obey", options)
	case said:
		p.good("framing: frame-ancestors allows WWE")
	case forbids:
		p.bad("framing: X-Frame-Options %q forbids WWE to frame the page: remove it, and send Content-Security-Policy: frame-ancestors %s", options, p.wwe)
	default:
		p.bad("framing: any page may frame the panel and its agents' clicks: send Content-Security-Policy: frame-ancestors %s", p.wwe)
	}
}

// checkOrigin checks that the page trusts WWE.
func (p *panel) checkOrigin() {
	elements, _ := refs.Elements(p.page.body)
	var trusted []string
	has := false
	for _, e := range elements {
		if attribute := dist.OriginAttribute(e); attribute != "" {
			value, ok := e.Get(attribute)
			has = has || ok
			trusted = append(trusted, strings.Fields(value)...)
		}
	}
	switch {
	case !has:
		p.remark(`origin: the page names no WWE; a panel that does not use Genesys' client needs <meta name="wwe-origin" content="%s">`, p.wwe)
	case slices.Contains(trusted, p.wwe):
		p.good("origin: the page trusts %s", p.wwe)
	default:
		p.bad("origin: the page trusts %q, not %s: build it with -origin %s", strings.Join(trusted, " "), p.wwe, p.wwe)
	}
}

// checkFiles checks that all files are there.
func (p *panel) checkFiles() {
	var failed, foreign []string
	for _, f := range p.files {
		if f.foreign {
			foreign = append(foreign, f.name())
		} else if f.failure != "" {
			failed = append(failed, fmt.Sprintf("%s (%s)", f.name(), f.failure))
		}
	}
	switch {
	case len(failed) > 0:
		p.bad("files: %s cannot be loaded: put all files of one build there", some(failed))
	default:
		p.good("files: all %d that the page loads are there", len(p.loaded("")))
	}
	if len(foreign) > 0 {
		p.remark("files: not checked, because another server has them: %s", some(foreign))
	}
	if p.left > 0 {
		p.remark("files: %d were not checked, because they are too many or took too long", p.left)
	}
}

// checkTypes checks the types that browsers insist on.
func (p *panel) checkTypes() {
	for _, t := range []struct {
		kind  refs.Kind
		right []string
		why   string
	}{
		{refs.Program, []string{"application/wasm"}, "browsers compile it while it loads only if it is application/wasm"},
		{refs.Script, []string{"text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "application/ecmascript"}, "browsers run scripts only if they are text/javascript"},
		{refs.Style, []string{"text/css"}, "browsers apply styles only if they are text/css"},
	} {
		var wrong []string
		files := p.loaded(t.kind)
		for _, f := range files {
			if !slices.Contains(t.right, mediaType(f.header)) {
				wrong = append(wrong, fmt.Sprintf("%s is %q", f.name(), mediaType(f.header)))
			}
		}
		switch {
		case len(wrong) > 0:
			p.bad("types: %s: %s", some(wrong), t.why)
		case len(files) > 0:
			p.good("types: each %s is %s", t.kind, mediaType(files[0].header))
		}
	}
}

// checkPolicy checks that the page's policies allow the files that it loads.
func (p *panel) checkPolicy() {
	if len(p.policies) == 0 {
		p.remark("policy: the page has no Content-Security-Policy; wwe build makes one")
		return
	}
	var refused []string
	for _, one := range p.policies {
		if sources, restricted := one.sources("script-src", "default-src"); restricted && len(p.loaded(refs.Program)) > 0 &&
			!slices.ContainsFunc(sources, func(s string) bool {
				return strings.EqualFold(s, "'wasm-unsafe-eval'") || strings.EqualFold(s, "'unsafe-eval'")
			}) {
			p.bad("policy: script-src forbids WebAssembly: add 'wasm-unsafe-eval' to script-src")
			return
		}
		for _, f := range p.files {
			directives := map[refs.Kind][]string{
				refs.Script: {"script-src-elem", "script-src", "default-src"}, refs.Style: {"style-src-elem", "style-src", "default-src"},
				refs.Image: {"img-src", "default-src"}, refs.Program: {"connect-src", "default-src"},
			}[f.kind]
			sources, restricted := one.sources(directives...)
			byNonce := slices.ContainsFunc(sources, func(s string) bool {
				s = strings.ToLower(s)
				return strings.HasPrefix(s, "'nonce-") || strings.HasPrefix(s, "'sha") || s == "'strict-dynamic'"
			})
			if restricted && !byNonce && !allows(sources, f.url, p.page.url) {
				refused = append(refused, fmt.Sprintf("%s (add it to %s)", f.name(), directives[max(0, len(directives)-2)]))
			}
		}
	}
	if len(refused) > 0 {
		p.bad("policy: the page's Content-Security-Policy forbids %s", some(refused))
		return
	}
	p.good("policy: the page's Content-Security-Policy allows the files that it loads")
}

// checkCompression checks that the server compresses scripts, styles, programs and other texts.
func (p *panel) checkCompression() {
	const small = 1400 // bytes: they fit into a packet
	var plain, gzipped []string
	count := 0
	for _, f := range append(p.loaded(""), file{answer: p.page, kind: page}) {
		if len(f.body) <= small || !compresses(f) {
			continue
		}
		count++
		if f.coding == "" || f.coding == "identity" {
			plain = append(plain, fmt.Sprintf("%s (%d kB)", f.name(), len(f.body)/1000))
		} else if f.kind == refs.Program && f.coding != "br" {
			gzipped = append(gzipped, f.name())
		}
	}
	switch {
	case len(plain) > 0:
		p.bad("compression: not used for %s: serve the copies .br and .gz that wwe build makes", some(plain))
	case len(gzipped) > 0:
		p.remark("compression: %s is compressed with gzip; brotli makes a program a third smaller", some(gzipped))
	case count > 0:
		p.good("compression: used for all that is worth it")
	}
}

func compresses(f file) bool {
	kind := mediaType(f.header)
	return f.kind == refs.Program || f.kind == refs.Script || f.kind == refs.Style || strings.HasPrefix(kind, "text/") ||
		slices.Contains([]string{"application/json", "application/wasm", "image/svg+xml"}, kind)
}

// checkBuild checks that the files belong together: by the hashes in their names, and by SHA256SUMS.
func (p *panel) checkBuild(ctx context.Context) {
	sums := map[string]string{}
	if u, err := p.page.url.Parse("SHA256SUMS"); err == nil {
		if got, err := p.get.fetch(ctx, u, "*/*", ""); err == nil && got.status == 200 && len(got.body) < 1<<20 {
			sums = dist.ParseSums(string(got.body))
		}
	}
	var other []string
	known := 0
	folder := path.Dir(p.page.url.Path + "x")
	for _, f := range append(p.loaded(""), file{answer: p.page, kind: page}) {
		sum := fmt.Sprintf("%x", sha256.Sum256(f.body))
		name := strings.TrimPrefix(strings.TrimPrefix(f.url.Path, folder), "/")
		if name == "" {
			name = "index.html"
		}
		want, listed := sums[name]
		digits := dist.Hashed.FindStringSubmatch(f.base())
		if digits != nil || listed {
			known++
		}
		if digits != nil && !strings.HasPrefix(sum, digits[1]) || listed && sum != want {
			other = append(other, name)
		}
	}
	switch {
	case len(other) > 0:
		p.bad("build: the content of %s is not that of the build: put all files of one build there, with their copies .br and .gz, and empty caches on the way", some(other))
	case known > 0:
		p.good("build: the files are of one build (%d compared)", known)
	default:
		p.remark("build: no file has a hash in its name or in SHA256SUMS, so nothing shows whether they belong together; wwe build makes both")
	}
}

// checkMixedContent checks that a page with https loads nothing by http.
func (p *panel) checkMixedContent() {
	if p.page.url.Scheme != "https" {
		return
	}
	var mixed []string
	for _, f := range p.files {
		if f.url.Scheme == "http" && !isLocal(f.url.Hostname()) {
			mixed = append(mixed, f.name())
		}
	}
	if len(mixed) > 0 {
		p.bad("mixed content: the page loads %s by http, which browsers block: use https", some(mixed))
		return
	}
	p.good("mixed content: none, everything comes by https")
}

package check

import (
	"context"
	"net/url"
	"path"
	"strconv"
	"strings"

	"wwebridge/cmd/wwe/internal/refs"
)

// A file is a file that the page loads.
type file struct {
	answer
	kind     refs.Kind
	failure  string // the reason why there is no content
	foreign  bool   // from another origin, and not fetched
	declared bool   // by a reference rather than a string in a script
}

// name returns a name that the page's author recognizes.
func (f file) name() string {
	if f.foreign {
		return f.url.Redacted()
	}
	if f.kind == page {
		return "the page"
	}
	return strings.TrimPrefix(f.url.Path, "/")
}

// page is the kind of the panel's page, to which nothing refers.
const page refs.Kind = "page"

// base returns the last element of the file's path.
func (f file) base() string { return path.Base(f.url.Path) }

// find fetches the files that the page loads, and the files that those load.
func (p *panel) find(ctx context.Context) {
	seen := map[string]bool{}
	type reference struct {
		url      *url.URL
		kind     refs.Kind
		declared bool
	}
	var queue []reference
	add := func(base *url.URL, written string, kind refs.Kind, declared bool) {
		u, err := base.Parse(written)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return // data: and the like
		}
		u.Fragment = ""
		if path.Ext(u.Path) == ".wasm" {
			kind = refs.Program // in a preload, for example
		}
		if !seen[u.String()] {
			seen[u.String()] = true
			queue = append(queue, reference{u, kind, declared})
		}
	}
	look := func(at *url.URL, name string, content []byte) {
		found := refs.In(name, content)
		for _, r := range found.References {
			add(at, r.URL, r.Kind, true)
		}
		for _, text := range found.Loose {
			if strings.HasSuffix(text, ".wasm") && !strings.ContainsAny(text, " \t\n") {
				add(p.page.url, text, refs.Program, false)
			}
		}
	}
	look(p.page.url, "page.html", p.page.body)
	for n := 0; n < len(queue); n++ {
		r := queue[n]
		if len(p.files) >= maxFiles || ctx.Err() != nil {
			p.left = len(queue) - n
			return
		}
		f := file{answer: answer{url: r.url}, kind: r.kind, declared: r.declared}
		if originOf(r.url) != originOf(p.page.url) {
			f.foreign = true
			p.files = append(p.files, f)
			continue
		}
		got, err := p.get.fetch(ctx, r.url, "*/*", map[refs.Kind]string{refs.Script: "script", refs.Style: "style", refs.Image: "image"}[r.kind])
		switch {
		case err != nil:
			f.failure = explain(err, r.url)
		case got.status >= 300 && got.status < 400:
			f.failure = "redirects elsewhere"
		case got.status != 200:
			f.failure = "status " + strconv.Itoa(got.status)
		}
		if f.failure != "" && !r.declared {
			continue // the string was no URL
		}
		got.url = r.url
		f.answer = got
		p.files = append(p.files, f)
		if f.failure == "" {
			switch r.kind {
			case refs.Script:
				look(r.url, "a.js", got.body)
			case refs.Style:
				look(r.url, "a.css", got.body)
			}
		}
	}
}

// loaded returns the files that were fetched: those of one kind, or all if kind is "".
func (p *panel) loaded(kind refs.Kind) (files []file) {
	for _, f := range p.files {
		if !f.foreign && f.failure == "" && (kind == "" || f.kind == kind) {
			files = append(files, f)
		}
	}
	return files
}

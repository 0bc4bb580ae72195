// Package web holds the files that a browser loads beside Go's, and the handlers that serve them
// during the development of a panel.
package web

import (
	"bytes"
	"html"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Pages are the project's two pages, each served on its own origin: the simulated desktop, and the
// widget in its iframe.
type Pages struct {
	Root          fs.FS  // the project's top level
	Panel         fs.FS  // the folder of another panel to serve as the widget; nil for the project's own
	DesktopOrigin string // for example http://localhost:8080
	WidgetOrigin  string
	FramedBy      []string // origins of pages that may have the desktop in an iframe; usually none
	Live          Live     // has the desktop load the widget again when it changes; nil if nothing does
}

// Desktop serves the simulated desktop, and the page that forges messages in it. The desktop frames
// the page at WidgetOrigin, or any other page that its query names.
func (p Pages) Desktop() http.Handler {
	desktop := site{
		root:   p.Root,
		routes: map[string]string{"/": "web/desktop.html"},
		meta:   "widget-origin",
		origin: p.WidgetOrigin,
		// The desktop frames any page, and checks whether its server answers.
		policy: strings.Replace(basePolicy, "connect-src 'self'", "connect-src 'self' http: https:", 1) + "; frame-src http: https:" + frameAncestors(p.FramedBy),
		live:   p.Live,
	}
	forger := site{
		root:   p.Root,
		routes: map[string]string{forgerPage: strings.TrimPrefix(forgerPage, "/")},
		// One of the iframes with this page has an opaque origin. In WebKit, 'self' matches nothing
		// there.
		policy: strings.Replace(basePolicy, "script-src 'self'", "script-src 'self' "+p.DesktopOrigin, 1) + frameAncestors([]string{"'self'"}, p.FramedBy),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == forgerPage:
			forger.ServeHTTP(w, r)
		case r.URL.Path == livePath && p.Live != nil:
			p.Live.ServeHTTP(w, r)
		default:
			desktop.ServeHTTP(w, r)
		}
	})
}

const forgerPage = "/web/forger.html"

// Widget serves the panel page. The page trusts the page at DesktopOrigin, and may be framed by it.
// If Panel is set, Widget serves every file of that folder that a page may load, and the project's
// wasm_exec.js if the folder has none.
func (p Pages) Widget() http.Handler {
	return site{
		root:   p.Root,
		panel:  p.Panel,
		routes: map[string]string{"/": "index.html", "/index.html": "index.html"},
		meta:   "wwe-origin",
		origin: p.DesktopOrigin,
		policy: Policy(append([]string{p.DesktopOrigin}, p.FramedBy...)...),
	}
}

const basePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"

// Policy returns the Content-Security-Policy of a panel that pages of these origins may frame.
func Policy(origins ...string) string {
	return basePolicy + frameAncestors(origins)
}

// frameAncestors returns the end of a Content-Security-Policy: the origins that may frame the page.
func frameAncestors(origins ...[]string) string {
	all := slices.Concat(origins...)
	if len(all) == 0 {
		all = []string{"'none'"}
	}
	return "; frame-ancestors " + strings.Join(all, " ")
}

const wasmExec = "wasm_exec.js" // copied there by make

// ClientFile is Genesys' own client, which is not part of this project. A developer who has it puts
// it beside the page.
const ClientFile = "wwe-service-client-api.js"

// contentTypes replaces the machine's own table, which may lack wasm or map JavaScript to plain
// text.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".wasm": "application/wasm",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".json": "application/json",
	".txt":  "text/plain; charset=utf-8",
}

// site is one page and the static files that both pages share.
type site struct {
	root   fs.FS
	panel  fs.FS
	routes map[string]string // URL path of the page to its file
	meta   string            // the name of the page's meta element for the other page's origin
	origin string
	policy string
	live   Live // nil if the page never loads anything again
}

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", s.policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")

	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	name, isPage := s.routes[r.URL.Path]
	if !isPage {
		name = strings.TrimPrefix(r.URL.Path, "/")
	}
	content, err := s.read(name, isPage)
	if err != nil {
		http.Error(w, missing(name), http.StatusNotFound)
		return
	}
	header.Set("Cache-Control", s.caching(name))
	if isPage {
		content = withLive(SetMeta(content, s.meta, s.origin), s.live)
	} else if s.panel != nil {
		header.Set("Vary", "Accept-Encoding")
		if compressed, coding := s.encoded(r, name); coding != "" {
			content = compressed
			header.Set("Content-Encoding", coding)
		}
	}
	header.Set("Content-Type", contentTypes[path.Ext(name)])
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// read returns a file if it may be served.
func (s site) read(name string, isPage bool) ([]byte, error) {
	if s.panel != nil && isLoadable(name) {
		content, err := fs.ReadFile(s.panel, name)
		if err == nil || name != wasmExec {
			return content, err
		}
	}
	if isPage || isStatic(name) {
		return fs.ReadFile(s.root, name)
	}
	return nil, fs.ErrNotExist
}

// isLoadable reports whether a file of another panel has a type that a page loads, and is not
// hidden.
func isLoadable(name string) bool {
	_, known := contentTypes[path.Ext(name)]
	return known && !strings.HasPrefix(name, ".") && !strings.Contains(name, "/.")
}

// isStatic reports whether a file of the project may be served. Its source and its history may not.
func isStatic(name string) bool {
	if name == wasmExec || name == ClientFile {
		return true
	}
	folder, file := path.Split(name)
	if folder == "web/lang/" {
		return path.Ext(file) == ".json"
	}
	return folder == "web/" && slices.Contains([]string{".css", ".js", ".wasm", ".svg", ".png"}, path.Ext(file))
}

func missing(name string) string {
	if name == wasmExec || name == "web/runtime.js" || path.Ext(name) == ".wasm" {
		return name + " is not built yet: run `make run` or `make build`"
	}
	return name + " not found"
}

var metaElement = regexp.MustCompile(`(<meta name="([^"]*)" content=")[^"]*"`)

// SetMeta returns the page with the content of its meta element of that name replaced.
func SetMeta(page []byte, name, content string) []byte {
	return metaElement.ReplaceAllFunc(page, func(element []byte) []byte {
		match := metaElement.FindSubmatch(element)
		if string(match[2]) != name {
			return element
		}
		return []byte(string(match[1]) + html.EscapeString(content) + `"`)
	})
}

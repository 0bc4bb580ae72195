package web

import (
	"bytes"
	"html"
	"net/http"
	"strings"
)

// Live reports changes of the widget to the desktop's page: it serves a stream of server-sent events,
// which live.js reads.
type Live interface {
	http.Handler
	Version() string // of the widget that is served now
}

const livePath = "/live"

// withLive returns the page with live.js in it. The script's data-version is that of the widget
// that the page is about to load.
func withLive(page []byte, live Live) []byte {
	if live == nil {
		return page
	}
	const style, end = `<link rel="stylesheet" href="/web/live.css">`, "</head>"
	script := `<script type="module" src="/web/live.js" data-version="` + html.EscapeString(live.Version()) + `"></script>`
	return bytes.Replace(page, []byte(end), []byte(style+script+end), 1)
}

// Runtime returns runtime.js: the text of runtime.in.js with Go's wasm_exec.js in it. The Makefile
// does the same.
func Runtime(template, wasmExec []byte) []byte {
	var all bytes.Buffer
	for line := range strings.Lines(string(template)) {
		if strings.TrimSpace(line) == "// wasm_exec.js" {
			all.Write(wasmExec)
			continue
		}
		all.WriteString(line)
	}
	return all.Bytes()
}

package drive

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// watch is a proxy that inserts a script before the scripts of each page. The script
// reports problems in the page, because WebKit does not report them while it is driven.
type watch struct {
	listener net.Listener
	server   http.Server

	mu      sync.Mutex
	tab     int // number of the open tab; closed tabs may still report
	scripts string
	all     []string
}

const (
	watchScriptPath = "/.drive/watch.js"
	watchReportPath = "/.drive/complaints/" // followed by the number of the tab
)

// doctype matches the beginning of a page, before which no element may be inserted.
var doctype = regexp.MustCompile(`(?is)^\s*(<!doctype[^>]*>)?(\s*<html[^>]*>)?(\s*<head[^>]*>)?`)

// watchScript is the format string of the script. Its argument is the report path.
const watchScript = `(() => {
	const send = fetch, report = location.origin + "%s";
	const complain = (text) => { send(report, {method: "POST", body: text, keepalive: true}).catch(() => {}); };
	addEventListener("error", (e) => complain("error: " + (e.message ?? e.target?.outerHTML)), true);
	addEventListener("unhandledrejection", (e) => complain("rejection: " + e.reason));
	addEventListener("securitypolicyviolation", (e) => {
		if (e.blockedURI !== report) complain("violation of " + e.violatedDirective + " by " + e.blockedURI + " at " + e.sourceFile + ":" + e.lineNumber);
	});
	const { error } = console;
	console.error = function (...args) { complain("console.error: " + args.join(" ")); return error.apply(this, args); };
})();
`

func startWatch() (*watch, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &watch{listener: listener}
	w.reset()
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			if isDocument(r.In) { // the document must arrive complete and not compressed
				for _, name := range []string{"Accept-Encoding", "If-None-Match", "If-Modified-Since"} {
					r.Out.Header.Del(name)
				}
			}
		},
		Transport:      &http.Transport{DisableCompression: true},
		FlushInterval:  -1,
		ModifyResponse: insertScript,
		// Abort the connection if the server cannot be reached.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	w.server.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == watchScriptPath:
			rw.Header().Set("Content-Type", "text/javascript")
			rw.Header().Set("Cache-Control", "no-store")
			w.mu.Lock()
			defer w.mu.Unlock()
			_, _ = io.WriteString(rw, w.scripts)
		case strings.HasPrefix(r.URL.Path, watchReportPath):
			text, _ := io.ReadAll(r.Body)
			w.mu.Lock()
			defer w.mu.Unlock()
			if r.URL.Path == w.reportPath() {
				w.all = append(w.all, string(text))
			}
		case r.URL.Host == "": // not a proxy request
			panic(http.ErrAbortHandler)
		default:
			proxy.ServeHTTP(rw, r)
		}
	})
	go func() { _ = w.server.Serve(listener) }()
	return w, nil
}

func isDocument(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}

func insertScript(r *http.Response) error {
	if !isDocument(r.Request) || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	_ = r.Body.Close()
	at := len(doctype.Find(body))
	body = slices.Concat(body[:at], []byte(`<script src="`+watchScriptPath+`"></script>`), body[at:])
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}

func (w *watch) address() string { return w.listener.Addr().String() }

// reset forgets the previous tab.
func (w *watch) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tab++
	w.scripts, w.all = fmt.Sprintf(watchScript, w.reportPath()), nil
}

func (w *watch) reportPath() string { return watchReportPath + strconv.Itoa(w.tab) }

func (w *watch) preload(script string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.scripts += "{" + script + "\n}\n"
}

func (w *watch) complaints() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.all)
}

func (w *watch) close() { _ = w.server.Close() }

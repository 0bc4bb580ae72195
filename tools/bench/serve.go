package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"wwebridge/web"
)

// measure runs a section in a browser and returns its figures.
func measure(ctx context.Context, section string) (sectionFigures, error) {
	if section == edit {
		return measureEdits(ctx)
	}
	page, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	widgets, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	origin := fmt.Sprintf("http://localhost:%d", page.Addr().(*net.TCPAddr).Port)
	sites, err := widgetSites(origin)
	if err != nil {
		return nil, err
	}
	outcomes := make(chan outcome, 1)
	for listener, handler := range map[net.Listener]http.Handler{page: benchPage(outcomes), widgets: sites} {
		server := &http.Server{Handler: isolated(handler)}
		defer server.Close()
		go func() { _ = server.Serve(listener) }()
	}
	stop, err := show(ctx, fmt.Sprintf("%s/bench.html?section=%s&widgets=%d", origin, section, widgets.Addr().(*net.TCPAddr).Port))
	if err != nil {
		return nil, err
	}
	defer stop()
	select {
	case <-ctx.Done():
		return nil, errors.New("the page has not finished in time")
	case o := <-outcomes:
		return o.figures, o.err
	}
}

// outcome is the result of the page.
type outcome struct {
	figures sectionFigures
	err     error
}

// isolated makes the page cross-origin isolated. Browsers then measure time in steps of
// 5 µs instead of 100 µs.
func isolated(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		handler.ServeHTTP(w, r)
	})
}

// benchPage serves the benchmark's page and receives its reports.
func benchPage(outcomes chan<- outcome) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(os.DirFS("bench/pages")))
	for path, file := range map[string]string{"bench.wasm": work + "/bench.wasm", "wasm_exec.js": project + "/wasm_exec.js", "client.js": client} {
		mux.HandleFunc("GET /"+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	}
	take := func(what string, do func(text []byte)) {
		mux.HandleFunc("POST /"+what, func(_ http.ResponseWriter, r *http.Request) {
			text, err := io.ReadAll(r.Body)
			if err == nil {
				do(text)
			}
		})
	}
	end := func(figures sectionFigures, err error) {
		select {
		case outcomes <- outcome{figures, err}:
		default: // only the first outcome counts
		}
	}
	take("failed", func(text []byte) { end(nil, fmt.Errorf("in the page: %s", text)) })
	take("figures", func(text []byte) {
		var figures sectionFigures
		err := json.Unmarshal(text, &figures)
		end(figures, err)
	})
	return mux
}

// widgetSites serves the contestants of the section "start", each as wwe desktop does,
// with the probe added to their pages. A host name begins with the contestant's name.
// The rest of the name makes the host a site of its own.
func widgetSites(origin string) (http.Handler, error) {
	probe, err := os.ReadFile("bench/pages/probe.js")
	if err != nil {
		return nil, err
	}
	sites := map[string]http.Handler{}
	folders := map[string]string{"panel": project + "/dist", "plain": work + "/plain"}
	for _, program := range programs {
		folders[program.name] = work + "/" + program.name
	}
	for name, folder := range folders {
		sites[name] = web.Pages{Root: os.DirFS(project), Panel: os.DirFS(folder), DesktopOrigin: origin}.Widget()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host[:max(strings.LastIndex(r.Host, "-"), 0)]
		site := sites[name]
		switch {
		case site == nil:
			http.NotFound(w, r)
		case r.URL.Path == "/probe.js":
			w.Header().Set("Content-Type", "text/javascript")
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			_, _ = w.Write(probe)
		case r.URL.Path == "/":
			page := &answer{header: w.Header()}
			site.ServeHTTP(page, r)
			w.Header().Del("Content-Length")
			_, _ = w.Write(bytes.Replace(page.body.Bytes(), []byte("</title>"), []byte("</title>\n<script src=\"/probe.js\"></script>"), 1))
		default:
			site.ServeHTTP(w, r)
		}
	}), nil
}

// answer records a page so that it can be changed.
type answer struct {
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header               { return a.header }
func (a *answer) Write(content []byte) (int, error) { return a.body.Write(content) }
func (a *answer) WriteHeader(int)                   {}

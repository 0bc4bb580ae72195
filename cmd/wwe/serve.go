package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"wwebridge/web"
)

// site is a page with the port that it is served on.
type site struct {
	port      port
	handler   http.Handler
	listeners []net.Listener
}

// sites are the pages that wwe desktop and wwe dev show: the desktop's and, unless another server
// has it, the widget's.
type sites []*site

// listen opens the ports.
func (s settings) listen() (sites, error) {
	all := sites{{port: s.desktop}}
	if address, _, err := s.widgetURL(); err != nil {
		return nil, err
	} else if address == "" {
		all = append(all, &site{port: s.widgetPort})
	}
	for _, site := range all {
		listeners, err := site.port.listen()
		if err != nil {
			all.close()
			desktop, widget := freePorts()
			free := []string{"port", strconv.Itoa(int(desktop)), "widget-port", strconv.Itoa(int(widget))}
			return nil, fmt.Errorf("%w; try: %s", err, s.try(append(free, s.kept...)...))
		}
		site.listeners = listeners
	}
	return all, nil
}

func (all sites) close() {
	for _, site := range all {
		for _, listener := range site.listeners {
			listener.Close()
		}
	}
}

// serve serves the pages until ctx ends.
func (all sites) serve(ctx context.Context, s settings, pages web.Pages, out io.Writer) error {
	address, origin, err := s.widgetURL()
	if err != nil {
		return err
	}
	pages.DesktopOrigin, pages.WidgetOrigin, pages.FramedBy = s.desktop.origin(), s.widgetPort.origin(), s.framedBy
	from := pages.WidgetOrigin
	if address != "" {
		pages.WidgetOrigin, from = origin, address
	}
	all[0].handler = pages.Desktop()
	switch {
	case address != "":
		all[0].handler = withWidget(address, all[0].handler)
	case pages.Live != nil:
		all[1].handler = noForeignPages(pages.WidgetOrigin, pages.DesktopOrigin, pages.Widget())
	default:
		all[1].handler = pages.Widget()
	}

	failed := make(chan error, 4) // one slot for each listener
	for _, site := range all {
		server := &http.Server{Handler: onlyLocalhost(site.port, site.handler), ReadHeaderTimeout: 10 * time.Second}
		defer server.Close()
		for _, listener := range site.listeners {
			go func() { failed <- server.Serve(listener) }()
		}
	}
	fmt.Fprintf(out, "Open %s (the panel inside comes from %s). Ctrl-C ends it.\n", pages.DesktopOrigin, from)
	if s.open {
		if err := openBrowser(ctx, pages.DesktopOrigin); err != nil {
			fmt.Fprintf(out, "The browser does not open by itself (%v). Open %s there.\n", err, pages.DesktopOrigin)
		}
	}

	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// withWidget redirects the desktop's page to itself with the address of the widget in its query,
// unless the query has one.
func withWidget(address string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if r.URL.Path != "/" || query.Get("widget") != "" {
			next.ServeHTTP(w, r)
			return
		}
		query.Set("widget", address)
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/?"+query.Encode(), http.StatusTemporaryRedirect)
	})
}

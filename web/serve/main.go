// Command serve shows the simulated desktop with the panel inside, each on its own port of this
// machine. Run it in the project's top level, or use `make run`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"wwebridge/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	getenv, err := arguments(os.Args[1:], os.Getenv, os.Stdout)
	if err == nil {
		err = run(ctx, getenv, os.Stdout)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const usage = `serve shows the simulated WWE desktop with the agent panel inside, to browsers on this machine only.

Usage: go run ./web/serve [flags] (in the project's top level, after make build; make run does both)

  -port number          port of the desktop, 1 to 65535 (default 8080, or the environment variable PORT)
  -widget-port number   port of the panel, another one (default 8081, or the environment variable WIDGET_PORT)
  -panel folder         a folder with a panel to show in place of this project's, such as dist (or the environment variable PANEL)
  -frames origins       the origins of pages that may have the desktop in an iframe, separated by spaces (default none,
                        or the environment variable FRAMES)
  -h                    show this help

Examples:
  make run
  make run PORT=9000 WIDGET_PORT=9001
  make dist ORIGIN=http://localhost:8080 && make run PANEL=dist
  make run FRAMES=http://localhost:3000
`

// arguments parses the flags. It returns a function that looks up a variable: in the flags first,
// then with getenv. If the flags ask for help, arguments writes it to out and returns flag.ErrHelp.
func arguments(args []string, getenv func(string) string, out io.Writer) (func(string) string, error) {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	given := map[string]string{}
	for name, variable := range map[string]string{"port": "PORT", "widget-port": "WIDGET_PORT", "panel": "PANEL", "frames": "FRAMES"} {
		flags.Func(name, "", func(value string) error {
			if value == "" {
				return errors.New("the value is missing")
			}
			given[variable] = value
			return nil
		})
	}
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w; serve -h lists the flags", err)
	case flags.NArg() > 0:
		return nil, fmt.Errorf("unexpected argument %q; serve -h lists the flags", flags.Arg(0))
	}
	return func(name string) string {
		if value := given[name]; value != "" {
			return value
		}
		return getenv(name)
	}, nil
}

// run serves until ctx ends.
func run(ctx context.Context, getenv func(string) string, out io.Writer) error {
	desktopPort, widgetPort, err := ports(getenv)
	if err != nil {
		return err
	}
	framedBy, err := frames(getenv("FRAMES"))
	if err != nil {
		return err
	}
	pages := web.Pages{Root: os.DirFS("."), DesktopOrigin: desktopPort.origin(), WidgetOrigin: widgetPort.origin(), FramedBy: framedBy}
	if panel := getenv("PANEL"); panel != "" {
		if _, err := os.Stat(filepath.Join(panel, "index.html")); err != nil {
			return fmt.Errorf("PANEL=%q is not a folder with a panel: %w", panel, err)
		}
		pages.Panel = os.DirFS(panel)
	}

	failed := make(chan error, 4) // one slot for each listener
	for _, site := range []struct {
		port    port
		handler http.Handler
	}{
		{desktopPort, pages.Desktop()},
		{widgetPort, pages.Widget()},
	} {
		listeners, err := site.port.listen()
		if err != nil {
			desktop, widget := freePorts()
			try := fmt.Sprintf("make run PORT=%d WIDGET_PORT=%d", desktop, widget)
			for _, name := range []string{"PANEL", "FRAMES"} {
				if value := getenv(name); value != "" {
					try += fmt.Sprintf(" %s='%s'", name, value)
				}
			}
			return fmt.Errorf("%w; try: %s", err, try)
		}
		server := &http.Server{Handler: onlyLocalhost(site.port, site.handler), ReadHeaderTimeout: 10 * time.Second}
		defer server.Close()
		for _, listener := range listeners {
			go func() { failed <- server.Serve(listener) }()
		}
	}
	fmt.Fprintf(out, "Open %s (the panel inside comes from %s). Ctrl-C ends it.\n", desktopPort.origin(), widgetPort.origin())

	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// port is one of the two ports, with the name of its environment variable.
type port struct {
	name   string
	number int
}

func ports(getenv func(string) string) (desktop, widget port, err error) {
	if desktop, err = parsePort("PORT", getenv("PORT"), 8080); err != nil {
		return
	}
	if widget, err = parsePort("WIDGET_PORT", getenv("WIDGET_PORT"), 8081); err != nil {
		return
	}
	if desktop.number == widget.number {
		err = fmt.Errorf("PORT and WIDGET_PORT are both %d: the desktop and the panel need two; try: make run PORT=8090 WIDGET_PORT=8091",
			desktop.number)
	}
	return
}

func parsePort(name, text string, fallback int) (port, error) {
	if text == "" {
		return port{name, fallback}, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > 65535 {
		return port{}, fmt.Errorf("%s=%q is not a port (1 to 65535); try: make run %s=8090", name, text, name)
	}
	return port{name, number}, nil
}

func (p port) origin() string {
	return "http://" + p.host("localhost")
}

// host returns the name with the port, as browsers write it.
func (p port) host(name string) string {
	if p.number == 80 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, p.number)
}

// listen opens the port to this machine only, on IPv4 and, if available, on IPv6.
func (p port) listen() ([]net.Listener, error) {
	ipv4, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", p.number))
	if err != nil {
		return nil, p.cannotListen(err)
	}
	ipv6, err := net.Listen("tcp6", fmt.Sprintf("[::1]:%d", p.number))
	if errors.Is(err, syscall.EADDRINUSE) {
		// Browsers may try [::1] first, and would show another program's page.
		ipv4.Close()
		return nil, p.cannotListen(err)
	}
	if err != nil {
		return []net.Listener{ipv4}, nil
	}
	return []net.Listener{ipv4, ipv6}, nil
}

func (p port) cannotListen(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is taken", p.number)
	}
	return fmt.Errorf("cannot serve on port %d: %w", p.number, err)
}

// freePorts returns two ports to suggest. Both are free if it finds such a pair.
func freePorts() (desktop, widget int) {
	for desktop = 8090; desktop < 65535; desktop += 10 {
		if isFree(desktop) && isFree(desktop+1) {
			return desktop, desktop + 1
		}
	}
	return 8090, 8091
}

func isFree(number int) bool {
	listeners, err := port{number: number}.listen()
	for _, listener := range listeners {
		listener.Close()
	}
	return err == nil
}

// onlyLocalhost redirects the addresses of this machine to localhost, because the pages name each
// other's origin. It refuses every other host name, which may be a foreign name that resolves to
// this machine.
func onlyLocalhost(p port, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Host {
		case p.host("localhost"):
			next.ServeHTTP(w, r)
		case p.host("127.0.0.1"), p.host("[::1]"):
			http.Redirect(w, r, p.origin()+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		default:
			http.Error(w, "open "+p.origin(), http.StatusForbidden)
		}
	})
}

package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
)

// port is one of the two ports.
type port int

func (s spelling) parsePorts(desktopText, widgetText string) (desktop, widget port, err error) {
	if desktop, err = s.parsePort("port", desktopText, 8080); err != nil {
		return
	}
	if widget, err = s.parsePort("widget-port", widgetText, 8081); err != nil {
		return
	}
	if desktop == widget {
		err = fmt.Errorf("%s and %s are both %d: the desktop and the panel need two; try: %s",
			s.name("port"), s.name("widget-port"), desktop, s.try("port", "8090", "widget-port", "8091"))
	}
	return
}

func (s spelling) parsePort(setting, text string, fallback port) (port, error) {
	if text == "" {
		return fallback, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > 65535 {
		return 0, fmt.Errorf("%s is not a port (1 to 65535); try: %s", s.given(setting, text), s.try(setting, "8090"))
	}
	return port(number), nil
}

func (p port) origin() string {
	return "http://" + p.host("localhost")
}

// host returns the name with the port, as browsers write it.
func (p port) host(name string) string {
	if p == 80 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, p)
}

// listen opens the port to this machine only, on IPv4 and, if available, on IPv6.
func (p port) listen() ([]net.Listener, error) {
	ipv4, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", p))
	if err != nil {
		return nil, p.cannotListen(err)
	}
	ipv6, err := net.Listen("tcp6", fmt.Sprintf("[::1]:%d", p))
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
		return fmt.Errorf("port %d is taken", p)
	}
	return fmt.Errorf("cannot serve on port %d: %w", p, err)
}

// freePorts returns two ports to suggest. Both are free if it finds such a pair.
func freePorts() (desktop, widget port) {
	for desktop = 8090; desktop < 65535; desktop += 10 {
		if desktop.isFree() && (desktop + 1).isFree() {
			return desktop, desktop + 1
		}
	}
	return 8090, 8091
}

func (p port) isFree() bool {
	listeners, err := p.listen()
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

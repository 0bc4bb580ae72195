package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// byMakeRun returns the environment in which make run starts wwe desktop: names and values.
func byMakeRun(variables ...string) func(string) string {
	values := map[string]string{byMake: "1"}
	for i := 0; i < len(variables); i += 2 {
		values[variables[i]] = variables[i+1]
	}
	return func(name string) string { return values[name] }
}

func environment(port, widgetPort string) func(string) string {
	return byMakeRun("PORT", port, "WIDGET_PORT", widgetPort)
}

// desktopByMake runs wwe desktop as make run does, in a clone that is built.
func desktopByMake(ctx context.Context, t *testing.T, getenv func(string) string, out io.Writer, args ...string) error {
	t.Helper()
	s, err := desktopSettings(args, getenv)
	if err != nil {
		return err
	}
	return runDesktop(ctx, s, builtClone(t), out)
}

// builtClone returns a folder with the files that the desktop and the panel need.
func builtClone(t *testing.T) string {
	t.Helper()
	return aClone(t, map[string]string{
		"index.html": "panel", "web/desktop.html": "<head></head>desktop", "web/runtime.in.js": "before\n// wasm_exec.js\nafter\n",
		"web/desktop.wasm": "", "web/panel.wasm": "", "web/runtime.js": "",
	})
}

// aClone returns a folder with these files, of which the built ones are up to date.
func aClone(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := aFolder(t, files)
	// Sources that are written after the built files would make those stale.
	for _, name := range []string{"web/desktop.wasm", "web/panel.wasm", "web/runtime.js"} {
		_ = os.Chtimes(filepath.Join(folder, name), time.Time{}, time.Now().Add(time.Hour))
	}
	return folder
}

func TestPorts(t *testing.T) {
	for promise, c := range map[string]struct{ port, widgetPort, desktop, widget string }{
		"are 8080 and 8081":                     {"", "", "http://localhost:8080", "http://localhost:8081"},
		"can be chosen":                         {"1", "65535", "http://localhost:1", "http://localhost:65535"},
		"80 has the origin that browsers write": {"80", "", "http://localhost", "http://localhost:8081"},
	} {
		t.Run(promise, func(t *testing.T) {
			s, err := desktopSettings(nil, environment(c.port, c.widgetPort))
			require.NoError(t, err)
			assert.Equal(t, c.desktop, s.desktop.origin())
			assert.Equal(t, c.widget, s.widgetPort.origin())
		})
	}
}

func TestRefusedPorts(t *testing.T) {
	tests := []struct{ promise, port, widgetPort, message string }{
		{"a word", "http", "", `PORT="http" is not a port (1 to 65535); try: make run PORT=8090`},
		{"zero", "0", "", `PORT="0" is not a port (1 to 65535); try: make run PORT=8090`},
		{"negative", "", "-1", `WIDGET_PORT="-1" is not a port (1 to 65535); try: make run WIDGET_PORT=8090`},
		{"too large", "", "65536", `WIDGET_PORT="65536" is not a port (1 to 65535); try: make run WIDGET_PORT=8090`},
		{"beyond any integer", "99999999999999999999", "", `PORT="99999999999999999999" is not a port (1 to 65535); try: make run PORT=8090`},
		{"equal", "9000", "9000",
			"PORT and WIDGET_PORT are both 9000: the desktop and the panel need two; try: make run PORT=8090 WIDGET_PORT=8091"},
		{"equal to the other's default", "8081", "",
			"PORT and WIDGET_PORT are both 8081: the desktop and the panel need two; try: make run PORT=8090 WIDGET_PORT=8091"},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			assert.EqualError(t, desktopByMake(t.Context(), t, environment(test.port, test.widgetPort), io.Discard), test.message)
		})
	}
}

// listen takes any free port of that address and returns its number.
func listen(t *testing.T, address string) int {
	t.Helper()
	listener, err := net.Listen("tcp", address+":0")
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().(*net.TCPAddr).Port
}

// freePort returns a port that was free a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

func TestPagesThatMayFrameTheDesktop(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      nil,
		"  ":                    nil,
		"http://localhost:3000": {"http://localhost:3000"},
		" https://crm.example, http://localhost:3000 ": {"https://crm.example", "http://localhost:3000"},
		"http://[::1]:3000":                            {"http://[::1]:3000"},
	} {
		t.Run("are "+text, func(t *testing.T) {
			s, err := desktopSettings(nil, byMakeRun("FRAMES", text))
			require.NoError(t, err)
			assert.Equal(t, want, s.framedBy)
		})
	}
	for _, text := range []string{
		"*", "https://*.example", "localhost:3000", "http://localhost:3000/", "http://localhost:3000/crm", "ftp://a.example", "'self'", "https:",
		"http://", "http://a.example;script-src", "http://a b", "http://user@a.example", "http://a.example?x", "http://a.example#x",
		"http://localhost:3000;", "javascript:alert(1)", "null", "http://a.example http://",
	} {
		t.Run("are never "+text, func(t *testing.T) {
			_, err := desktopSettings(nil, byMakeRun("FRAMES", text))
			require.ErrorContains(t, err, "is not an origin such as http://localhost:3000; try: make run FRAMES=http://localhost:3000")
		})
	}
}

func TestTakenPort(t *testing.T) {
	t.Run("of the desktop", func(t *testing.T) {
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, desktopByMake(t.Context(), t, environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
	t.Run("of the panel", func(t *testing.T) {
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, desktopByMake(t.Context(), t, environment(freePort(t), strconv.Itoa(taken)), io.Discard))
	})
	t.Run("by IPv6 alone", func(t *testing.T) {
		taken := listen(t, "[::1]")
		suggestsFreePorts(t, taken, desktopByMake(t.Context(), t, environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
	t.Run("and the usual suggestion too", func(t *testing.T) {
		if listener, err := net.Listen("tcp", "127.0.0.1:8091"); err == nil { // else somebody else has taken it
			defer listener.Close()
		}
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, desktopByMake(t.Context(), t, environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
}

func TestTheCommandForATakenPortKeepsWhatWasAskedFor(t *testing.T) {
	taken, panel := listen(t, "127.0.0.1"), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(panel, "index.html"), nil, 0o644))
	err := desktopByMake(t.Context(), t, byMakeRun("PORT", strconv.Itoa(taken), "WIDGET_PORT", freePort(t), "PANEL", panel, "FRAMES", "http://a http://b"), io.Discard)
	assert.ErrorContains(t, err, " PANEL="+panel+" FRAMES='http://a http://b'")
}

// suggestsFreePorts checks that the error has a command that works.
func suggestsFreePorts(t *testing.T, taken int, err error) {
	t.Helper()
	require.ErrorContains(t, err, fmt.Sprintf("port %d is taken; try: make run PORT=", taken))
	command := regexp.MustCompile(`make run PORT=(\d+) WIDGET_PORT=(\d+)$`).FindStringSubmatch(err.Error())
	require.NotNil(t, command, err)
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt() // so that run ends as soon as it serves
	var out strings.Builder
	require.NoError(t, desktopByMake(ctx, t, environment(command[1], command[2]), &out))
	assert.Contains(t, out.String(), "Open http://localhost:"+command[1])
}

func TestServesUntilInterrupted(t *testing.T) {
	port, widgetPort := freePort(t), freePort(t)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	started, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- desktopByMake(ctx, t, environment(port, widgetPort), out)
		out.Close()
	}()

	line := make([]byte, 200)
	n, err := started.Read(line)
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprintf("Open http://localhost:%s (the panel inside comes from http://localhost:%s). Ctrl-C ends it.\n",
		port, widgetPort), string(line[:n]))
	assert.Equal(t, "<head></head>desktop", get(t, "http://localhost:"+port))
	assert.Equal(t, "panel", get(t, "http://localhost:"+widgetPort))

	interrupt()
	assert.NoError(t, <-ended)
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

func TestHost(t *testing.T) {
	tests := []struct {
		host     string
		status   int
		location string
	}{
		{"localhost:8080", http.StatusOK, ""},
		{"127.0.0.1:8080", http.StatusTemporaryRedirect, "http://localhost:8080/web/page.js?a=b"},
		{"[::1]:8080", http.StatusTemporaryRedirect, "http://localhost:8080/web/page.js?a=b"},
		{"localhost", http.StatusForbidden, ""},
		{"localhost:8081", http.StatusForbidden, ""},
		{"rebound.example:8080", http.StatusForbidden, ""},
		{"localhost.example:8080", http.StatusForbidden, ""},
		{"", http.StatusForbidden, ""},
	}
	handler := onlyLocalhost(port(8080), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "served")
	}))
	for _, test := range tests {
		t.Run("of "+test.host, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, "/web/page.js?a=b", nil)
			request.Host = test.host
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			assert.Equal(t, test.status, recorder.Code)
			assert.Equal(t, test.location, recorder.Header().Get("Location"))
		})
	}
}

func TestTheWidgetIsAFolderWithAPageOrAURL(t *testing.T) {
	withModule := aFolder(t, map[string]string{"go.mod": "module a", "web/index.html": ""})
	for promise, c := range map[string]struct {
		getenv func(string) string
		args   []string
		want   string
	}{
		"not an empty folder":             {byMakeRun("PANEL", t.TempDir()), nil, "is not a folder with a panel"},
		"not a folder that wwe dev knows": {byMakeRun(), []string{"-widget", withModule}, "try: wwe dev " + withModule},
		"not a file":                      {byMakeRun(), []string{"-widget", "file:///etc"}, "neither a URL such as"},
		"not a URL without a host":        {byMakeRun(), []string{"-widget", "http://"}, "neither a URL such as"},
	} {
		t.Run(promise, func(t *testing.T) {
			assert.ErrorContains(t, desktopByMake(t.Context(), t, c.getenv, io.Discard, c.args...), c.want)
		})
	}
}

func TestTheWidgetOfAnotherServer(t *testing.T) {
	const address = "http://localhost:5173/a?b=c&d"
	port := freePort(t)
	out := served(t, func(ctx context.Context, out io.Writer) error {
		return desktopByMake(ctx, t, byMakeRun(), out, "-port", port, "-widget", address)
	})
	assert.Contains(t, out, "the panel inside comes from "+address)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, want := range map[string]string{
		"/":                       "/?widget=http%3A%2F%2Flocalhost%3A5173%2Fa%3Fb%3Dc%26d",
		"/?mode=interaction":      "/?mode=interaction&widget=http%3A%2F%2Flocalhost%3A5173%2Fa%3Fb%3Dc%26d",
		"/?widget=http://other/":  "",
		"/web/desktop.wasm?fresh": "",
	} {
		response, err := client.Get("http://localhost:" + port + path)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, want, response.Header.Get("Location"), path)
	}
}

// served runs a command until the test ends, and returns its output up to the address to open.
func served(t *testing.T, command func(ctx context.Context, out io.Writer) error) string {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	reader, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := command(ctx, out)
		out.CloseWithError(cmp.Or(err, io.EOF))
		ended <- err
	}()
	t.Cleanup(func() {
		interrupt()
		assert.NoError(t, <-ended)
	})
	var text strings.Builder
	lines := bufio.NewReader(reader)
	for !strings.Contains(text.String(), "Ctrl-C ends it.") {
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		text.WriteString(line)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return text.String()
}

func TestFlagsReplaceTheEnvironment(t *testing.T) {
	s, err := desktopSettings([]string{"-port", "9000", "--widget=dist", "-frames", "http://localhost:3000", "-open"}, environment("1", "2"))
	require.NoError(t, err)
	assert.Equal(t, port(9000), s.desktop)
	assert.Equal(t, port(2), s.widgetPort)
	assert.Equal(t, "dist", s.widget)
	assert.Equal(t, []string{"http://localhost:3000"}, s.framedBy)
	assert.True(t, s.open)
}

// PORT is the variable of many programs.
func TestOnlyMakeRunSetsPortsByTheEnvironment(t *testing.T) {
	s, err := desktopSettings(nil, func(name string) string { return map[string]string{"PORT": "3000"}[name] })
	require.NoError(t, err)
	assert.Equal(t, port(8080), s.desktop)
}

func TestMessagesNameWhatThePersonTyped(t *testing.T) {
	for want, args := range map[string][]string{
		`-port "http" is not a port (1 to 65535); try: wwe desktop -port 8090`: {"-port", "http"},
		"try: wwe desktop -port 8090 -widget-port 8091":                        {"-port", "9000", "-widget-port", "9000"},
		"try: wwe desktop -frames http://localhost:3000":                       {"-frames", "*"},
		"needs an argument: -port":                                             {"-port"},
		"the value is missing":                                                 {"-port="},
		`unexpected argument "folder"`:                                         {"-widget", "dist", "folder"},
	} {
		_, err := desktopSettings(args, func(string) string { return "" })
		require.ErrorContains(t, err, want)
		assert.ErrorAs(t, err, new(usageError))
	}
}

func TestTheBrowserOpens(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the program that opens it has another name")
	}
	folder := t.TempDir()
	opened := filepath.Join(folder, "opened")
	require.NoError(t, os.WriteFile(filepath.Join(folder, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >'"+opened+"~' && mv '"+opened+"~' '"+opened+"'\n"), 0o755))
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	port := freePort(t)
	served(t, func(ctx context.Context, out io.Writer) error {
		return desktopByMake(ctx, t, byMakeRun(), out, "-port", port, "-widget-port", freePort(t), "-open")
	})
	assert.Eventually(t, func() bool {
		text, _ := os.ReadFile(opened)
		return string(text) == "http://localhost:"+port+"\n"
	}, time.Minute, 10*time.Millisecond)
}

func TestForeignPagesGetNothingOfAPanelUnderDevelopment(t *testing.T) {
	const own, desktop = "http://localhost:8081", "http://localhost:8080"
	handler := noForeignPages(own, desktop, http.NotFoundHandler())
	for promise, c := range map[string]struct {
		origin, site, mode string
		want               int
	}{
		"a person's visit":               {"", "none", "navigate", http.StatusNotFound},
		"the desktop's iframe":           {"", "same-site", "navigate", http.StatusNotFound},
		"the iframe in a framed desktop": {"", "cross-site", "navigate", http.StatusNotFound},
		"the panel's own script":         {"", "same-origin", "cors", http.StatusNotFound},
		"the panel's own fetch":          {own, "same-origin", "cors", http.StatusNotFound},
		"a program":                      {"", "", "", http.StatusNotFound},
		"a foreign page's script":        {"", "cross-site", "no-cors", http.StatusForbidden},
		"a foreign page's fetch":         {"https://evil.example", "cross-site", "cors", http.StatusForbidden},
		"an old browser's foreign fetch": {"https://evil.example", "", "", http.StatusForbidden},
		"an opaque origin":               {"null", "", "", http.StatusForbidden},
		"another port of this machine":   {"http://localhost:3000", "same-site", "cors", http.StatusForbidden},
	} {
		t.Run(promise, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, "/panel.wasm", nil)
			for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode} {
				if value != "" {
					request.Header.Set(name, value)
				}
			}
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			assert.Equal(t, c.want, recorder.Code)
		})
	}
}

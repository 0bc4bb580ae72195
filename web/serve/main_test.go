package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func environment(port, widgetPort string) func(string) string {
	variables := map[string]string{"PORT": port, "WIDGET_PORT": widgetPort}
	return func(name string) string { return variables[name] }
}

func TestPorts(t *testing.T) {
	t.Run("are 8080 and 8081", func(t *testing.T) {
		desktop, widget, err := ports(environment("", ""))
		require.NoError(t, err)
		assert.Equal(t, "http://localhost:8080", desktop.origin())
		assert.Equal(t, "http://localhost:8081", widget.origin())
	})
	t.Run("can be chosen", func(t *testing.T) {
		desktop, widget, err := ports(environment("1", "65535"))
		require.NoError(t, err)
		assert.Equal(t, "http://localhost:1", desktop.origin())
		assert.Equal(t, "http://localhost:65535", widget.origin())
	})
	t.Run("80 has the origin that browsers write", func(t *testing.T) {
		desktop, _, err := ports(environment("80", ""))
		require.NoError(t, err)
		assert.Equal(t, "http://localhost", desktop.origin())
	})
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
			assert.EqualError(t, run(t.Context(), environment(test.port, test.widgetPort), io.Discard), test.message)
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
			got, err := frames(text)
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
	for _, text := range []string{
		"*", "https://*.example", "localhost:3000", "http://localhost:3000/", "http://localhost:3000/crm", "ftp://a.example", "'self'", "https:",
		"http://", "http://a.example;script-src", "http://a b", "http://user@a.example", "http://a.example?x", "http://a.example#x",
		"http://localhost:3000;", "javascript:alert(1)", "null", "http://a.example http://",
	} {
		t.Run("are never "+text, func(t *testing.T) {
			variables := map[string]string{"FRAMES": text}
			err := run(t.Context(), func(name string) string { return variables[name] }, io.Discard)
			require.ErrorContains(t, err, "is not an origin such as http://localhost:3000; try: make run FRAMES=http://localhost:3000")
		})
	}
}

func TestTakenPort(t *testing.T) {
	t.Run("of the desktop", func(t *testing.T) {
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, run(t.Context(), environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
	t.Run("of the panel", func(t *testing.T) {
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, run(t.Context(), environment(freePort(t), strconv.Itoa(taken)), io.Discard))
	})
	t.Run("by IPv6 alone", func(t *testing.T) {
		taken := listen(t, "[::1]")
		suggestsFreePorts(t, taken, run(t.Context(), environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
	t.Run("and the usual suggestion too", func(t *testing.T) {
		if listener, err := net.Listen("tcp", "127.0.0.1:8091"); err == nil { // else somebody else has taken it
			defer listener.Close()
		}
		taken := listen(t, "127.0.0.1")
		suggestsFreePorts(t, taken, run(t.Context(), environment(strconv.Itoa(taken), freePort(t)), io.Discard))
	})
}

func TestTheCommandForATakenPortKeepsWhatWasAskedFor(t *testing.T) {
	taken, panel := listen(t, "127.0.0.1"), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(panel, "index.html"), nil, 0o644))
	env := environment(strconv.Itoa(taken), freePort(t))
	err := run(t.Context(), func(name string) string {
		switch name {
		case "PANEL":
			return panel
		case "FRAMES":
			return "http://localhost:3000"
		}
		return env(name)
	}, io.Discard)
	assert.ErrorContains(t, err, " PANEL='"+panel+"' FRAMES='http://localhost:3000'")
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
	require.NoError(t, run(ctx, environment(command[1], command[2]), &out))
	assert.Contains(t, out.String(), "Open http://localhost:"+command[1])
}

func TestServesUntilInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("index.html", []byte("panel"), 0o600))
	require.NoError(t, os.Mkdir("web", 0o700))
	require.NoError(t, os.WriteFile("web/desktop.html", []byte("desktop"), 0o600))

	port, widgetPort := freePort(t), freePort(t)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	started, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, environment(port, widgetPort), out)
		out.Close()
	}()

	line := make([]byte, 200)
	n, err := started.Read(line)
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprintf("Open http://localhost:%s (the panel inside comes from http://localhost:%s). Ctrl-C ends it.\n",
		port, widgetPort), string(line[:n]))
	assert.Equal(t, "desktop", get(t, "http://localhost:"+port))
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
	handler := onlyLocalhost(port{"PORT", 8080}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
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

func TestPanelMustBeAFolderWithAPage(t *testing.T) {
	variables := map[string]string{"PANEL": t.TempDir()}
	err := run(t.Context(), func(name string) string { return variables[name] }, io.Discard)
	require.ErrorContains(t, err, "is not a folder with a panel")
}

func TestHelp(t *testing.T) {
	for _, name := range []string{"-h", "-help", "--help"} {
		var out strings.Builder
		_, err := arguments([]string{name}, environment("", ""), &out)
		require.ErrorIs(t, err, flag.ErrHelp)
		for _, word := range []string{"Usage:", "-port", "-widget-port", "-panel", "-frames", "PORT", "make run PORT=9000", "FRAMES", "make run FRAMES=http://localhost:3000"} {
			assert.Contains(t, out.String(), word)
		}
	}
}

func TestFlagsReplaceTheEnvironment(t *testing.T) {
	getenv, err := arguments([]string{"-port", "9000", "--panel=dist", "-frames", "http://localhost:3000"}, environment("1", "2"), io.Discard)
	require.NoError(t, err)
	assert.Equal(t, "9000", getenv("PORT"))
	assert.Equal(t, "2", getenv("WIDGET_PORT"))
	assert.Equal(t, "dist", getenv("PANEL"))
	assert.Equal(t, "http://localhost:3000", getenv("FRAMES"))
}

func TestWrongArgumentsAreNamed(t *testing.T) {
	for want, args := range map[string][]string{
		"-prt":                         {"-prt", "9000"},
		"needs an argument: -port":     {"-port"},
		"the value is missing":         {"-port="},
		`unexpected argument "9000"`:   {"9000"},
		`unexpected argument "folder"`: {"-panel", "dist", "folder"},
	} {
		_, err := arguments(args, environment("", ""), io.Discard)
		require.ErrorContains(t, err, want)
		assert.Contains(t, err.Error(), "serve -h")
	}
	getenv, err := arguments([]string{"-port", "http"}, environment("", ""), io.Discard)
	require.NoError(t, err)
	assert.ErrorContains(t, run(t.Context(), getenv, io.Discard), `PORT="http" is not a port (1 to 65535)`)
}

package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runningDev runs wwe dev with a panel in JavaScript until the test ends, and returns its origins.
func runningDev(t *testing.T, dir string) (desktop, widget string) {
	t.Helper()
	desktop, widget = freePort(t), freePort(t)
	served(t, func(ctx context.Context, out io.Writer) error {
		s, dir, err := devSettings([]string{dir, "-port", desktop, "-widget-port", widget})
		if err != nil {
			return err
		}
		return runDev(ctx, s, dir, builtClone(t), out)
	})
	return "http://localhost:" + desktop, "http://localhost:" + widget
}

func TestDevServesThePanelAndTheDesktopThatReloadsIt(t *testing.T) {
	dir := aFolder(t, map[string]string{"index.html": `<meta name="wwe-origin" content="">page`, "a.js": "script", ".env": "secret", "secret.go": "secret"})
	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(dir, "b.js")))
	desktop, widget := runningDev(t, dir)
	assert.Contains(t, get(t, desktop), `src="/web/live.js" data-version="`)
	assert.Equal(t, `<meta name="wwe-origin" content="`+desktop+`">page`, get(t, widget))
	assert.Equal(t, "script", get(t, widget+"/a.js"))
	for _, file := range []string{"/b.js", "/.env", "/secret.go", "/..%2fgo.mod", "/live"} {
		response, err := http.Get(widget + file)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusNotFound, response.StatusCode, file)
	}
}

// A foreign name may resolve to this machine.
func TestDevAnswersToNoForeignNameOrOrigin(t *testing.T) {
	desktop, widget := runningDev(t, aFolder(t, map[string]string{"index.html": "page"}))
	for _, c := range []struct{ url, host, origin string }{
		{desktop + "/live", "evil.example", ""}, {desktop, "evil.example", ""}, {widget, "evil.example", ""},
		{desktop + "/live", "", "https://evil.example"}, {desktop + "/live", "", widget}, {widget, "", "https://evil.example"},
	} {
		request, err := http.NewRequest(http.MethodGet, c.url, nil)
		require.NoError(t, err)
		request.Host = c.host
		if c.origin != "" {
			request.Header.Set("Origin", c.origin)
		}
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusForbidden, response.StatusCode, "%+v", c)
	}
}

func TestDevSuggestsFreePorts(t *testing.T) {
	dir := aFolder(t, map[string]string{"index.html": "page"})
	taken := listen(t, "127.0.0.1")
	s, dir, err := devSettings([]string{dir, "-port", strconv.Itoa(taken)})
	require.NoError(t, err)
	err = runDev(t.Context(), s, dir, builtClone(t), io.Discard)
	assert.Regexp(t, `^port \d+ is taken; try: wwe dev `+dir+` -port \d+ -widget-port \d+$`, err)
}

func TestDevNamesWrongArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"wwe dev shows one panel":          {"a", "b"},
		"try: wwe dev dist":                {"-widget", "dist"},
		"exclude each other":               {"a", "-widget", "http://localhost:5173/"},
		"neither a URL such as":            {"-widget", "ftp://localhost/"},
		"try: wwe dev 'my dir' -port 8090": {"my dir", "-port", "x"},
	} {
		_, _, err := devSettings(args)
		require.ErrorContains(t, err, want)
		assert.ErrorAs(t, err, new(usageError))
	}
	_, dir, err := devSettings(nil)
	require.NoError(t, err)
	here, err := os.Getwd()
	require.NoError(t, err)
	assert.Equal(t, here, dir)
}

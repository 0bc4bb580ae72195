package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/cmd/wwe/internal/check"
)

func TestCheckExitsWithCode1IfThereIsSomethingToChange(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self' 'wasm-unsafe-eval'; frame-ancestors "+r.URL.Query().Get("allow"))
		w.Header().Set("Cache-Control", "no-cache")
		if r.URL.Path == "/" {
			_, _ = w.Write([]byte(`<!doctype html><meta name="wwe-origin" content="https://wwe.example.com">`))
		}
	}))
	defer server.Close()
	out, errs, code := run(t, "check", "-wwe", origins, server.URL+"/?allow="+origins)
	assert.Zero(t, code)
	assert.Empty(t, errs)
	assert.Contains(t, out, "– http: allowed for this machine only; agents need https\n✓ page: ")
	assert.NotContains(t, out, "✗")
	assert.NotContains(t, out, "\x1b", "colours are for terminals")

	out, errs, code = run(t, "check", server.URL+"/?allow=https://other.example", "-wwe", origins)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "✗ framing: ")
	assert.Equal(t, "wwe: the panel at "+server.URL+"/?allow=https://other.example has one thing to change\n", errs)
}

func TestCheckNeedsAURLAndAnOrigin(t *testing.T) {
	for want, args := range map[string][]string{
		"wwe check needs one URL, not 0":      {"check", "-wwe", origins},
		"wwe check needs one URL, not 2":      {"check", "https://a.example", "https://b.example", "-wwe", origins},
		"-wwe is missing":                     {"check", "https://panel.example.com/"},
		"is not the URL of a panel; write it": {"check", "panel.example.com", "-wwe", origins},
		"write https://wwe.example.com":       {"check", "https://panel.example.com/", "-wwe", origins + "/"},
	} {
		out, errs, code := run(t, args...)
		assert.Equal(t, 2, code, want)
		assert.Contains(t, errs, want)
		assert.Empty(t, out)
	}
}

func TestColoursAreForTerminals(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/out")
	require.NoError(t, err)
	defer file.Close()
	assert.Equal(t, "✗", marksFor(file)[check.Bad])
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a device, as terminals are
	require.NoError(t, err)
	defer device.Close()
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	assert.Equal(t, "\x1b[31m✗\x1b[0m", marksFor(device)[check.Bad])
	for name, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			assert.Equal(t, "✗", marksFor(device)[check.Bad])
		})
	}
}

package e2e

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// dist is what make dist has built.
const dist = project + "/dist"

// aPanelFrom opens the desktop with the panel of a folder in it, and works with
// a call there as a person would, under the policy.
func aPanelFrom(t *testing.T, folder string) (desktop, panel frame) {
	t.Helper()
	desktop, panel = inDesktop(t, "", func(p *web.Pages) { p.Panel = os.DirFS(folder) })
	desktop.press("Ring a call")
	panel.see("Ringing")
	panel.press("Accept")
	desktop.see("TALKING")
	panel.see("Talking")
	noComplaints(t, desktop.tab)
	return desktop, panel
}

func TestDistAsAPersonHostsIt(t *testing.T) {
	desktop, panel := aPanelFrom(t, dist)
	panel.screenshot("dist")
	var sizes struct{ Encoded, Decoded float64 }
	panel.eval(`(({encodedBodySize, decodedBodySize}) => ({encoded: encodedBodySize, decoded: decodedBodySize}))(
		performance.getEntriesByType("resource").find(e => e.name.endsWith(".wasm")))`, &sizes)
	if engine == "webkit" { // which takes brotli over https alone
		assert.Less(t, sizes.Encoded, sizes.Decoded/3, "the browser gets it by gzip")
	} else {
		assert.Less(t, sizes.Encoded, sizes.Decoded/4, "the browser gets it by brotli")
	}

	t.Run("in the language and theme of the URL, at any path of it", func(t *testing.T) {
		panel := panel.in(t)
		panel.eval(`void (location.search = "?lang=de&theme=dark")`, nil)
		panel.until(`getComputedStyle(document.querySelector(".wwe-panel")).colorScheme === "dark" && document.querySelector(".wwe-panel").lang === "de"`)
		panel.see("Im Gespräch")
	})
	noComplaints(t, desktop.tab)
}

func TestEachFileOfDist(t *testing.T) {
	entries, err := os.ReadDir(dist)
	require.NoError(t, err, "make dist")
	servers, err := os.ReadDir(dist + "/server")
	require.NoError(t, err)
	assert.NotEmpty(t, servers)
	_, widget := start(t, func(p *web.Pages) { p.Panel = os.DirFS(dist) })
	read := func(name string) []byte {
		t.Helper()
		content, err := os.ReadFile(dist + "/" + name)
		require.NoError(t, err)
		return content
	}
	var sums strings.Builder
	types := map[string]string{".wasm": "application/wasm", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}
	for _, entry := range entries {
		name := entry.Name()
		if name == "SHA256SUMS" {
			continue
		}
		if name == "server" {
			for _, server := range servers {
				name := "server/" + server.Name()
				fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(read(name)), name)
			}
			continue
		}
		content := read(name)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), name)
		extension := filepath.Ext(name)
		if extension == ".br" || extension == ".gz" {
			assert.FileExists(t, dist+"/"+strings.TrimSuffix(name, extension))
			continue
		}
		if stem := strings.TrimSuffix(name, extension); strings.Contains(stem, "-") {
			assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256(content))[:16], stem[strings.LastIndex(stem, "-")+1:], name)
		}
		if types[extension] == "" {
			continue // index.html, whose origin is filled in, and panel.d.ts, which no browser loads
		}
		for coding, decode := range map[string]func(io.Reader) (io.Reader, error){
			"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
			"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		} {
			header, body := fetch(t, widget+"/"+name, coding)
			assert.Equal(t, coding, header.Get("Content-Encoding"), name)
			assert.Equal(t, types[extension], header.Get("Content-Type"), name)
			assert.Equal(t, strings.Contains(name, "-"), strings.Contains(header.Get("Cache-Control"), "immutable"), name)
			decoder, err := decode(bytes.NewReader(body))
			require.NoError(t, err, name)
			decoded, err := io.ReadAll(decoder)
			require.NoError(t, err, name)
			assert.True(t, bytes.Equal(content, decoded), name)
		}
	}
	assert.Equal(t, sums.String(), string(read("SHA256SUMS")))
	header, _ := fetch(t, widget+"/", "br")
	assert.Equal(t, "no-cache", header.Get("Cache-Control"))
}

func fetch(t *testing.T, url, coding string) (http.Header, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	request.Header.Set("Accept-Encoding", coding)
	response, err := http.DefaultTransport.RoundTrip(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.Header, body
}

package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

func dist() http.Handler {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	pages := testPages()
	pages.Panel = fstest.MapFS{
		"index.html":                     file(`<meta name="wwe-origin" content="">page`),
		"index.html.br":                  file("page before"),
		"panel-0123456789abcdef.wasm":    file("wasm"),
		"panel-0123456789abcdef.wasm.br": file("wasm by brotli"),
		"panel-0123456789abcdef.wasm.gz": file("wasm by gzip"),
		"panel-0123456789abcdef.css":     file("css"),
		"panel-0123456789abcdef.css.gz":  file("css by gzip"),
		"panel.js":                       file("js"),
		"panel-fr-0123456789abcdef.txt":  file("french"),
		"secret.go":                      file("secret"),
		"secret.go.br":                   file("secret"),
	}
	return pages.Widget()
}

func accepting(encodings, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encodings)
	dist().ServeHTTP(recorder, r)
	return recorder
}

func TestServesWhatIsCompressedBesideTheFile(t *testing.T) {
	const wasm, css = "/panel-0123456789abcdef.wasm", "/panel-0123456789abcdef.css"
	tests := []struct{ promise, accepted, path, coding, body string }{
		{"by brotli where both are accepted", "gzip, deflate, br, zstd", wasm, "br", "wasm by brotli"},
		{"by gzip where brotli is not accepted", "gzip, deflate", wasm, "gzip", "wasm by gzip"},
		{"by gzip where brotli is not there", "gzip, br", css, "gzip", "css by gzip"},
		{"not where neither is accepted", "", wasm, "", "wasm"},
		{"not by what is refused", "br;q=0, gzip; q=0.0", wasm, "", "wasm"},
		{"by what has a weight", "BR;q=0.5", wasm, "br", "wasm by brotli"},
		{"not where nothing is beside the file", "br, gzip", "/panel.js", "", "js"},
		{"not the page, whose origin is filled in", "br", "/", "", `<meta name="wwe-origin" content="http://localhost:8080">page`},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			got := accepting(test.accepted, test.path)
			assert.Equal(t, http.StatusOK, got.Code)
			assert.Equal(t, test.coding, got.Header().Get("Content-Encoding"))
			assert.Equal(t, test.body, got.Body.String())
		})
	}
	t.Run("with the type of the file itself, and for caches the reason", func(t *testing.T) {
		got := accepting("br", wasm)
		assert.Equal(t, "application/wasm", got.Header().Get("Content-Type"))
		assert.Equal(t, "Accept-Encoding", got.Header().Get("Vary"))
	})
	for _, path := range []string{"/secret.go", "/secret.go.br", wasm + ".br"} {
		t.Run("and not "+path, func(t *testing.T) {
			assert.Equal(t, http.StatusNotFound, accepting("br", path).Code)
		})
	}
}

func TestBrowsersKeepForGoodWhatCannotChange(t *testing.T) {
	for path, caching := range map[string]string{
		"/panel-0123456789abcdef.wasm":   "public, max-age=31536000, immutable",
		"/panel-0123456789abcdef.css":    "public, max-age=31536000, immutable",
		"/panel-fr-0123456789abcdef.txt": "public, max-age=31536000, immutable",
		"/":                              "no-cache",
		"/index.html":                    "no-cache",
		"/panel.js":                      "no-cache",
	} {
		assert.Equal(t, caching, accepting("", path).Header().Get("Cache-Control"), path)
	}
	absent := accepting("", "/panel-ffffffffffffffff.wasm")
	assert.Equal(t, http.StatusNotFound, absent.Code)
	assert.NotContains(t, absent.Header().Get("Cache-Control"), "immutable", "which may be there after the next deployment")
}

package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	desktopOrigin = "http://localhost:8080"
	widgetOrigin  = "http://localhost:8081"
)

func testPages() Pages {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return Pages{
		Root: fstest.MapFS{
			"index.html":                file(`<meta name="viewport" content="w"><meta name="wwe-origin" content="https://wwe.example">panel`),
			"wasm_exec.js":              file("exec"),
			"wwe-service-client-api.js": file("client"),
			"go.mod":                    file("module secret"),
			".git/config":               file("secret"),
			"web/desktop.html":          file(`<meta name="widget-origin" content=""><meta name="wwe-origin" content="kept">desktop`),
			"web/forger.html":           file("forger"),
			"web/page.css":              file("css"),
			"web/page.js":               file("js"),
			"web/panel.wasm":            file("wasm"),
			"web/logo.svg":              file("svg"),
			"web/logo.png":              file("png"),
			"web/lang/fr.json":          file("french"),
			"web/lang/fr.js":            file("secret"),
			"web/package.json":          file("secret"),
			"web/pages.go":              file("secret"),
			"web/.hidden":               file("secret"),
			"web/deep/deep.js":          file("secret"),
			"wasm/panel/other.js":       file("secret"),
		},
		DesktopOrigin: desktopOrigin,
		WidgetOrigin:  widgetOrigin,
	}
}

func request(handler http.Handler, method, target string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
	return recorder
}

func TestServes(t *testing.T) {
	const widgetPage = `<meta name="viewport" content="w"><meta name="wwe-origin" content="http://localhost:8080">panel`
	const desktopPage = `<meta name="widget-origin" content="http://localhost:8081"><meta name="wwe-origin" content="kept">desktop`
	widget, desktop := testPages().Widget(), testPages().Desktop()
	tests := []struct {
		promise     string
		handler     http.Handler
		path        string
		contentType string
		body        string
	}{
		{"the widget's page at its root", widget, "/", "text/html; charset=utf-8", widgetPage},
		{"the widget's page by name", widget, "/index.html", "text/html; charset=utf-8", widgetPage},
		{"the widget's page with a query", widget, "/?client=object", "text/html; charset=utf-8", widgetPage},
		{"the desktop's page at its root", desktop, "/", "text/html; charset=utf-8", desktopPage},
		{"Go's loader", widget, "/wasm_exec.js", "text/javascript; charset=utf-8", "exec"},
		{"Go's loader to the desktop", desktop, "/wasm_exec.js", "text/javascript; charset=utf-8", "exec"},
		{"the client object put beside the page", widget, "/wwe-service-client-api.js", "text/javascript; charset=utf-8", "client"},
		{"style", widget, "/web/page.css", "text/css; charset=utf-8", "css"},
		{"script", desktop, "/web/page.js", "text/javascript; charset=utf-8", "js"},
		{"WebAssembly, as streaming needs it", widget, "/web/panel.wasm", "application/wasm", "wasm"},
		{"WebAssembly to the desktop", desktop, "/web/panel.wasm", "application/wasm", "wasm"},
		{"a language", widget, "/web/lang/fr.json", "application/json", "french"},
		{"a drawing", widget, "/web/logo.svg", "image/svg+xml", "svg"},
		{"a picture", widget, "/web/logo.png", "image/png", "png"},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			got := request(test.handler, http.MethodGet, test.path)
			assert.Equal(t, http.StatusOK, got.Code)
			assert.Equal(t, test.contentType, got.Header().Get("Content-Type"))
			assert.Equal(t, test.body, got.Body.String())
		})
	}
}

func TestServesNothingElse(t *testing.T) {
	paths := []string{
		"/go.mod", "/.git/config", "/web", "/web/", "/web/pages.go", "/web/desktop.html", "/web/.hidden", "/web/lang/", "/web/lang/fr.js", "/web/package.json", "/web/deep/deep.js",
		"/web/../go.mod", "/web/..%2fgo.mod", "/web/../wasm_exec.js", "//web/page.js", "/web//page.js", "/web/absent.js",
		"/wasm/panel/other.js", "/favicon.ico", "/wasm_exec.js/",
	}
	handlers := map[string]http.Handler{"widget": testPages().Widget(), "desktop": testPages().Desktop()}
	for name, handler := range handlers {
		for _, target := range paths {
			t.Run(name+" "+target, func(t *testing.T) {
				got := request(handler, http.MethodGet, "http://localhost"+target)
				assert.Equal(t, http.StatusNotFound, got.Code)
				assert.NotContains(t, got.Body.String(), "secret")
			})
		}
	}
	t.Run("desktop /index.html", func(t *testing.T) {
		assert.Equal(t, http.StatusNotFound, request(handlers["desktop"], http.MethodGet, "/index.html").Code)
	})
}

func TestMissingFile(t *testing.T) {
	tests := []struct{ promise, path, text string }{
		{"WebAssembly: says how to build it", "/web/panel.wasm", "web/panel.wasm is not built yet: run `make run` or `make build`\n"},
		{"Go's loader: says how to build it", "/wasm_exec.js", "wasm_exec.js is not built yet: run `make run` or `make build`\n"},
		{"Go's loader as a module: says how to build it", "/web/runtime.js", "web/runtime.js is not built yet: run `make run` or `make build`\n"},
		{"client object: names it", "/wwe-service-client-api.js", "wwe-service-client-api.js not found\n"},
	}
	pages := Pages{Root: fstest.MapFS{}}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			got := request(pages.Widget(), http.MethodGet, test.path)
			assert.Equal(t, http.StatusNotFound, got.Code)
			assert.Equal(t, test.text, got.Body.String())
		})
	}
}

func TestMethods(t *testing.T) {
	t.Run("HEAD answers without a body", func(t *testing.T) {
		got := request(testPages().Widget(), http.MethodHead, "/")
		assert.Equal(t, http.StatusOK, got.Code)
		assert.Empty(t, got.Body.String())
		assert.NotEmpty(t, got.Header().Get("Content-Length"))
	})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		t.Run(method+" is refused", func(t *testing.T) {
			got := request(testPages().Desktop(), method, "/")
			assert.Equal(t, http.StatusMethodNotAllowed, got.Code)
			assert.Equal(t, "GET, HEAD", got.Header().Get("Allow"))
		})
	}
}

func TestHeaders(t *testing.T) {
	const both = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	tests := []struct {
		promise string
		handler http.Handler
		policy  string
	}{
		{"only the desktop may frame the widget", testPages().Widget(), both + "frame-ancestors http://localhost:8080"},
		{"the desktop frames any widget, sees whether its server answers, and nobody frames it", testPages().Desktop(), strings.Replace(both, "connect-src 'self'", "connect-src 'self' http: https:", 1) + "frame-src http: https:; frame-ancestors 'none'"},
	}
	for _, test := range tests {
		for _, path := range []string{"/", "/web/page.js", "/absent"} {
			t.Run(test.promise+", at "+path, func(t *testing.T) {
				header := request(test.handler, http.MethodGet, path).Header()
				assert.Equal(t, test.policy, header.Get("Content-Security-Policy"))
				assert.Equal(t, "nosniff", header.Get("X-Content-Type-Options"))
				assert.Equal(t, "no-store", header.Get("Cache-Control"))
			})
		}
	}
}

// A page that has WWE in its iframe has all that is in there too.
func TestPagesThatMayFrameTheDesktop(t *testing.T) {
	pages := testPages()
	pages.FramedBy = []string{"https://crm.example", "http://localhost:3000"}
	for promise, c := range map[string]struct {
		handler http.Handler
		path    string
		want    string
	}{
		"frame the desktop":   {pages.Desktop(), "/", "frame-ancestors https://crm.example http://localhost:3000"},
		"frame its scripts":   {pages.Desktop(), "/web/page.js", "frame-ancestors https://crm.example http://localhost:3000"},
		"frame its forger":    {pages.Desktop(), "/web/forger.html", "frame-ancestors 'self' https://crm.example http://localhost:3000"},
		"frame the widget":    {pages.Widget(), "/", "frame-ancestors http://localhost:8080 https://crm.example http://localhost:3000"},
		"frame nothing else":  {testPages().Desktop(), "/", "frame-ancestors 'none'"},
		"and nothing in it":   {testPages().Widget(), "/", "frame-ancestors http://localhost:8080"},
		"and not its forgers": {testPages().Desktop(), "/web/forger.html", "frame-ancestors 'self'"},
	} {
		t.Run(promise, func(t *testing.T) {
			header := request(c.handler, http.MethodGet, c.path).Header()
			policy := header.Get("Content-Security-Policy")
			assert.True(t, strings.HasSuffix(policy, "; "+c.want), policy)
			assert.Empty(t, header.Get("X-Frame-Options"), "it would overrule the policy")
		})
	}
}

func TestOnlyTheDesktopFramesTheForger(t *testing.T) {
	got := request(testPages().Desktop(), http.MethodGet, "/web/forger.html")
	assert.Equal(t, http.StatusOK, got.Code)
	assert.Equal(t, "forger", got.Body.String())
	assert.Contains(t, got.Header().Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'")
	assert.Contains(t, got.Header().Get("Content-Security-Policy"), "; frame-ancestors 'self'")
	assert.Contains(t, got.Header().Get("Content-Security-Policy"), "script-src 'self' http://localhost:8080 ", "for the one of an opaque origin")
	assert.Equal(t, http.StatusNotFound, request(testPages().Widget(), http.MethodGet, "/web/forger.html").Code)
}

func TestOriginIsEscaped(t *testing.T) {
	pages := testPages()
	pages.DesktopOrigin = `"><script>$1`
	assert.Contains(t, request(pages.Widget(), http.MethodGet, "/").Body.String(), `content="&#34;&gt;&lt;script&gt;$1">panel`)
}

// The real pages must keep the elements that the handlers fill in.
func TestProjectPagesNameTheServedOrigins(t *testing.T) {
	pages := Pages{Root: os.DirFS(".."), DesktopOrigin: desktopOrigin, WidgetOrigin: widgetOrigin}
	tests := []struct {
		page    string
		handler http.Handler
		element string
	}{
		{"index.html", pages.Widget(), `<meta name="wwe-origin" content="http://localhost:8080"`},
		{"desktop.html", pages.Desktop(), `<meta name="widget-origin" content="http://localhost:8081"`},
	}
	for _, test := range tests {
		t.Run(test.page, func(t *testing.T) {
			got := request(test.handler, http.MethodGet, "/")
			require.Equal(t, http.StatusOK, got.Code)
			assert.Contains(t, got.Body.String(), test.element)
		})
	}
}

func TestServesAnotherPanel(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	pages := testPages()
	pages.Panel = fstest.MapFS{
		"index.html":      file(`<meta name="wwe-origin" content="">theirs`),
		"panel.wasm":      file("their wasm"),
		"js/start.js":     file("their js"),
		"main.go":         file("secret"),
		".git/hooks/a.js": file("secret"),
	}
	for path, want := range map[string]string{
		"/":                 `<meta name="wwe-origin" content="http://localhost:8080">theirs`,
		"/panel.wasm":       "their wasm",
		"/js/start.js":      "their js",
		"/wasm_exec.js":     "exec",
		"/main.go":          "",
		"/.git/hooks/a.js":  "",
		"/web/panel.wasm":   "",
		"/../web/panel.css": "",
	} {
		t.Run(path, func(t *testing.T) {
			response := request(pages.Widget(), http.MethodGet, path)
			if want == "" {
				assert.Equal(t, http.StatusNotFound, response.Code)
				return
			}
			assert.Equal(t, want, response.Body.String())
		})
	}
	t.Run("and the same desktop", func(t *testing.T) {
		assert.Contains(t, request(pages.Desktop(), http.MethodGet, "/").Body.String(), "desktop")
	})
}

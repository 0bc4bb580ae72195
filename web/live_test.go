package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// changing is a panel under development, whose version needs escaping.
type changing struct{ http.Handler }

func (changing) Version() string { return `1"><script>` }

func TestOnlyADesktopUnderDevelopmentLoadsTheWidgetAgain(t *testing.T) {
	const script = `<script type="module" src="/web/live.js" data-version="1&#34;&gt;&lt;script&gt;"></script></head>`
	pages := Pages{Root: os.DirFS("..")}
	assert.NotContains(t, request(pages.Desktop(), http.MethodGet, "/").Body.String(), "live")
	assert.Equal(t, http.StatusNotFound, request(pages.Desktop(), http.MethodGet, "/live").Code)

	pages.Live = changing{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })}
	assert.Contains(t, request(pages.Desktop(), http.MethodGet, "/").Body.String(), script)
	assert.Equal(t, http.StatusTeapot, request(pages.Desktop(), http.MethodGet, "/live").Code)
	assert.NotContains(t, request(pages.Widget(), http.MethodGet, "/").Body.String(), "live.js")
	for _, file := range []string{"/web/live.js", "/web/live.css"} {
		assert.Equal(t, http.StatusOK, request(pages.Desktop(), http.MethodGet, file).Code)
	}
}

func TestTheRuntimeHasGosScriptInIt(t *testing.T) {
	template, err := os.ReadFile("runtime.in.js")
	require.NoError(t, err)
	text := string(Runtime(template, []byte("the script\n")))
	assert.Equal(t, strings.Replace(string(template), "\t\t// wasm_exec.js\n", "the script\n", 1), text)
	assert.Contains(t, text, "\nthe script\n")
}

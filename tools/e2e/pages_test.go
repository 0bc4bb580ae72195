package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBrowserGetsThePages(t *testing.T) {
	desktop, widget := start(t)
	tab := browser(t)

	const both = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'%s; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	for name, page := range map[string]struct{ origin, policy string }{
		"desktop": {desktop, fmt.Sprintf(both, " http: https:") + "frame-src http: https:; frame-ancestors 'none'"},
		"widget":  {widget, fmt.Sprintf(both, "") + "frame-ancestors " + desktop},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, tab.Navigate(page.origin))
			header := func(path, name string) (value string) {
				outer(t, tab, page.origin).await(`fetch(`+quoted(path)+`).then((response) => response.ok && response.headers.get(`+quoted(name)+`))`, &value)
				return value
			}
			assert.Equal(t, page.policy, header("/", "Content-Security-Policy"))
			assert.Equal(t, "text/javascript; charset=utf-8", header("/wasm_exec.js", "Content-Type"))
		})
	}
}

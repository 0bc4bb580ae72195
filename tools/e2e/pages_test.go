package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBrowserGetsThePages(t *testing.T) {
	desktop, widget := start(t)
	tab := browser(t)

	const both = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	for name, page := range map[string]struct{ origin, policy string }{
		"desktop": {desktop, both + "frame-src http: https:; frame-ancestors 'none'"},
		"widget":  {widget, both + "frame-ancestors " + desktop},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := chromedp.RunResponse(tab, chromedp.Navigate(page.origin))
			require.NoError(t, err)
			assert.EqualValues(t, 200, response.Status)
			assert.Equal(t, page.policy, response.Headers["Content-Security-Policy"])

			var scriptType string
			require.NoError(t, chromedp.Run(tab, chromedp.Evaluate(
				`fetch("/wasm_exec.js").then(response => response.headers.get("Content-Type"))`, &scriptType,
				func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })))
			assert.Equal(t, "text/javascript; charset=utf-8", scriptType)
		})
	}
}

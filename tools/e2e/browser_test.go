// Package e2e drives the two pages in headless Chromium, as a person would.
package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// project is the project's top level, seen from this package.
const project = "../.."

// start serves the two pages, changed if need be, until the test ends and returns their origins.
func start(t *testing.T, change ...func(*web.Pages)) (desktop, widget string) {
	t.Helper()
	desktopServer := httptest.NewUnstartedServer(nil)
	widgetServer := httptest.NewUnstartedServer(nil)
	pages := web.Pages{
		Root:          os.DirFS(project),
		DesktopOrigin: "http://" + desktopServer.Listener.Addr().String(),
		WidgetOrigin:  "http://" + widgetServer.Listener.Addr().String(),
	}
	for _, f := range change {
		f(&pages)
	}
	for server, handler := range map[*httptest.Server]http.Handler{
		desktopServer: pages.Desktop(),
		widgetServer:  pages.Widget(),
	} {
		server.Config.Handler = handler
		server.Start()
		t.Cleanup(server.Close)
	}
	return pages.DesktopOrigin, pages.WidgetOrigin
}

// browser opens an empty tab of a Chromium with a fresh profile. Both end with the test, or after two minutes.
func browser(t *testing.T) context.Context {
	t.Helper()
	said := &lastWords{}
	t.Cleanup(func() {
		if t.Failed() { // a browser that has ended by itself is else only a context that is cancelled
			t.Logf("the browser's last words:\n%s", said)
		}
	})
	// The defaults are headless, quiet in the background, and without the sandbox that Chromium refuses to root.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.CombinedOutput(said),
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
	)
	limited, cancel := context.WithTimeout(context.Background(), 6*time.Minute)
	t.Cleanup(cancel)
	allocator, cancelAllocator := chromedp.NewExecAllocator(limited, options...)
	t.Cleanup(cancelAllocator)
	tab, cancelTab := chromedp.NewContext(allocator)
	t.Cleanup(cancelTab)
	t.Cleanup(func() { assert.NoError(t, chromedp.Cancel(tab), "close the browser") }) // first, so that it tidies its profile
	require.NoError(t, chromedp.Run(tab), "start the browser")
	return tab
}

// lastWords keeps the end of what is written to it.
type lastWords struct {
	mu   sync.Mutex
	text []byte
}

func (l *lastWords) Write(text []byte) (int, error) {
	const most = 4000
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, text...)
	l.text = l.text[max(0, len(l.text)-most):]
	return len(text), nil
}

func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

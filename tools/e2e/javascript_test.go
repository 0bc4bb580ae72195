package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/standin"
)

// example is the widget in plain JavaScript.
const example = project + "/web/example"

// serveWidget serves the widget in the folder on an origin of its own, as
// anybody's server would. The stand-in takes the place of Genesys' file if withClient.
func serveWidget(t *testing.T, folder string, withClient bool) (origin string) {
	t.Helper()
	pages := http.NewServeMux()
	pages.Handle("/", http.FileServer(http.Dir(folder)))
	pages.HandleFunc("/wwe-service-client-api.js", func(w http.ResponseWriter, r *http.Request) {
		if !withClient {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "client.js", time.Time{}, strings.NewReader(standin.Client))
	})
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	return server.URL
}

// The widget's own test is what the README shows to people who write JavaScript.
func TestTheJavaScriptExamplePassesItsOwnTest(t *testing.T) {
	widget := serveWidget(t, example, true)
	desktop, _ := start(t)
	limited, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	test := exec.CommandContext(limited, "node", "--test", "widget.spec.mjs")
	test.Dir = example
	test.Env = append(os.Environ(), "DESKTOP="+desktop, "WIDGET="+widget, "CHROMIUM="+chromium(t))
	output, err := test.CombinedOutput()
	require.NoError(t, err, "make test-e2e installs what it needs\n%s", output)
	require.Regexp(t, `(?m)^.*pass [1-9]`, string(output), "no test ran")
}

func TestTheJavaScriptExampleSaysWhatIsMissing(t *testing.T) {
	t.Run("Genesys' file", func(t *testing.T) {
		open(t, serveWidget(t, example, false)).see("Get the file from Genesys")
	})
	t.Run("WWE", func(t *testing.T) {
		open(t, serveWidget(t, example, true)).see("show it inside WWE")
	})
}

// open opens a page by itself.
func open(t *testing.T, url string) frame {
	t.Helper()
	tab := browser(t)
	require.NoError(t, chromedp.Run(tab, chromedp.EmulateViewport(258, 500), chromedp.Navigate(url)))
	return frame{t, tab, url, nil, 0}
}

// chromium is the browser's program, under one of the names that it has.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	require.Fail(t, "no Chromium")
	return ""
}

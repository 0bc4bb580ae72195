package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// example is the widget in plain JavaScript.
const example = project + "/cmd/wwe/templates/javascript"

// serveWidget serves the widget in the folder on an origin of its own, as
// anybody's server would. The stand-in takes the place of Genesys' file if withClient, that of a year if there is one.
func serveWidget(t *testing.T, folder string, withClient bool, year ...int) (origin string) {
	t.Helper()
	client := standIn(t, standInClient)
	for _, y := range year {
		client = fmt.Sprintf("window.__standinYear = %d;\n%s", y, client)
	}
	pages := http.NewServeMux()
	pages.Handle("/", http.FileServer(http.Dir(folder)))
	pages.HandleFunc("/wwe-service-client-api.js", func(w http.ResponseWriter, r *http.Request) {
		if !withClient {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "client.js", time.Time{}, strings.NewReader(client))
	})
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	return server.URL
}

// The widget's own test is what docs/simulator.md shows to people who write JavaScript. It passes with clients of every year.
func TestTheJavaScriptExamplePassesItsOwnTest(t *testing.T) {
	only(t, "chromium", "the example's own test starts Chromium itself")
	for _, year := range []int{2016, 2017, 2018, 2020, 2023} {
		t.Run(fmt.Sprintf("with the client of %d", year), func(t *testing.T) { passesItsOwnTest(t, year) })
	}
}

func passesItsOwnTest(t *testing.T, year int) {
	widget := serveWidget(t, example, true, year)
	desktop, _ := start(t)
	output, err := tryRun(t, example, []string{"DESKTOP=" + desktop, "WIDGET=" + widget, "CHROMIUM=" + chromium(t)}, "npm", "test")
	require.NoError(t, err, "make test-e2e installs what it needs\n%s", output)
	require.Regexp(t, `(?m)^.*pass [1-9]`, output, "no test ran")
}

func TestTheJavaScriptExampleSaysWhatIsMissing(t *testing.T) {
	t.Run("Genesys' file", func(t *testing.T) {
		open(t, serveWidget(t, example, false)).see("Get the file from Genesys")
	})
	t.Run("a client that can send nothing", func(t *testing.T) {
		pages := http.NewServeMux()
		pages.Handle("/", http.FileServer(http.Dir(example)))
		pages.HandleFunc("/wwe-service-client-api.js", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "window.genesys = {wwe: {service: {subscribe() {}}}}")
		})
		server := httptest.NewServer(pages)
		t.Cleanup(server.Close)
		open(t, server.URL).see("is not one that this page can use. Get the file of 2016 or later from Genesys")
	})
	t.Run("WWE", func(t *testing.T) {
		open(t, serveWidget(t, example, true)).see("show it inside WWE")
	})
}

// open opens a page by itself.
func open(t *testing.T, url string) frame {
	t.Helper()
	tab := browser(t)
	require.NoError(t, tab.Resize(258, 500))
	require.NoError(t, tab.Navigate(url))
	return outer(t, tab, url)
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

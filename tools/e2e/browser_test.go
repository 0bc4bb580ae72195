// Package e2e drives the two pages in the engine that ENGINE names, as a person would.
package e2e

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
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

// engine is the one that the tests run in.
var engine = cmp.Or(os.Getenv("ENGINE"), "chromium")

var browsers drive.Pool

// browser opens an empty tab with a fresh profile. It is closed when the test ends.
func browser(t *testing.T, options ...drive.Options) drive.Browser {
	t.Helper()
	o := drive.Options{}
	if len(options) > 0 {
		o = options[0]
	}
	o.Engine = engine
	o.Scrollbars = o.Scrollbars || os.Getenv("SCROLLBARS") != ""
	tab, err := browsers.Open(o)
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() { // a browser that has ended by itself answers nothing, else
			t.Logf("the browser's last words:\n%s", tab.LastWords())
		}
	})
	t.Cleanup(func() { assert.NoError(t, tab.Close(), "close the tab") })
	require.NoError(t, tab.Resize(1280, 720))
	return tab
}

// skips counts the tests that the engine cannot do. It may not do more without anyone's notice.
var (
	skips    atomic.Int32
	maxSkips = map[string]int32{"chromium": 0, "firefox": 6, "webkit": 16}
)

// only skips a test that the other engines cannot do.
func only(t *testing.T, name, why string) {
	t.Helper()
	if engine != name {
		skips.Add(1)
		t.Skipf("only in %s: %s", name, why)
	}
}

// except skips a test that one engine cannot do.
func except(t *testing.T, name, why string) {
	t.Helper()
	if engine == name {
		skips.Add(1)
		t.Skipf("not in %s: %s", name, why)
	}
}

// inChromium returns the context of chromedp, for what only Chromium can do.
func inChromium(t *testing.T, tab drive.Browser, why string) context.Context {
	t.Helper()
	only(t, "chromium", why)
	return tab.(*drive.Chromium).Context
}

func TestMain(m *testing.M) {
	code := m.Run()
	browsers.Close()
	fmt.Printf("%s: %d tests skipped, as the engine cannot do them; %d may be\n", engine, skips.Load(), maxSkips[engine])
	if skips.Load() > maxSkips[engine] {
		code = 1
	}
	os.Exit(code)
}

// A story that fails must be seen to fail, with what its page showed.
func TestAFailureSurfaces(t *testing.T) {
	if os.Getenv("CANARY") != "" {
		desktop, _ := inDesktop(t, "")
		patience = time.Second
		desktop.see("what no page says")
		return
	}
	command := exec.Command(os.Args[0], "-test.run=^TestAFailureSurfaces$")
	command.Env = append(os.Environ(), "CANARY=1")
	output, err := command.CombinedOutput()
	var failed *exec.ExitError
	require.ErrorAs(t, err, &failed, "%s", output)
	for _, words := range []string{"never true", "Ring a call", "the browser's last words", "FAIL"} {
		assert.Contains(t, string(output), words)
	}
}

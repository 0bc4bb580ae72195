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
	"path/filepath"
	"strings"
	"sync"
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

// skipped are the tests that the engine cannot do, with the reasons. They may not
// become more than maxSkips without anyone's notice.
var (
	skipped  sync.Map
	maxSkips = map[string]int{"chromium": 0, "firefox": 9, "webkit": 18}
)

func skip(t *testing.T, why string) {
	t.Helper()
	skipped.Store(t.Name(), why)
	t.Skip(why)
}

// only skips a test that the other engines cannot do.
func only(t *testing.T, name, why string) {
	t.Helper()
	if engine != name {
		skip(t, "only in "+name+": "+why)
	}
}

// except skips a test that one engine cannot do.
func except(t *testing.T, name, why string) {
	t.Helper()
	if engine == name {
		skip(t, "not in "+name+": "+why)
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
	count := 0
	skipped.Range(func(name, why any) bool {
		fmt.Printf("%s skipped %s: %s\n", engine, name, why)
		count++
		return true
	})
	fmt.Printf("%s skipped %d tests that it cannot do; %d may be\n", engine, count, maxSkips[engine])
	if count > maxSkips[engine] {
		code = 1
	}
	os.Exit(code)
}

// A story that is renamed would no longer run in Firefox and WebKit.
func TestEveryStoryIsATest(t *testing.T) {
	makefile, err := os.ReadFile(project + "/Makefile")
	require.NoError(t, err)
	_, list, _ := strings.Cut(string(makefile), "\nSTORIES = ")
	list, _, _ = strings.Cut(list, "\n#")
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	tests := ""
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		tests += string(text)
	}
	stories := strings.Split(strings.NewReplacer("$\\", "", "\n", "", "\t", "").Replace(list), "|")
	require.Greater(t, len(stories), 10)
	for _, story := range stories {
		assert.Regexp(t, `(?m)^func Test\w*`+story, tests, "a name of STORIES in the Makefile")
	}
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

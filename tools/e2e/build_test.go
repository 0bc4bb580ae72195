package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// aBuiltPanel builds the panel in a folder by wwe build and returns the folder to host.
func aBuiltPanel(t *testing.T, folder string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "on the server")
	run(t, project, builtWWE(t), "build", folder, "-origin", "http://localhost:8080", "-out", out)
	return out
}

func TestAGoPanelFromWWEBuild(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS("testdata/gopanel")))
	_, origin := start(t, func(p *web.Pages) { p.Panel = os.DirFS(aBuiltPanel(t, folder)) })
	tab := browser(t)
	require.NoError(t, tab.Navigate(origin))
	page := outer(t, tab, origin)
	page.until(`document.body.innerText.includes("Go runs in a panel.")`)
	page.until(`getComputedStyle(document.body).color === "rgb(1, 2, 3)" && document.querySelector("img").naturalWidth > 0`)
	var loaded []string
	page.eval(`performance.getEntriesByType("resource").map(e => new URL(e.name).pathname)`, &loaded)
	for _, stem := range []string{"/load-", "/parts/greeting-", "/runtime-", "/panel-", "/style%20sheets/main-", "/icon-"} {
		assert.Contains(t, strings.Join(loaded, " "), stem, "its name has a hash")
	}
	noComplaints(t, tab)
}

func TestAWidgetInJavaScriptFromWWEBuild(t *testing.T) {
	folder := t.TempDir()
	for name, file := range map[string]string{"index.html": "cmd/wwe/templates/javascript/index.html", "widget.css": "cmd/wwe/templates/javascript/widget.css", "widget.js": "cmd/wwe/templates/javascript/widget.js",
		"wwe-service-client-api.js": "wasm/wwe/testdata/client.js"} {
		content, err := os.ReadFile(filepath.Join(project, file))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), content, 0o644))
	}
	tab := browser(t)
	desktop, widget := opened(t, tab, "", func(p *web.Pages) { p.Panel = os.DirFS(aBuiltPanel(t, folder)) })
	widget.see("No calls.")
	desktop.press("Ring a call")
	widget.press("Accept")
	desktop.see("TALKING")
	noComplaints(t, tab)
}

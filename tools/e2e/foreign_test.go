package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// foreignScripts are what pages have beside a panel: real libraries that change
// the page's built-in objects, and short scripts that change more than any
// library does.
var foreignScripts = map[string]string{
	"Prototype 1.6.0":  "node_modules/sizzle/speed/frameworks/prototype.js",
	"Prototype 1.7.3":  "/usr/share/javascript/prototype/prototype.js", // of Debian, as is MooTools with what it does to elements
	"MooTools 1.4.5":   "/usr/share/javascript/mootools/mootools.js",
	"MooTools 1.2.1":   "node_modules/sizzle/speed/frameworks/mootools.js",
	"MooTools 1.5.2":   "node_modules/mootools/lib/mootools-core-1.5.2-server.js",
	"RequireJS":        "node_modules/requirejs/require.js",
	"core-js":          "node_modules/core-js-bundle/index.js",
	"es6-shim":         "node_modules/es6-shim/es6-shim.js",
	"zone.js":          "node_modules/zone.js/bundles/zone.umd.js",
	"toJSON":           "testdata/foreign/to-json.js",
	"frozen":           "testdata/foreign/frozen.js",
	"enumerable":       "testdata/foreign/enumerable.js",
	"wrapped globals":  "testdata/foreign/wrapped.js",
	"throwing handler": "testdata/foreign/throwing.js",
}

// replacedGlobals takes built-in objects away from a page that has loaded its scripts.
const replacedGlobals = "testdata/foreign/replaced.js"

func foreignScript(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err, "make test-e2e installs it")
	return string(text)
}

// drivable skips a page that the engine's driver cannot work with.
func drivable(t *testing.T, name string) {
	t.Helper()
	if slices.Contains([]string{"MooTools 1.2.1", "toJSON", "replaced globals"}, name) {
		except(t, "webkit", "its driver needs the built-in objects of the page that it drives")
	}
}

// foreignPage is a page with panels inside the simulated desktop. It has no
// Content-Security-Policy, which old libraries do not work under, and it has
// library among its scripts, which is none if empty.
type foreignPage struct {
	desktop frame
	page    frame // in the page's own world, whose objects the library may have changed
	panel   frame // the same page, in a world whose objects are the browser's
}

func openForeignPage(t *testing.T, library string) foreignPage {
	t.Helper()
	index, err := os.ReadFile("testdata/embed/index.html")
	require.NoError(t, err)
	const first = `<script src="web/watch.js">`
	require.Contains(t, string(index), first)
	files := http.NewServeMux()
	files.Handle("/", http.FileServerFS(over{os.DirFS("testdata/embed"), os.DirFS(project)}))
	for path, content := range map[string][2]string{
		"/{$}": {"text/html", strings.Replace(string(index), first,
			`<script src="stringify.js"></script><script src="library.js"></script><script src="wwe-service-client-api.js"></script>`+first, 1)},
		"/stringify.js": {"text/javascript", `window.stringify = JSON.stringify; window.__standinDebug = false; window.errors = [];
			addEventListener("error", ({message}) => errors.push(message)); addEventListener("unhandledrejection", ({reason}) => errors.push(String(reason)));`},
		"/library.js":                {"text/javascript", library},
		"/wwe-service-client-api.js": {"text/javascript", standIn(t, standInClient)},
	} {
		files.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", content[0])
			fmt.Fprint(w, content[1])
		})
	}
	server := httptest.NewServer(files)
	t.Cleanup(server.Close)
	desktopOrigin, _ := start(t)
	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin+"/?widget="+url.QueryEscape(server.URL+"/")))
	f := foreignPage{desktop: outer(t, tab, desktopOrigin), page: inner(t, tab, server.URL)}
	f.page.until("window.show")
	f.panel = f.page.isolated()
	return f
}

// isolated is the same page, seen from a world that shares nothing with it but the document.
func (f frame) isolated() frame {
	f.page.Isolated = true
	return f
}

// mount shows a panel over one of the two transports.
func (f foreignPage) mount(transport string) {
	f.page.t.Helper()
	options := "{lang: 'en'}"
	if transport == "postMessage" {
		options = "{lang: 'en', origin: " + quoted(f.desktop.origin) + "}"
	}
	f.page.show("one", options)
	f.panel.see("No interactions.")
}

// work takes a call as an agent does, from its ringing to its end. The
// screenshots of it have this name.
func (f foreignPage) work(t *testing.T, name string) {
	t.Helper()
	desktop, panel := f.desktop.in(t), f.panel.in(t)
	var id string
	desktop.eval(`wweHost.ring({ani: "+33 1", userData: {Segment: "Gold", list: [1, "two", [null]], nested: {deep: true}}})`, &id)
	panel.see("Ringing")
	panel.see("Gold")
	panel.see(`[1,"two",[null]]`)
	panel.press("Accept")
	panel.see("Talking")
	panel.screenshot(strings.NewReplacer(" ", "-", ",", "").Replace(name))
	desktop.eval(`wweHost.setUserData(`+quoted(id)+`, {Segment: "Platinum"})`, nil)
	panel.see("Platinum")
	desktop.eval(`wweHost.hangUp(`+quoted(id)+`)`, nil)
	panel.see("Ended")
	panel.press("Mark done")
	panel.see("No interactions.")
}

// On whatever page, over either transport, whether the page's script comes
// before the panel or after it.
func TestAPanelBesideForeignScripts(t *testing.T) {
	for name, path := range foreignScripts {
		for _, transport := range []string{"postMessage", "client object"} {
			t.Run(name+" before, over "+transport, func(t *testing.T) {
				drivable(t, name)
				f := openForeignPage(t, foreignScript(t, path))
				f.mount(transport)
				f.work(t, name+" before "+transport)
				f.isSound(t, name)
			})
		}
	}
}

func TestAPanelBesideForeignScriptsThatComeLater(t *testing.T) {
	all := map[string]string{"replaced globals": replacedGlobals}
	for name, path := range foreignScripts {
		all[name] = path
	}
	for name, path := range all {
		for _, transport := range []string{"postMessage", "client object"} {
			t.Run(name+", over "+transport, func(t *testing.T) {
				drivable(t, name)
				script := foreignScript(t, path)
				if path == replacedGlobals && transport == "client object" { // a page that has a client leaves it what it calls
					for _, name := range []string{"String", "setTimeout", "clearTimeout"} {
						script = strings.Replace(script, quoted(name)+`, `, "", 1)
					}
				}
				f := openForeignPage(t, "")
				f.mount(transport)
				f.page.eval(`(() => {
					const script = document.createElement("script");
					script.textContent = `+quoted(script)+`;
					document.head.append(script);
				})()`, nil)
				f.work(t, name+" after "+transport)
				f.isSound(t, name)
			})
		}
	}
}

// isSound checks that nothing went wrong that nobody sees, but for what the page does itself.
func (f foreignPage) isSound(t *testing.T, name string) {
	t.Helper()
	var errors string
	f.page.in(t).eval(`errors.filter((text) => !text.includes("the page's own")).join("\n")`, &errors)
	assert.Empty(t, errors, name)
	var failures int
	f.page.in(t).eval(`told.filter(({name}) => name === "wwe-panel-failed" || name === "wwe-action-failed").length`, &failures)
	assert.Zero(t, failures)
}

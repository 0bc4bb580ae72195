package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/web"
)

func TestAWrongOptionIsNamed(t *testing.T) {
	_, page := inHostPage(t)
	// All that a script can leave behind on a page: elements, attributes and globals.
	const traces = `[document.documentElement.outerHTML, ...Object.getOwnPropertyNames(window).sort()]`
	page.eval(`void (window.before = "", window.before = JSON.stringify(`+traces+`))`, nil)
	leavesNothing := func(t *testing.T) {
		t.Helper()
		page.in(t).eval(`void (panels.one?.unmount(), told.length = 0)`, nil)
		page.in(t).frames(2) // in which what was begun would come
		var before, after []string
		page.in(t).eval(`JSON.parse(before)`, &before)
		page.in(t).eval(traces, &after)
		assert.Equal(t, before, after, "what is left on the page")
		page.in(t).until(`told.length === 0`)
	}
	for options, words := range map[string]string{
		`null`:                              "The options must be an object, not null.",
		`"https://wwe.example.com"`:         `The options must be an object, not "https://wwe.example.com".`,
		`{lang: 42}`:                        "The option lang must be a string",
		`{lang: Symbol("de")}`:              "not a symbol.",
		`{timeout: 8000n}`:                  "The option timeout must be a number of milliseconds, at least 1, not 8000n.",
		`{timeout: "8000"}`:                 `not "8000".`,
		`{timeout: NaN}`:                    "not NaN.",
		`{timeout: -1}`:                     "not -1.",
		`{timeout: Symbol()}`:               "not a symbol.",
		`{theme: "purple"}`:                 `The option theme must be "auto", "light" or "dark", not "purple".`,
		`{origin: ["https://a.example"]}`:   "The option origin must be the scheme, host and port of your WWE",
		`{origin: "*"}`:                     `The option origin must be the scheme, host and port of your WWE, such as "https://wwe.example.com", not "*".`,
		`{origin: "null"}`:                  `The option origin must be the scheme, host and port of your WWE, such as "https://wwe.example.com", not "null".`,
		`{origin: "wwe.example.com"}`:       `not "wwe.example.com".`,
		`{origin: "https://a.example/"}`:    `not "https://a.example/".`,
		`{origin: "https://a.example:443"}`: `not "https://a.example:443".`,
		`{origin: "ftp://a.example"}`:       `not "ftp://a.example".`,
		`{origin: "https://a.example http://b.example/path"}`: `not "http://b.example/path".`,
		`{origin: "https://a.example,https://b.example"}`:     `not "https://a.example,https://b.example".`,
		`{origin: "   "}`: `not "".`,
		`{frame: "wwe"}`:  `The option origin must be the scheme, host and port of your WWE, such as "https://wwe.example.com", not undefined.`,
		`Promise.resolve({origin: "https://wwe.example.com"})`: "The options must be an object, not a Promise: await it.",
		`new Map([["origin", "https://wwe.example.com"]])`:     "The options must be an object, not a Map.",
		`[{origin: "https://wwe.example.com"}]`:                "The options must be an object, not an array.",
		`{frame: document.body}`:                               "The option frame must be a string, the id of an iframe, not an object.",
		`{files: "http://"}`:                                   "The option files must be the URL of a folder",
		`{files: "localhost:8080/panel"}`:                      "The option files must be the URL of a folder",
		`{keys: 42}`:                                           "The option keys must be an array of user data keys, or a string that separates them by commas, not 42.",
		`{keys: ["Order", 7]}`:                                 "The option keys[1] must be a string, a user data key, not 7.",
		`{keys: "Order,,Customer"}`:                            `The option keys[1] must be a string, a user data key, not "".`,
		`{keys: ["Order", "Order"]}`:                           `The option keys[1] must differ from those before it, but repeats "Order".`,
		`{dispositions: ["sold", null]}`:                       "The option dispositions[1] must be a string, or an object with value and label, not null.",
		`{dispositions: [{label: "Sold"}]}`:                    "The option dispositions[0].value must be a non-empty string, not undefined.",
		`{dispositions: [{value: "s", label: 1}]}`:             "The option dispositions[0].label must be a non-empty string, not 1.",
		`{dispositionKey: 1}`:                                  "The option dispositionKey must be a string, a user data key, not 1.",
		`{dispositionRequired: true}`:                          "The option dispositions must be an array of one or more dispositions",
		`{dispositionRequired: "yes", dispositions: "sold"}`:   `The option dispositionRequired must be true or false, not "yes".`,
		`{noteKey: "DispositionCode", dispositions: "sold"}`:   `The option noteKey must be a string, a user data key other than the disposition's, not "DispositionCode".`,
	} {
		t.Run(options, func(t *testing.T) {
			page := page.in(t)
			var shown bool
			page.eval(`(() => { told.length = 0; show("one", `+options+`); return `+textOf("#one [role=alert]", words)+` || document.querySelector("#one [role=alert]").textContent.includes(`+quoted(words)+`); })()`, &shown)
			assert.True(t, shown, "at once")
			var message string
			page.await(`panels.one.ready`, &message)
			assert.Contains(t, message, words)
			page.until(textOf("#one", words))
			page.until(`told.length === 1 && told[0].detail.reason === "options" && told[0].detail.message.includes(` + quoted(words) + `)`)
			leavesNothing(t)
		})
	}
	t.Run("in the page's language, once its file is there", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void show("one", {lang: "de", timeout: "8000"})`, nil)
		page.until(textOf("#one [role=alert]", "Die Option timeout muss eine Zahl von Millisekunden sein, mindestens 1, nicht \"8000\"."))
		leavesNothing(t)
	})
	t.Run("but a locale is a language", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void show("one", {origin: "https://elsewhere.example", lang: new Intl.Locale("de-AT")})`, nil)
		page.until(`document.querySelector("#one .wwe-panel").lang === "de"`)
		leavesNothing(t)
	})
	t.Run("and several origins are taken, of the attributes of an element too", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void show("one", Object.assign(document.createElement("p").dataset, {origin: " https://a.example\thttp://[::1]:8080 ", lang: "de"}))`, nil)
		page.until(`document.querySelector("#one .wwe-panel").lang === "de"`)
		page.until(textOf("#one", "https://a.example"))
		leavesNothing(t)
	})
	t.Run("and an unknown one is ignored with a warning", func(t *testing.T) {
		page := page.in(t)
		var warning string
		page.eval(`(() => {
			const { warn } = console;
			let said = "";
			console.warn = (text) => { said = text; };
			show("one", {orgin: "https://elsewhere.example"});
			console.warn = warn;
			return said;
		})()`, &warning)
		assert.Equal(t, `wwe-panel: the option "orgin" is unknown and ignored. Did you mean "origin"?`, warning)
		page.until(`document.querySelector("#one .wwe-panel")`)
		leavesNothing(t)
	})
	t.Run("and what is no element is refused", func(t *testing.T) {
		page := page.in(t)
		var message string
		page.eval(`(() => { try { show("nowhere", {}) } catch (error) { return error.message } })()`, &message)
		assert.Equal(t, "wwe-panel: mount needs an element of the page, not null.", message)
		leavesNothing(t)
	})
}

func TestAPanelWithoutItsStyleIsShownAndSaysSo(t *testing.T) {
	page := inServer(t, instead("/web/panel.css", http.NotFound))
	page.until(textOf("#one [role=status]", "The panel's style is missing"))
	page.until(textOf("#one .wwe-panel", "Not inside WWE"))
	page.eval(`panels.one.unmount()`, nil)
	page.until(`document.querySelector("#one").childNodes.length === 0`)
}

func TestAStyleThatThePolicyForbidsIsTold(t *testing.T) {
	forbidden := withPolicy("style-src 'self'", "style-src 'none'")
	const words = "this page's Content-Security-Policy does not allow it in style-src"
	t.Run("on a page with a panel", func(t *testing.T) {
		page := inServer(t, forbidden)
		page.until(textOf("#one [role=status]", words))
		page.until(textOf("#one .wwe-panel", "Not inside WWE"))
		page.until(`violations.some(v => v.includes("panel.css"))`)
		page.eval(`panels.one.unmount()`, nil)
		page.until(`document.querySelector("#one").childNodes.length === 0`)
	})
	t.Run("on the panel's own page", func(t *testing.T) {
		pages := web.Pages{Root: os.DirFS(project), DesktopOrigin: "http://desktop.example"}
		server := httptest.NewServer(forbidden(pages.Widget()))
		t.Cleanup(server.Close)
		page := open(t, server.URL)
		page.until(shows("#panel [role=status]", words))
		page.until(shows("#panel .wwe-panel", "Not inside WWE"))
	})
}

func TestAnIncompleteProgramIsTold(t *testing.T) {
	bytes := wasm(t)
	page := inServer(t, instead(panelWasm, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		_, _ = w.Write(bytes[:len(bytes)/2])
	}))
	page.until(textOf("#one [role=alert]", "is incomplete"))
	page.until(`told.length === 1 && told[0].detail.reason === "damaged"`)
}

func TestThePanelsPageSaysWhichScriptIsMissing(t *testing.T) {
	for path, words := range map[string]string{
		"/web/page.js":    "page.js or panel.js, is missing on the server",
		"/web/panel.js":   "panel.js, or a script that it needs, cannot be loaded",
		"/web/options.js": "panel.js, or a script that it needs, cannot be loaded",
	} {
		t.Run(strings.TrimPrefix(path, "/web/"), func(t *testing.T) {
			page := open(t, withoutFile(t, path))
			page.until(shows("#panel p", words))
		})
	}
}

// withoutFile serves the panel's page without one of its files.
func withoutFile(t *testing.T, path string) (url string) {
	t.Helper()
	pages := web.Pages{Root: os.DirFS(project), DesktopOrigin: "http://desktop.example"}
	server := httptest.NewServer(instead(path, http.NotFound)(pages.Widget()))
	t.Cleanup(server.Close)
	return server.URL
}

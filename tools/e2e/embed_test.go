package e2e

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// over is a folder whose files take the place of those below.
type over struct{ top, below fs.FS }

func (o over) Open(name string) (fs.File, error) {
	if file, err := o.top.Open(name); err == nil {
		return file, nil
	}
	return o.below.Open(name)
}

// replace serves a file with a part of its text replaced.
func replace(p *web.Pages, file, old, new string) {
	text, err := fs.ReadFile(p.Root, file)
	if err == nil && !strings.Contains(string(text), old) {
		err = fmt.Errorf("%s has no %s", file, old)
	}
	if err != nil {
		panic(err)
	}
	p.Root = over{fstest.MapFS{file: {Data: []byte(strings.Replace(string(text), old, new, 1))}}, p.Root}
}

// hostPage is the project with somebody's page that panels are embedded in.
func hostPage(p *web.Pages) { p.Root = over{os.DirFS("testdata/embed"), p.Root} }

// inHostPage opens the desktop with the page that panels are embedded in.
func inHostPage(t *testing.T) (desktop, page frame) {
	t.Helper()
	return inHostPageOf(t, browser(t))
}

func inHostPageOf(t *testing.T, tab drive.Browser) (desktop, page frame) {
	t.Helper()
	desktop, page = opened(t, tab, "", hostPage)
	page.until("window.show")
	return desktop, page
}

// show mounts a panel into the section of the host page with that id.
func (f frame) show(id, options string) {
	f.t.Helper()
	f.eval("show("+quoted(id)+", "+options+")", nil)
}

func textOf(selector, text string) string {
	return fmt.Sprintf("document.querySelector(%s)?.innerText.includes(%s)", quoted(selector), quoted(text))
}

func TestTwoPanelsOnOnePage(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`, theme: "dark"}`)
	page.show("two", `{origin: "https://elsewhere.example", theme: "light"}`)
	page.until(textOf("#one", "No interactions."))
	desktop.press("Ring a call")
	page.until(textOf("#one", "Ringing"))
	page.until("!" + textOf("#two", "Ringing")) // its WWE is another

	scheme := func(id string) (scheme string) {
		page.eval(`getComputedStyle(document.querySelector("#`+id+` .wwe-panel")).colorScheme`, &scheme)
		return scheme
	}
	assert.Equal(t, "dark", scheme("one"))
	assert.Equal(t, "light", scheme("two"))

	t.Run("and the page sees neither's style", func(t *testing.T) {
		var padding string
		page.eval(`getComputedStyle(document.body).margin`, &padding)
		assert.Equal(t, "8px", padding)
	})
	t.Run("of which one is unmounted, and the other goes on", func(t *testing.T) {
		page := page.in(t)
		page.show("two", `{origin: `+quoted(desktop.origin)+`}`)
		page.until(textOf("#two", "Ringing"))
		page.eval(`panels.one.unmount()`, nil)
		page.eval(`panels.one.unmount()`, nil) // twice is as once
		page.until(`document.querySelector("#one").childNodes.length === 0`)
		page.press("Accept")
		desktop.see("TALKING")
		page.until(textOf("#two", "Talking"))
	})
	t.Run("without a violation of the policy", func(t *testing.T) { page.in(t).until(`violations.length === 0`) })
}

func TestEachPanelOfAPageRemembersItsOwnPlace(t *testing.T) {
	desktop, page := inHostPage(t)
	show := func() {
		t.Helper()
		for _, id := range []string{"one", "two"} {
			page.show(id, `{origin: `+quoted(desktop.origin)+`}`)
			page.until(textOf("#"+id, "Media"))
		}
	}
	media := func(id string) string { return `document.querySelector("#` + id + ` [data-section=media]")` }
	show()
	page.click(media("one") + ".firstChild")
	page.until(media("one") + ".open")
	page.click(media("two") + ".firstChild")
	page.until(media("two") + ".open")
	page.click(media("two") + ".firstChild") // which is saved last
	page.until("!" + media("two") + ".open")

	page.eval("window.old = true", nil)
	desktop.press("Reload widget")
	page.until("!window.old && window.show")
	show()
	page.until(media("one") + ".open && !" + media("two") + ".open")
}

func TestThePageIsToldWhatHappens(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "No interactions."))
	page.eval(`void (window.changes = () => told.filter(e => e.name === "wwe-interaction-changed" && e.detail.change !== "data"))`, nil)
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	page.until(`changes().length === 1`)
	desktop.eval(`wweHost.answer("1")`, nil)
	page.until(`changes().length === 2`)
	var told []struct {
		Name, From string
		Detail     map[string]any
	}
	page.eval("changes()", &told)
	assert.Equal(t, "one", told[0].From, "the element that it is mounted in")
	for n, states := range [][2]string{{"UNKNOWN", "RINGING"}, {"RINGING", "TALKING"}} {
		assert.Equal(t, "1", told[n].Detail["interactionId"])
		assert.Equal(t, states, [2]string{told[n].Detail["previousState"].(string), told[n].Detail["state"].(string)})
	}
	page.eval(`panels.one.unmount()`, nil)
	desktop.eval(`wweHost.hangUp("1")`, nil)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(`changes().length === 3`) // by the second panel alone
	page.eval("changes()", &told)
	assert.Equal(t, "new", told[2].Detail["change"])
}

func TestAPanelUnmountedBeforeItIsLoaded(t *testing.T) {
	desktop, page := inHostPage(t)
	page.eval(`(() => { show("one", {}); panels.one.unmount(); })()`, nil)
	page.until(`document.querySelector("#one").childNodes.length === 0`)
	page.eval(`void panels.one.ready.then(() => { window.isReady = true })`, nil)
	page.until("window.isReady")
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "No interactions."))
	page.until(`document.querySelectorAll("#one > *").length === 2 && told.length === 0`)
}

func TestTheElement(t *testing.T) {
	desktop, page := inHostPage(t)
	page.eval(`(() => {
		const panel = document.createElement("wwe-panel");
		panel.id = "panel";
		panel.setAttribute("origin", `+quoted(desktop.origin)+`);
		panel.setAttribute("theme", "dark");
		document.querySelector("#one").append(panel);
		window.panel = panel;
	})()`, nil)
	page.until(textOf("#panel", "No interactions."))
	remember := func() { page.eval(`void (window.root = panel.querySelector(".wwe-panel"))`, nil) }
	const isSame = `panel.querySelector(".wwe-panel") === root`
	remember()

	t.Run("shows a new theme at once", func(t *testing.T) {
		page := page.in(t)
		page.eval(`panel.setAttribute("theme", "light")`, nil)
		page.until(`getComputedStyle(root).colorScheme === "light" && ` + isSame)
		page.eval(`panel.removeAttribute("theme")`, nil)
		page.until(`getComputedStyle(root).colorScheme === "light dark" && ` + isSame)
	})
	t.Run("can be moved and stays what it is", func(t *testing.T) {
		page := page.in(t)
		page.eval(`document.querySelector("#two").append(panel)`, nil)
		desktop.eval(`wweHost.ring({ani: "1"})`, nil)
		page.until(textOf("#two #panel", "Ringing") + " && " + isSame)
	})
	t.Run("mounts anew for another language or origin", func(t *testing.T) {
		page := page.in(t)
		page.eval(`(() => { panel.lang = "de"; panel.setAttribute("timeout", "2000"); })()`, nil)
		page.until(`!(` + isSame + `) && panel.querySelectorAll(".wwe-panel").length === 1`)
		page.until(textOf("#panel", "Klingelt"))
		remember()
		page.eval(`panel.setAttribute("origin", "https://elsewhere.example")`, nil)
		page.until(`!(` + isSame + `)`)
		page.until("!" + textOf("#panel", "Ringing"))
	})
	t.Run("unmounts when it leaves the page", func(t *testing.T) {
		page := page.in(t)
		page.eval(`panel.remove()`, nil)
		page.until(`panel.childNodes.length === 0 && panel.ready === undefined`)
	})
	t.Run("tells what is wrong with its attributes", func(t *testing.T) {
		page := page.in(t)
		page.eval(`(() => { panel.setAttribute("timeout", "soon"); document.body.append(panel); })()`, nil)
		page.until(textOf("#panel", "Option timeout muss eine Zahl von Millisekunden"))
		page.until(`told.some(e => e.name === "wwe-panel-failed" && e.detail.reason === "options" && e.detail.message.includes("timeout"))`)
		page.eval(`void panel.ready.catch(error => { window.refused = error.message })`, nil)
		page.until(`window.refused.includes("timeout")`)
		page.eval(`panel.setAttribute("origin", "not an origin")`, nil)
		page.until(textOf("#panel", "Option origin muss Schema, Host und Port"))
	})
	t.Run("without a violation of the policy", func(t *testing.T) { page.in(t).until(`violations.length === 0`) })
}

func TestOptionsThatThrowAreThePagesOwnMistake(t *testing.T) {
	_, page := inHostPage(t)
	var thrown string
	page.eval(`(() => { try { show("one", {get origin() { throw new Error("theirs") }}) } catch (error) { return error.message } })()`, &thrown)
	assert.Equal(t, "theirs", thrown)
	page.until(`document.querySelector("#one").childNodes.length === 0`)
}

// inServer opens the page that panels are embedded in by itself, from a server
// that answers some requests in its own way, and mounts one.
func inServer(t *testing.T, serve func(next http.Handler) http.HandlerFunc) frame {
	t.Helper()
	pages := web.Pages{Root: os.DirFS(project), DesktopOrigin: "http://desktop.example"}
	hostPage(&pages)
	server := httptest.NewServer(serve(pages.Widget()))
	t.Cleanup(server.Close)
	page := open(t, server.URL)
	page.until("window.show")
	page.show("one", `{origin: "http://desktop.example"}`)
	return page
}

// instead serves the file at that path in another way.
func instead(path string, serve http.HandlerFunc) func(http.Handler) http.HandlerFunc {
	return func(next http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == path {
				serve(w, r)
				return
			}
			next.ServeHTTP(w, r)
		}
	}
}

// withPolicy serves everything with a part of the policy replaced.
func withPolicy(old, new string) func(http.Handler) http.HandlerFunc {
	return func(next http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			recorder := httptest.NewRecorder()
			next.ServeHTTP(recorder, r)
			for name, values := range recorder.Header() {
				w.Header()[name] = values
			}
			w.Header().Set("Content-Security-Policy", strings.Replace(recorder.Header().Get("Content-Security-Policy"), old, new, 1))
			w.WriteHeader(recorder.Code)
			_, _ = io.Copy(w, recorder.Body)
		}
	}
}

const panelWasm = "/web/panel.wasm"

func wasm(t *testing.T) []byte {
	t.Helper()
	bytes, err := os.ReadFile(project + panelWasm)
	require.NoError(t, err, "make build")
	return bytes
}

func TestTheDownloadShowsHowFarItIs(t *testing.T) {
	bytes := wasm(t)
	proceed := make(chan struct{})
	page := inServer(t, instead(panelWasm, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		w.Header().Set("Content-Length", fmt.Sprint(len(bytes)))
		_, _ = w.Write(bytes[:len(bytes)/2])
		w.(http.Flusher).Flush()
		<-proceed
		_, _ = w.Write(bytes[len(bytes)/2:])
	}))
	page.until(`(({value, max}) => value > max * .3 && value < max * .6)(document.querySelector("#one progress"))`)
	page.see("Loading the agent panel…")
	page.show("two", `{lang: "de"}`) // waits for the same download
	page.until(textOf("#two", "geladen"))
	close(proceed)
	page.until(textOf("#one", "Not inside WWE"))
	page.until(`!document.querySelector("progress")`)
}

func TestAServerThatDoesNotKnowTheType(t *testing.T) {
	bytes := wasm(t)
	page := inServer(t, instead(panelWasm, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(bytes)
	}))
	page.until(textOf("#one", "Not inside WWE"))
}

func TestABrowserThatDoesNotStream(t *testing.T) {
	page := inServer(t, instead("/web/watch.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, "delete WebAssembly.compileStreaming; const told = [], violations = [];")
	}))
	page.until(textOf("#one", "Not inside WWE"))
}

func TestWhatCannotBeLoadedIsToldInWords(t *testing.T) {
	text := func(contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, body)
		}
	}
	tests := map[string]struct {
		serve  func(http.Handler) http.HandlerFunc
		words  string
		reason string
	}{
		"a file that is missing": {instead(panelWasm, http.NotFound), "The server answers 404 for http", "missing"},
		"a file that is not built": {instead(panelWasm, func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "run make build", http.StatusNotFound)
		}), "run make build", "missing"},
		"a page in its place":               {instead(panelWasm, text("text/html", "<!doctype html>")), "the server sends text/html", "damaged"},
		"a page with the type of wasm":      {instead(panelWasm, text("application/wasm", "<!doctype html>")), "is not WebAssembly", "damaged"},
		"a download that breaks off":        {instead(panelWasm, func(w http.ResponseWriter, _ *http.Request) { breakOff(w) }), "cannot be reached", "unreachable"},
		"another program":                   {instead(panelWasm, text("application/wasm", "\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x02\x07\x01\x01a\x01b\x00\x00")), "not from the same build", "mixed"},
		"Go's part missing":                 {instead("/web/runtime.js", http.NotFound), "runtime.js cannot be reached", "unreachable"},
		"a policy against WebAssembly":      {withPolicy(" 'wasm-unsafe-eval'", ""), "script-src needs 'wasm-unsafe-eval'", "forbidden"},
		"a policy against the download":     {withPolicy("connect-src 'self'", "connect-src 'none'"), "Content-Security-Policy does not allow it", "unreachable"},
		"a browser that has no WebAssembly": {instead("/web/watch.js", text("text/javascript", "delete globalThis.WebAssembly;"+watchScript(t))), "This browser has no WebAssembly", "unsupported"},
	}
	for promise, test := range tests {
		t.Run(promise, func(t *testing.T) {
			page := inServer(t, test.serve)
			page.until(textOf("#one [role=alert]", test.words))
			page.until(`told.length === 1 && told[0].detail.reason === ` + quoted(test.reason) + ` && told[0].detail.message.includes(` + quoted(test.words) + `)`)
		})
	}
}

func watchScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/embed/web/watch.js")
	require.NoError(t, err)
	return string(script)
}

// breakOff ends the connection in the middle of what it has promised.
func breakOff(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/wasm")
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte("\x00asm\x01\x00\x00\x00"))
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func TestTheNextPanelTriesAgain(t *testing.T) {
	var next http.Handler
	failed := false
	page := inServer(t, func(pages http.Handler) http.HandlerFunc {
		next = pages
		return instead(panelWasm, func(w http.ResponseWriter, r *http.Request) {
			if !failed {
				failed = true
				http.Error(w, "not yet", http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})(pages)
	})
	page.until(textOf("#one", "503"))
	page.until(textOf("#one", "not yet"))
	page.show("two", "{origin: 'http://desktop.example'}")
	page.until(textOf("#two", "Not inside WWE"))
}

func TestAProgramThatStopsIsToldAndReplaced(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "No interactions."))
	page.eval(`void (document.createElement = () => {
		delete document.createElement;
		throw new Error("which Go does not expect");
	})`, nil)
	desktop.press("Ring a call")
	page.until(textOf("#one [role=alert]", "has stopped because of an error of its own"))
	// The page may hear of the call before the panel draws it.
	page.until(`told.filter(({name}) => name === "wwe-panel-failed").map(({detail}) => detail.reason).join() === "stopped"`)
	page.eval(`panels.one.unmount()`, nil)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "Ringing"))
}

// The Go side of this is wasm/panel's own test: goroutines, js.Func values and
// memory. Here is the browser's, through panel.js.
func TestAThousandMountsLeaveThePageAsItWas(t *testing.T) {
	page := besideWWE(t)
	ctx := inChromium(t, page.tab, "the others do not say what a page holds")
	page.eval(`(() => {
		window.rounds = async (count) => {
			const one = document.getElementById("one");
			for (let n = 0; n < count; n++) {
				show("one", {origin: location.origin, frame: "wwe"});
				if (n % 5) {
					await new Promise((resolve) => one.addEventListener("wwe-interaction-changed", resolve, {once: true}));
				} else if (n % 2) {
					await panels.one.ready;
				}
				panels.one.unmount();
				told.length = 0;
			}
			return count;
		};
		insertWWE();
	})()`, nil)
	page.until("window.hasWWE")

	counts := func() map[string]float64 {
		t.Helper()
		var metrics []*performance.Metric
		require.NoError(t, chromedp.Run(ctx, performance.Enable(), heapprofiler.CollectGarbage(), heapprofiler.CollectGarbage(),
			chromedp.ActionFunc(func(ctx context.Context) (err error) {
				metrics, err = performance.GetMetrics().Do(ctx)
				return err
			})))
		counts := map[string]float64{}
		for _, m := range metrics {
			counts[m.Name] = m.Value
		}
		return counts
	}
	rounds := func(count int) {
		t.Helper()
		var done int
		page.await(fmt.Sprintf("rounds(%d)", count), &done)
		require.Equal(t, count, done)
	}
	rounds(300) // which fills what is kept for good
	before := counts()
	rounds(1000)
	var after map[string]float64
	isAsBefore := func() bool {
		after = counts()
		return after["JSEventListeners"] <= before["JSEventListeners"] && after["Nodes"] <= before["Nodes"]+50 && after["JSHeapUsedSize"] <= before["JSHeapUsedSize"]+200_000
	}
	assert.Eventually(t, isAsBefore, patience, 100*time.Millisecond, "once Go has collected its garbage")
	t.Logf("listeners %v, then %v; nodes %v, then %v; bytes of JavaScript %v, then %v", before["JSEventListeners"], after["JSEventListeners"],
		before["Nodes"], after["Nodes"], before["JSHeapUsedSize"], after["JSHeapUsedSize"])
	page.until(`document.querySelector("#one").childNodes.length === 0`)
}

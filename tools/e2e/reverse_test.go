package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// crm is a page that has the simulated WWE in its iframe, the reverse
// embedding, and speaks to it by the official client.
const crm = `<!doctype html><title>A CRM</title><iframe src="%s/" width="1200" height="600"></iframe><script>
window.__standinTimeout = 1500;
%s
const events = [], wwe = document.querySelector("iframe");
genesys.wwe.service.targetWWEWindow(wwe.contentWindow);
const subscribe = () => genesys.wwe.service.subscribe(["interaction"], ({ data }) => events.push(data.eventType));
const ask = (method = "getInteractions", ...parameters) => new Promise((done) =>
	genesys.wwe.service.interaction[method](...parameters, ({ data }) => done(data ?? null), (failure) => done(failure.errorMessage ?? failure)));
</script>`

// inCRM opens the CRM, and returns it and the desktop in it, which lets the CRM frame it if mayFrame.
func inCRM(t *testing.T, mayFrame bool) (around, desktop frame) {
	t.Helper()
	var desktopOrigin string
	client := standIn(t, standInClient)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			fmt.Fprintf(w, crm, desktopOrigin, client)
		}
	}))
	t.Cleanup(server.Close)
	desktopOrigin, _ = start(t, func(p *web.Pages) {
		if mayFrame {
			p.FramedBy = []string{server.URL}
		}
	})
	tab := browser(t)
	require.NoError(t, tab.Navigate(server.URL))
	return outer(t, tab, server.URL), inner(t, tab, desktopOrigin)
}

func TestAPageWithWWEInItsIframe(t *testing.T) {
	t.Run("is answered and told of events", func(t *testing.T) {
		crm, desktop := inCRM(t, true)
		desktop.isReady()
		crm.eval("void subscribe()", nil)
		var interactions []interaction
		crm.await("ask()", &interactions)
		assert.Empty(t, interactions)
		desktop.eval(`wweHost.ring({ani: "+331"})`, nil)
		crm.until(`events.includes("RINGING")`)
		crm.await("ask()", &interactions)
		require.Len(t, interactions, 1)
		assert.Equal(t, "RINGING", interactions[0].State)
		crm.await(`ask("accept", "1")`, nil)
		crm.until(`events.includes("ESTABLISHED")`)

		t.Run("and again after the person has reloaded WWE in the iframe, mid-call", func(t *testing.T) {
			crm, desktop := crm.in(t), desktop.in(t)
			desktop.eval("void location.reload()", nil)
			desktop.until(`window.wweHostCall && wweHost.interactions()[0]?.state === "TALKING" && wweHost.interactions()[0].interactionId === "2"`)
			crm.eval("void events.splice(0)", nil)
			crm.eval("void subscribe()", nil)
			crm.await("ask()", &interactions)
			require.Len(t, interactions, 1)
			assert.Equal(t, "2", interactions[0].InteractionID)
			crm.await(`ask("markdone", "2")`, nil)
			desktop.eval(`wweHost.hangUp("2")`, nil)
			crm.until(`events.includes("RELEASED")`)
		})
		t.Run("and when its own page is reloaded", func(t *testing.T) {
			desktop := desktop.in(t)
			require.NoError(t, crm.tab.Reload())
			desktop.until(`window.wweHostCall && wweHost.interactions()[0]?.state === "IDLE"`)
		})
	})
	t.Run("is refused if WWE does not accept its origin", func(t *testing.T) {
		crm, desktop := inCRM(t, true)
		desktop.isReady()
		desktop.eval(`wweHost.configure({acceptedOrigins: "https://another.example"})`, nil)
		var refusal string
		crm.await("ask()", &refusal)
		assert.Equal(t, "origin "+crm.origin+" is not accepted", refusal)
		crm.eval("void subscribe()", nil)
		crm.await("ask()", &refusal)
		desktop.eval(`wweHost.ring({ani: "+331"})`, nil)
		crm.await("ask()", &refusal)
		var events []string
		crm.eval("events", &events)
		assert.Empty(t, events)
	})
	t.Run("has nothing in it if the desktop's server does not allow it", func(t *testing.T) {
		crm, desktop := inCRM(t, false)
		var failure string
		crm.await("ask()", &failure)
		assert.Equal(t, "Request timeout", failure)
		var isDesktop bool
		if err := desktop.try("!!window.wweHost", &isDesktop); err == nil { // Firefox runs scripts in its error page
			assert.False(t, isDesktop)
		}
	})
}

// The whole way of a message that another page in the CRM sends.
func TestOnlyTheParentIsAnswered(t *testing.T) {
	crm, desktop := inCRM(t, true)
	desktop.isReady()
	crm.eval(`void (() => {
		const other = document.createElement("iframe");
		document.body.append(other);
		other.contentWindow.eval(`+"`"+`addEventListener("message", ({ data }) => parent.heard.push(data));
			parent.heard = [];
			parent.frames[0].postMessage({request: "interaction.getInteractions", referenceId: "x", userAgent: "WWE Client", protocolVersion: 2}, "*")`+"`"+`);
	})()`, nil)
	crm.await("ask()", nil)
	var heard []any
	crm.eval("heard", &heard)
	assert.Empty(t, heard)
	var reached bool
	desktop.eval(`wweHost.messages().some(m => JSON.parse(m.text).referenceId === "x")`, &reached)
	assert.False(t, reached, "it has reached WWE")
}

// besideWWE opens the page that panels are embedded in by itself. Its function
// insertWWE puts an iframe with a WWE into it, which always has the same call.
// Before the server answers for a file of that WWE it calls before.
func besideWWE(t *testing.T, before ...func(path string)) (page frame) {
	t.Helper()
	wwe := http.NewServeMux()
	files := http.FileServerFS(over{os.DirFS("testdata/embed"), os.DirFS(project)})
	wwe.Handle("/", files)
	for path, content := range map[string][2]string{
		"/wwe.html": {"text/html", `<!doctype html><script src="wwe.js"></script><img src="wwe.svg" alt="">`},
		"/wwe.svg":  {"image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"/>`},
		"/wwe.js":   {"text/javascript", standIn(t, standInWWE)},
	} {
		wwe.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			for _, do := range before {
				do(path)
			}
			w.Header().Set("Content-Type", content[0])
			fmt.Fprint(w, content[1])
		})
	}
	server := httptest.NewServer(wwe)
	t.Cleanup(server.Close)
	page = open(t, server.URL)
	page.until("window.show")
	page.eval(`void (window.insertWWE = () => {
		const frame = document.createElement("iframe");
		frame.src = "wwe.html";
		frame.id = "wwe";
		frame.onload = () => { window.hasWWE = true; };
		document.body.append(frame);
		return frame;
	})`, nil)
	return page
}

func TestThePanelFollowsTheIframeThatWWERunsIn(t *testing.T) {
	page := besideWWE(t)
	page.eval(`void document.addEventListener("load", ({ target }) => {
		if (target.id === "wwe") {
			window.asked = [];
			target.contentWindow.addEventListener("message", ({ data }) => asked.push(data.request ?? data.event));
		}
	}, true)`, nil)
	isLive := textOf("#one", "+33 1 40 00 00 01") + ` && ["subscribe", "interaction.getInteractions"].every(r => asked.includes(r)) && !` +
		textOf("#one", "Connection to WWE lost")
	isIdle := `!document.querySelector("#one [aria-busy=true]")`
	works := func(t *testing.T) {
		t.Helper()
		page := page.in(t)
		page.until(isLive)
		page.until(isIdle)
		page.press("Accept")
		page.until(`asked.includes("interaction.accept")`)
		page.frames(2)     // until it shows that it is busy
		page.until(isIdle) // the panel waits a second for the effect, which this WWE never has
	}

	page.eval(`void (window.places = new Set(), function look() {
		const button = document.querySelector("#one [data-action=accept]");
		const box = (selector) => document.querySelector("#one " + selector).getBoundingClientRect();
		if (button) places.add([button.getBoundingClientRect().y - box(".dock").y, box(".bar").height].map(Math.round).join()); // the dock stays in view as the page scrolls
		requestAnimationFrame(look);
	}())`, nil)
	page.show("one", `{origin: location.origin, frame: "wwe"}`)
	page.until(textOf("#one", "WWE is not on this page yet") + " && " + textOf("#one", "no element with the id wwe"))
	page.eval(`void insertWWE()`, nil)
	works(t)
	for _, c := range []struct{ promise, change string }{
		{"that is reloaded", `document.getElementById("wwe").contentWindow.location.reload()`},
		{"that is moved", `document.body.prepend(document.getElementById("wwe"))`},
		{"that another one with its id replaces", `document.getElementById("wwe").remove(), insertWWE()`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			page.in(t).eval(`void (asked = undefined, `+c.change+`)`, nil)
			page.in(t).until("asked")
			works(t)
		})
	}
	t.Run("that is missing for a time, which the panel says", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void document.getElementById("wwe").remove()`, nil)
		page.press("Accept")
		page.until(textOf("#one .failure", "This page does not show WWE at the moment."))
		page.eval(`void (asked = undefined, insertWWE())`, nil)
		page.until("asked")
		works(t)
	})
	page.until(textOf("#one", "Connected to WWE again"))
	page.until("!" + textOf("#one", "Connected to WWE again"))
	page.until("places.size === 1") // the button never moves, or a press would miss it
}

// The WWE that the panel knew is gone, and the next one is not there yet: nobody
// will ever answer.
func TestAPressWhileTheMovedIframeLoadsFailsAtOnce(t *testing.T) {
	for _, path := range []string{"/wwe.html", "/wwe.js"} {
		t.Run("which waits for "+path, func(t *testing.T) {
			var waits atomic.Bool
			loads := make(chan struct{})
			goOn := sync.OnceFunc(func() { close(loads) })
			page := besideWWE(t, func(requested string) {
				if requested == path && waits.Load() {
					<-loads
				}
			})
			t.Cleanup(goOn) // before the server closes
			page.eval(`void (insertWWE(), window.asked = [], document.addEventListener("load", ({ target }) => {
				if (target.id === "wwe") target.contentWindow.addEventListener("message", ({ data }) => asked.push(data.request));
			}, true))`, nil)
			page.show("one", `{origin: location.origin, frame: "wwe", timeout: 600000}`) // no press fails by waiting
			page.until(textOf("#one", "+33 1 40 00 00 01"))
			waits.Store(true)
			page.eval(`void document.body.prepend(document.getElementById("wwe"))`, nil)
			if path == "/wwe.js" { // its page is there, but not its script
				page.until(`document.getElementById("wwe").contentDocument.querySelector("script")`)
			}
			page.press("Accept")
			page.until(textOf("#one .failure", "WWE is still loading on this page. Nothing was sent."))
			page.press("Accept") // and again
			page.until(`told.filter(({name, detail}) => name === "wwe-action-failed" && detail.action === "accept").length === 2`)
			goOn()
			page.until(`asked.includes("interaction.getInteractions")`)
			page.until(textOf("#one", "Connected to WWE again"))
			page.eval(`void (window.early = asked.filter((r) => r === "interaction.accept").length)`, nil)
			page.press("Accept")
			page.until(`asked.includes("interaction.accept") && early === 0`)
			page.until("!" + shows("#one .failure", "still loading"))
			page.until(`asked.filter((r) => r === "interaction.accept").length === 1`)
		})
	}
}

// Where no load event tells of another WWE, its silence does.
func TestThePanelFollowsAnIframeWithoutALoadEvent(t *testing.T) {
	var hangs atomic.Bool
	ends := make(chan struct{})
	page := besideWWE(t, func(requested string) {
		if requested == "/wwe.svg" && hangs.Load() {
			<-ends
		}
	})
	t.Cleanup(func() { close(ends) }) // before the server closes
	page.eval(`void (window.asked = {}, window.listenTo = (id, frame) => {
		const all = asked[id] = [];
		frame.contentWindow.addEventListener("message", ({ data }) => all.push(data.request ?? data.event));
	}, insertWWE(), window.before = insertWWE(), before.id = "replaced")`, nil)
	page.until(`[wwe, replaced].every((frame) => frame.contentDocument.readyState === "complete" && frame.contentDocument.querySelector("img"))`)
	page.show("one", `{origin: location.origin, frame: "wwe"}`)
	page.show("two", `{origin: location.origin, frame: "replaced"}`)
	page.until(textOf("#one", "+33 1 40 00 00 01") + " && " + textOf("#two", "+33 1 40 00 00 01"))

	page.eval(`void (window.other = insertWWE(), other.id = "")`, nil)
	page.until(`other.contentDocument.readyState === "complete" && other.contentDocument.querySelector("img")`)
	hangs.Store(true)
	page.eval(`void (before.remove(), other.id = "replaced", listenTo("replaced", other),
		wwe.contentWindow.isOld = true, wwe.contentWindow.location.reload())`, nil)
	page.until(`!wwe.contentWindow.isOld && wwe.contentDocument.querySelector("img")`)
	page.eval(`void listenTo("wwe", wwe)`, nil)
	defer func(usual time.Duration) { patience = usual }(patience)
	patience = time.Minute // the panel has one of its own
	for _, id := range []string{"wwe", "replaced"} {
		page.until(`asked[` + quoted(id) + `].includes("interaction.getInteractions")`)
	}
	var state string
	page.eval("wwe.contentDocument.readyState", &state)
	assert.Equal(t, "interactive", state, "it still waits for its image")
}

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// theirs is a widget in JavaScript, as anybody may have one: it subscribes,
// reads the interactions, and keeps what arrives.
const theirs = `<!doctype html><title>Their widget</title><body><script>
const seen = [];
addEventListener("message", ({origin, data}) => {
	seen.push({origin, data});
	document.body.append(JSON.stringify(data).slice(0, 300), document.createElement("br"));
});
const send = (message) => parent.postMessage({...message, userAgent: "WWE Client", protocolVersion: 2}, "*");
send({event: "subscribe", data: ["interaction", "agent"], referenceId: "s"});
send({request: "interaction.getInteractions", referenceId: "r"});
document.body.append("started ", location.href, document.createElement("br"));
</script>`

// withTheirs opens the desktop with their widget, whose origin stands for %s in the query.
func withTheirs(t *testing.T, query string) (desktop, widget frame) {
	t.Helper()
	origin := serveTheirs(t)
	desktopOrigin, _ := start(t)
	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin+"/"+fmt.Sprintf(query, origin)))
	desktop = outer(t, tab, desktopOrigin)
	desktop.isReady()
	return desktop, inner(t, tab, origin)
}

// serveTheirs serves their widget at every path of an origin of its own.
func serveTheirs(t *testing.T) (origin string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, theirs) }))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAnyPageIsAWidgetWithWWEsVariables(t *testing.T) {
	desktop, widget := withTheirs(t, "?widget=%s/a%%3Fu=$Agent.UserName$%%26n=$Agent.FullName$%%26e=$Agent.EmployeeId$%%26i=$Interaction.Id$")
	widget.until(`location.search === "?u=alex.martin&n=Alex%20Martin&e=1001&i="`)
	widget.until(`seen.length === 2 && seen.every(m => m.origin === ` + quoted(desktop.origin) + ` && m.data.userAgent === "WWE Server")`)
	desktop.press("Ring a call")
	widget.until(`seen.some(m => m.data.data?.eventType === "RINGING")`)

	t.Run("which can be loaded anew", func(t *testing.T) {
		desktop.press("Reload widget")
		widget.until(`seen.length === 2 && seen[1].data.data.length === 1`)
		desktop.eval(`wweHost.agentState("Dnd")`, nil)
		widget.until(`seen.some(m => m.data.event === "agent")`)
		assert.Equal(t, 2, lastFrame(desktop))
	})
	t.Run("and replaced by another", func(t *testing.T) {
		desktop.fill("Widget URL", widget.origin+"/other")
		desktop.press("Open")
		widget.until(`location.pathname === "/other" && seen.length === 2`)
		desktop.until(`new URLSearchParams(location.search).get("widget") === ` + quoted(widget.origin+"/other"))
	})
}

func lastFrame(desktop frame) int {
	var number int
	desktop.eval(`wweHost.messages().at(-1).frame`, &number)
	return number
}

func TestAMessageOfTheRightWindowButAnotherOriginDoesNotCount(t *testing.T) {
	desktop, widget := withTheirs(t, "?widget=%s/")
	widget.until(`seen.length === 2`)
	other := serveTheirs(t)
	widget.eval(`void (location = `+quoted(other)+`)`, nil)
	elsewhere := inner(t, widget.tab, other)
	elsewhere.see("started")
	desktop.eval(`wweHost.ring({ani: "secret"})`, nil)
	desktop.see("RINGING")
	var seen int
	elsewhere.eval("seen.length", &seen)
	assert.Zero(t, seen)
	var asked int
	desktop.eval(`wweHost.requests().length`, &asked)
	assert.Equal(t, 1, asked)
}

func TestAWidgetThatCannotBeOpened(t *testing.T) {
	for query, text := range map[string]string{
		"?widget=ftp://x/":              "not one of http or https",
		"?widget=javascript:alert(1)":   "not one of http or https",
		"?widget=panel":                 "not one of http or https",
		"?widget=http://x/&mode=banana": "?mode= is workspace or interaction, not banana",
		"?widget=http://127.0.0.1:9/":   "No server answers at http://127.0.0.1:9.",
	} {
		t.Run(query, func(t *testing.T) {
			desktopOrigin, _ := start(t)
			tab := browser(t)
			require.NoError(t, tab.Navigate(desktopOrigin+"/"+query))
			outer(t, tab, desktopOrigin).see(text)
		})
	}
}

func TestEachInteractionHasAHiddenWidgetInModeInteraction(t *testing.T) {
	desktop, widget := withTheirs(t, "?mode=interaction&widget=%s/%%3Fid=$Interaction.Id$")
	iframes := func(ids string) {
		t.Helper()
		desktop.until(`[...document.querySelectorAll("#frames iframe")].map(f => f.dataset.interaction).sort().join() === ` + quoted(ids))
	}
	desktop.until(`document.querySelector("#widget-list:empty").checkVisibility()`)

	desktop.eval(`wweHost.dial({dnis: "1"})`, nil) // the agent's own: at once, while DIALING
	iframes("1")
	answered := func(widget frame, id int, state string) {
		t.Helper()
		widget.until(fmt.Sprintf(`location.search === "?id=%d" && seen.find((m) => m.data.request)?.data.data[%d].state === %q`, id, id-1, state))
	}
	answered(widget, 1, "DIALING")
	desktop.until(`!document.querySelector("#frames iframe").checkVisibility()`)

	desktop.eval(`wweHost.ring({ani: "2"})`, nil) // somebody else's: not before it is established
	desktop.until(shows(".state", "RINGING"))
	iframes("1")
	desktop.eval(`wweHost.answer("2")`, nil)
	iframes("1,2")
	second := widget
	second.page.Nth = 1
	answered(second, 2, "TALKING")
	var events int
	second.eval(`seen.filter(m => m.data.event).length`, &events)
	assert.Zero(t, events, "it sees neither RINGING nor ESTABLISHED")

	desktop.press("Show #2 2")
	desktop.until(`document.querySelector("[data-interaction='2']").checkVisibility()`)
	desktop.press("Hide #2 2")
	desktop.until(`!document.querySelector("[data-interaction='2']").checkVisibility()`)

	desktop.eval(`wweHost.hangUp("2")`, nil)
	iframes("1,2")
	desktop.eval(`wweHost.markDone("2").then(() => {})`, nil)
	iframes("1")
}

func TestTheWidgetOfACallThatTheAgentDialsIsToldThatItsCaseIsExpanded(t *testing.T) {
	desktop, widget := withTheirs(t, "?mode=interaction&widget=%s/")
	desktop.eval(`wweHost.dial({dnis: "1"})`, nil)
	widget.until(`seen.map(m => m.data.data?.eventType ?? m.data.data?.[0].state ?? "granted").join() === "granted,DIALING,CASE_EXPANDED"`)
}

func TestURLVariablesAreEncodedOnDemand(t *testing.T) {
	desktop, widget := withTheirs(t, "?widget=%s/%%3Fn=$Agent.FullName$")
	desktop.eval(`wweHost.configure({agent: {lastname: "Li&x=1"}})`, nil)
	desktop.press("Reload widget")
	widget.until(`location.search === "?n=Alex%20Li&x=1"`)
	desktop.eval(`wweHost.configure({encodeUrlVariables: true})`, nil)
	desktop.press("Reload widget")
	widget.until(`location.search === "?n=Alex%20Li%26x%3D1"`)
}

func TestTheIframeMayDoWhatTheDesktopAllows(t *testing.T) {
	// WebKit tells no page what it may do.
	may := func(desktop, widget frame, feature string, want bool) {
		desktop.t.Helper()
		desktop.until(fmt.Sprintf(`[...document.querySelectorAll("#frames iframe")].every((f) => f.allow.includes(%q) === %t)`, feature, want))
		widget.until(fmt.Sprintf(`seen.length >= 2 && (document.featurePolicy?.allowsFeature(%q) ?? %t) === %[2]t`, feature, want))
	}
	t.Run("by the URL", func(t *testing.T) {
		desktop, widget := withTheirs(t, "?widget=%s/&allow=microphone;%%20camera")
		may(desktop, widget, "microphone", true)
		may(desktop, widget, "camera", true)
		may(desktop, widget, "midi", false)
	})
	t.Run("by the form, and nothing at first", func(t *testing.T) {
		desktop, widget := withTheirs(t, "?widget=%s/")
		may(desktop, widget, "microphone", false)
		desktop.fill("What the iframe may do", "microphone")
		desktop.press("Open")
		may(desktop, widget, "microphone", true)
		desktop.until(`new URLSearchParams(location.search).get("allow") === "microphone"`)
	})
	t.Run("in each interaction's own", func(t *testing.T) {
		desktop, widget := withTheirs(t, "?mode=interaction&widget=%s/&allow=microphone")
		desktop.eval(`wweHost.dial({dnis: "1"})`, nil)
		may(desktop, widget, "microphone", true)
	})
}

func TestARejectedCallNeverHasAWidgetOfItsOwn(t *testing.T) {
	desktop, _ := withTheirs(t, "?mode=interaction&widget=%s/")
	desktop.eval(`(() => {
		window.added = 0;
		new MutationObserver(changes => changes.forEach(c => window.added += c.addedNodes.length)).observe(document.querySelector("#frames"), {childList: true});
		wweHost.reject(wweHost.ring({ani: "1"}));
		wweHost.dial({dnis: "2"});
	})()`, nil)
	desktop.until(`window.added === 1 && document.querySelector("#frames iframe").dataset.interaction === "2"`)
}

func TestForgedMessagesComeFromOtherWindowsAndOrigins(t *testing.T) {
	desktop, widget := withTheirs(t, "?widget=%s/")
	widget.until(`seen.length === 2`)
	desktop.eval(`wweHost.fault({kind: "forge", topic: "interaction", next: 1})`, nil)
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	widget.until(`seen.some(m => m.data.data?.eventType === "RINGING")`)
	widget.until(`seen.filter(m => m.data.data?.eventType === "FORGED").map(m => m.origin).sort().join() === ` + quoted(desktop.origin+",null"))
}

func TestWhatIsNotJSONArrivesAsAString(t *testing.T) {
	desktop, widget := withTheirs(t, "?widget=%s/")
	widget.until(`seen.length === 2`)
	desktop.eval(`wweHost.fault({kind: "truncated", topic: "agent"})`, nil)
	desktop.eval(`wweHost.agentState("Dnd")`, nil)
	widget.until(`typeof seen.at(-1).data === "string" && seen.at(-1).data.startsWith('{"event":"agent"')`)
	desktop.until(shows("#messages li", "not JSON"))
}

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// opaque is the origin of a page in a sandbox without allow-same-origin, as the browser's inspector has it.
const opaque = "://"

// aroundSandbox is a page that has another one in the sandbox and is its WWE, which
// always has the same call. A sandboxed page has no origin to name in an answer.
const aroundSandbox = `<!doctype html><title>A page with a sandbox</title><iframe sandbox="%s" src="%s" width="600" height="700"></iframe><script>
const asked = [];
let subscriptions = 0;
addEventListener("message", ({ source, data: { request, event, referenceId, userAgent } }) => {
	if (userAgent !== "WWE Client") return;
	asked.push(request ?? event);
	const call = { interactionId: "1", caseId: "1", state: "RINGING", userData: {}, media: "voice", ani: "+33 1 40 00 00 01", direction: "IN" };
	const data = { "interaction.getInteractions": [call], "system.getAllowedServices": ["*"] }[request] ?? null;
	const answer = { request, referenceId, data, userAgent: "WWE Server", protocolVersion: 2 };
	if (event === "subscribe") answer.subscriptionId = subscriptions++;
	if (!window.silent) source.postMessage(answer, "*");
});
</script>`

// inSandbox opens a page of the project in an iframe with that sandbox. Its
// server allows pages of any origin to read the files that anyone names.
func inSandbox(t *testing.T, sandbox, page string, anyone func(path string) bool, change ...func(*web.Pages)) (around, inside frame) {
	t.Helper()
	pages := web.Pages{Root: os.DirFS(project)}
	for _, f := range change {
		f(&pages)
	}
	widget := httptest.NewUnstartedServer(nil)
	widgetOrigin := "http://" + widget.Listener.Addr().String()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			fmt.Fprintf(w, aroundSandbox, sandbox, widgetOrigin+page)
		}
	}))
	t.Cleanup(server.Close)
	pages.DesktopOrigin = server.URL
	served := pages.Widget()
	widget.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if anyone(r.URL.Path) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}
		served.ServeHTTP(w, r)
	})
	widget.Start()
	t.Cleanup(widget.Close)
	tab := browser(t)
	require.NoError(t, tab.Navigate(server.URL))
	origin := opaque
	if strings.Contains(sandbox, "allow-same-origin") {
		origin = widgetOrigin
	}
	return outer(t, tab, server.URL), inner(t, tab, origin)
}

func everyFile(string) bool { return true }

func noFile(string) bool { return false }

func everyFileBut(names ...string) func(string) bool {
	return func(path string) bool { return !slices.Contains(names, path) }
}

func TestAPanelInASandboxWithoutAnOrigin(t *testing.T) {
	only(t, "chromium", "only its driver finds a page that has no origin")
	around, page := inSandbox(t, "allow-scripts", "/", everyFile, hostPage)
	page.until("window.show")
	var origin string
	page.eval("origin", &origin)
	require.Equal(t, "null", origin)
	t.Run("works, also without the storage that the browser denies it", func(t *testing.T) {
		page := page.in(t)
		page.show("one", `{origin: `+quoted(around.origin)+`}`)
		page.until(textOf("#one", "+33 1 40 00 00 01"))
		page.press("Accept")
		around.in(t).until(`asked.includes("interaction.accept")`)
		page.eval(`panels.one.unmount()`, nil)
		page.until(`document.querySelector("#one").childNodes.length === 0`)
	})
	t.Run("says that the sandbox may be why WWE does not answer", func(t *testing.T) {
		page := page.in(t)
		around.in(t).eval(`void (window.silent = true)`, nil)
		page.show("one", `{origin: `+quoted(around.origin)+`, timeout: 300}`)
		page.until(textOf("#one", "WWE does not answer"))
		page.until(textOf("#one", "sandbox without allow-same-origin"))
	})
	t.Run("without a violation of the policy", func(t *testing.T) { page.in(t).until(`violations.length === 0`) })
}

// What is not a script is asked for by the panel, and it says what was refused.
func TestAPanelInASandboxThatMayNotReadAFileSaysSo(t *testing.T) {
	only(t, "chromium", "only its driver finds a page that has no origin")
	for file, words := range map[string]string{
		panelWasm:         "panel.wasm cannot be reached",
		"/web/runtime.js": "runtime.js cannot be reached",
	} {
		t.Run(file, func(t *testing.T) {
			around, page := inSandbox(t, "allow-scripts", "/", everyFileBut(file), hostPage)
			page.until("window.show")
			page.show("one", `{origin: `+quoted(around.origin)+`}`)
			page.until(textOf("#one [role=alert]", words))
			page.until(textOf("#one [role=alert]", "This page is in a sandbox without allow-same-origin: the server must send Access-Control-Allow-Origin: * with its files."))
			page.until(`told.length === 1 && told[0].detail.reason === "unreachable"`)
		})
	}
}

func TestThePanelsPageInASandbox(t *testing.T) {
	only(t, "chromium", "only its driver finds a page that has no origin")
	t.Run("works if its server allows everyone to read its files", func(t *testing.T) {
		around, page := inSandbox(t, "allow-scripts", "/", everyFile)
		page.until(textOf("#panel", "+33 1 40 00 00 01"))
		page.press("Accept")
		around.in(t).until(`asked.includes("interaction.accept")`)
	})
	for promise, c := range map[string]struct {
		sandbox string
		anyone  func(string) bool
		words   string
	}{
		"says what the server must send if its scripts cannot be read":   {"allow-scripts", noFile, "Access-Control-Allow-Origin"},
		"says so if a script that another one needs cannot be read":      {"allow-scripts", everyFileBut("/web/options.js"), "panel.js, or a script that it needs, cannot be loaded"},
		"says so if the program cannot be read":                          {"allow-scripts", everyFileBut(panelWasm), "Access-Control-Allow-Origin"},
		"says that it needs JavaScript if it may not run any":            {"allow-same-origin", everyFile, "needs JavaScript and WebAssembly"},
		"says that it needs JavaScript also if it has no origin, either": {"", everyFile, "needs JavaScript and WebAssembly"},
	} {
		t.Run(promise, func(t *testing.T) {
			_, page := inSandbox(t, c.sandbox, "/", c.anyone)
			page.see(c.words)
		})
	}
}

func TestFormsWorkInASandboxThatForbidsThem(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1"}))`, nil)
	panel.see("Talking")
	panel.eval("void (window.old = true)", nil)
	desktop.eval(`(() => {
		const iframe = document.querySelector("iframe");
		iframe.setAttribute("sandbox", "allow-scripts allow-same-origin");
		iframe.src = iframe.src;
	})()`, nil)
	panel.until("!window.old")
	panel.see("Talking")
	panel.eval(`void (() => {
		window.submitted = 0;
		addEventListener("submit", () => { submitted++; }, true);
	})()`, nil)
	for _, c := range []struct {
		how   string
		press func(panel frame)
	}{
		{"by its button", func(panel frame) { panel.click(`document.querySelector("form.add button")`) }},
		{"by Enter", func(panel frame) { panel.key(drive.Enter) }},
	} {
		t.Run("user data is added "+c.how, func(t *testing.T) {
			panel := panel.in(t)
			panel.fill("Key", c.how)
			panel.fill("Value", "was pressed")
			c.press(panel)
			panel.until(shows("table", c.how))
			panel.until(`document.querySelector("form.add [name=key]").value === ""`)
		})
	}
	t.Run("and changed", func(t *testing.T) {
		panel := panel.in(t)
		panel.press("Edit by Enter")
		panel.fill("Value", "changed")
		panel.key(drive.Enter)
		panel.until(shows("table", "changed"))
	})
	t.Run("a form that lacks an entry says which", func(t *testing.T) {
		panel := panel.in(t)
		panel.press("Consult")
		panel.click(`document.querySelector("form[data-form=action] button[type=submit]")`)
		panel.until(`document.activeElement === document.querySelector("form[data-form=action] :invalid")`)
		desktop.until(`wweHost.interactions().length === 1`)
	})
	t.Run("a colleague is consulted", func(t *testing.T) {
		panel := panel.in(t)
		panel.fill("Destination", "sam")
		panel.key(drive.Enter)
		desktop.in(t).until(`wweHost.interactions().length === 2`)
		panel.see("Consultation")
	})
	var submitted int
	panel.eval("submitted", &submitted)
	assert.Zero(t, submitted, "the sandbox submits no form")
}

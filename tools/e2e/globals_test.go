package e2e

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// globalsOfGo are what Go's runtime calls its globals.
const globalsOfGo = `["fs", "process", "path", "Go", "wwePanelStarted"]`

// keepGlobals keeps what the page's globals are, to compare them by changedGlobals.
const keepGlobals = `void (window.changed = ((own, values) => () => {
	const now = Object.getOwnPropertyNames(globalThis);
	const other = [...now.filter((name) => !own.includes(name)), ...own.filter((name) => !now.includes(name))];
	return [...other, ...` + globalsOfGo + `.filter((name, n) => globalThis[name] !== values[n])].filter((name) => name !== "changed").sort().join();
})(Object.getOwnPropertyNames(globalThis), ` + globalsOfGo + `.map((name) => globalThis[name])))`

// A page may call anything as Go's runtime does.
func TestAPanelNeitherReadsNorLeavesGlobals(t *testing.T) {
	for promise, script := range map[string]string{
		"on a page that has none": `void 0`,
		"beside elements with their names": `(() => { for (const id of ` + globalsOfGo + `) {
			document.body.append(Object.assign(document.createElement("div"), {id}));
		} })()`,
		"beside variables of their names": `(() => { for (const name of ` + globalsOfGo + `) { window[name] = {env: {}}; } })()`,
		"beside constants of their names": `(() => { for (const name of ` + globalsOfGo + `) {
			Object.defineProperty(window, name, {value: {env: {}}});
		} })()`,
		"beside another Go": `void (window.Go = class Go { constructor() { throw new Error("of another program"); } })`,
	} {
		t.Run(promise, func(t *testing.T) {
			desktop, page := inHostPage(t)
			page.eval(script, nil)
			page.eval(keepGlobals, nil)
			changed := func() (names string) {
				t.Helper()
				page.eval(`changed()`, &names)
				return names
			}
			page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
			page.until(textOf("#one", "No interactions."))
			assert.Empty(t, changed(), "while it is there")
			page.eval(`panels.one.unmount()`, nil)
			assert.Empty(t, changed(), "once it is gone")
		})
	}
}

func TestTwoProgramsOnOnePage(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "No interactions."))
	page.eval(`void import("./web/panel.js?another").then(({mount}) => mount(document.querySelector("#two"), {origin: `+quoted(desktop.origin)+`}))`, nil)
	page.until(textOf("#two", "No interactions."))
	desktop.press("Ring a call")
	page.until(textOf("#one", "Ringing"))
	page.until(textOf("#two", "Ringing"))
}

// ownProgram starts a program in the page's own Go, whose functions window.own has then.
const ownProgram = `void (async () => {
	window.wwePanelStarted = (mount, unmount) => { window.own = {mount, unmount}; };
	const go = new Go();
	const {instance} = await WebAssembly.instantiateStreaming(fetch("web/panel.wasm"), go.importObject);
	go.run(instance);
})()`

// A page may have programs of its own, with the runtime of whatever version of Go.
func TestAPanelBesideAProgramOfThePage(t *testing.T) {
	runtime, err := os.ReadFile(project + "/wasm_exec.js")
	require.NoError(t, err)
	f := openForeignPage(t, string(runtime))
	f.page.eval(ownProgram, nil)
	f.page.until("window.own")
	f.page.eval(keepGlobals, nil)
	f.mount("postMessage")
	f.page.eval(`void (() => {
		const root = document.querySelector("#two").appendChild(document.createElement("div"));
		own.mount(root, {origin: `+quoted(f.desktop.origin)+`, lang: "en", place: "two"}, root, () => {});
	})()`, nil)
	f.page.until(textOf("#two", "No interactions."))
	var id string
	f.desktop.eval(`wweHost.ring({ani: "+33 1"})`, &id)
	f.page.until(textOf("#one", "Ringing"))
	f.page.until(textOf("#two", "Ringing"))
	f.page.press("Accept")
	f.page.until(textOf("#two", "Talking"))
	f.page.eval(`panels.one.unmount()`, nil)
	f.desktop.eval(`wweHost.hangUp(`+quoted(id)+`)`, nil)
	f.page.until(textOf("#two", "Ended"))
	var changed string
	f.page.eval(`changed()`, &changed)
	assert.Empty(t, changed)
}

package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// names are what Go's runtime calls its globals.
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

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/wasm/desktop/scenario"
)

// played waits until a scenario has been played to its end.
func (f frame) played(title string) {
	f.t.Helper()
	f.until(shows("#scenario-note", "Played: "+title+"."))
}

func TestAURLOpensTheDesktopInAScenario(t *testing.T) {
	desktop, panel := opened(t, browser(t), "?scenario=slow")
	panel.see("Ringing")
	desktop.played("Slow WWE")
	desktop.until(`document.querySelector("#tab-scenarios").ariaSelected === "true"`)
	panel.press("Accept")
	desktop.until(`wweHost.interactions()[0].state === "TALKING"`)
	var faults int
	desktop.eval(`wweHost.faults().filter(({kind, delay}) => kind === "delay" && delay === 5000).length`, &faults)
	assert.Equal(t, 1, faults)

	t.Run("and so again after a reload", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.eval(`void (window.old = true, location.reload())`, nil)
		desktop.until(`!window.old && window.wweHostCall && wweHost.interactions().length === 1 && wweHost.interactions()[0].state === "RINGING"`)
	})
}

func TestAnUnknownScenarioInTheURLNamesThoseThatExist(t *testing.T) {
	desktop, panel := inDesktop(t, "?scenario=%3Cimg%20src=x%3E")
	desktop.see(`There is no scenario "<img src=x>"; there are first-call, second-call, consult-transfer`)
	panel.see("No interactions.")
	for _, carried := range []string{`[{"do":"ring"}]`, `{"title":"t","about":"a","steps":[{"do":"ring"}]}`, "../gallery/chat"} {
		desktop.eval(`void (window.old = true, location.search = "?scenario=" + encodeURIComponent(`+quoted(carried)+`))`, nil)
		desktop.until(`!window.old && window.wweHostCall && document.querySelector("#scenario-note").textContent.startsWith("There is no scenario")`)
		assert.Empty(t, held(desktop), "a URL cannot carry steps")
	}
}

func TestAScenarioIsPlayedByAClickWhileTheAgentActs(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Ring a call")
	desktop.press("Scenarios")
	desktop.press("First call")
	desktop.until(shows("#playing-text", "step 2 of 5, answer"))
	panel.see("Camille Durand")
	panel.press("Accept") // before the scenario does
	desktop.until(shows("#playing-text", "step 3 of 5, setUserData"))
	panel.see("Invoice")
	desktop.played("First call")
	assert.Empty(t, held(desktop), "neither this call nor the one before")
	desktop.until(`!document.querySelector("#playing").checkVisibility()`)
}

func TestAScenarioIsStopped(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.press("Scenarios")
	desktop.press("Shift of 200 calls")
	desktop.until(shows("#playing-text", "of 800"))
	desktop.press("Stop")
	desktop.see("Stopped. What has happened so far stays.")
	var isStill bool
	desktop.await(`(async () => {
		const before = JSON.stringify(wweHost.interactions());
		await new Promise(done => setTimeout(done, 300)); // six steps of the scenario
		return JSON.stringify(wweHost.interactions()) === before;
	})()`, &isStill)
	assert.True(t, isStill, "nothing goes on")

	t.Run("by a reset too", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.press("Consult, then transfer")
		desktop.until(`wweHost.interactions().length === 1`)
		desktop.press("Reset all")
		desktop.see("No interactions.")
		desktop.until(`!document.querySelector("#playing").checkVisibility()`)
	})
}

func TestEachScenarioIsOffered(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.press("Scenarios")
	for _, s := range scenario.Gallery() {
		desktop.until(named("button", s.Title))
	}
}

func TestACopiedTestRuns(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }`, nil)
	desktop.press("Ring a call")
	panel.press("Accept")
	desktop.until(shows(".state", "TALKING"))
	desktop.fill("User data key", "Reason")
	desktop.fill("User data value", "</script>\"`\u202e")
	desktop.press("Set")
	desktop.press("Hold")
	desktop.press("Refresh WWE")
	desktop.until(`wweHost.interactions()[0].interactionId === "2"`)
	desktop.press("Resume")
	desktop.eval(`wweHost.chat({from: "By a script"})`, nil)
	desktop.press("Scenarios")
	desktop.see("6 steps on this page since WWE was empty.")

	t.Run("in Go", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.press("Copy as Go test")
		desktop.until(`window.copied?.includes("func TestScenario")`)
		var text string
		desktop.eval(`copied`, &text)
		assert.Contains(t, text, "// The widget did this.")
		file := filepath.Join(t.TempDir(), "scenario_test.go")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		output, err := tryRun(t, project, nil, "go", "test", "-count=1", "-v", file)
		require.NoError(t, err, "%s\n%s", output, text)
		assert.Contains(t, output, "--- PASS: TestScenario")
	})
	t.Run("in JavaScript", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.press("Copy as Playwright")
		desktop.until(`window.copied.includes("wwe-desktop/playwright")`)
		var text, outcome string
		desktop.eval(`copied`, &text)
		desktop.press("Reset all")
		desktop.see("No interactions.")
		desktop.eval(`document.querySelector("#frames iframe").remove()`, nil) // the copy does what the widget did
		_, body, _ := strings.Cut(text, "\n")                                  // after the import
		// Stand-ins for Playwright's: host calls wweHost, and expect.poll looks once.
		desktop.await(`(async () => {
			const host = new Proxy({}, {get: (_, name) => async (...args) => wweHost[name](...args)});
			const expect = {poll: (look) => ({toEqual: async (want) => {
				const got = JSON.stringify(await look());
				if (got !== JSON.stringify(want)) throw new Error("got " + got + ", want " + JSON.stringify(want));
			}})};
			let run;
			const test = (name, f) => { run = () => f({host}); };
			`+body+`
			await run();
			return "passed";
		})()`, &outcome)
		assert.Equal(t, "passed", outcome, text)
		assert.Equal(t, "</script>\"`\u202e", held(desktop)[0].UserData["Reason"])
	})
}

func TestACallFromTheFirstRingToTheLastByKeyboard(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`document.activeElement?.blur()`, nil)
	// tabTo presses Tab until the focus is on the button, which a person must be able to do.
	tabTo := func(button string) {
		t.Helper()
		for range 80 {
			var there bool
			desktop.eval(`!!`+named("button", button)+` && document.activeElement === `+named("button", button)+``, &there)
			if there {
				return
			}
			desktop.key(drive.Tab)
		}
		require.Fail(t, "Tab does not reach "+button)
	}
	tabTo("Ring a call")
	desktop.key(drive.Enter)
	desktop.until(shows(".state", "RINGING"))
	for _, step := range [][2]string{{"Answer", "TALKING"}, {"Hold", "HELD"}, {"Resume", "TALKING"}, {"Hang up", "IDLE"}} {
		tabTo(step[0])
		desktop.key(drive.Enter)
		desktop.until(shows(".state", step[1]))
	}
	tabTo("Done")
	desktop.key(drive.Enter)
	desktop.see("No interactions.")
}

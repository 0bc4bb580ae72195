package e2e

import (
	"fmt"
	"os"
	"testing"

	"wwebridge/tools/drive"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inEachScheme runs a test in a browser that prefers light colours, and in one that prefers dark ones.
func inEachScheme(t *testing.T, test func(t *testing.T, tab drive.Browser)) {
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(name, func(t *testing.T) { test(t, browser(t, drive.Options{Dark: dark})) })
	}
}

// atEachWidth runs a test in both schemes. Dark colours change no layout, so there they are seen in one column and in two.
func atEachWidth(t *testing.T, test func(t *testing.T, tab drive.Browser, widths ...int)) {
	t.Run("light", func(t *testing.T) { test(t, browser(t), 200, 258, 320, 480) })
	t.Run("dark", func(t *testing.T) { test(t, browser(t, drive.Options{Dark: true}), 258, 480) })
}

func TestAxeFindsNothingInAnyState(t *testing.T) { atEachWidth(t, axeInAnyState) }

func axeInAnyState(t *testing.T, tab drive.Browser, widths ...int) {
	desktop, panel := inDesktopOf(t, tab, "", impatient)
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			require.NoError(t, tab.Resize(1280, 720)) // a state that is a page of its own leaves it narrow
			if !state.goesOn {
				panel.eval(`sessionStorage.clear()`, nil) // what the state before has opened
				reload(desktop, panel)
			}
			page := state.show(desktop, panel)
			page.still(func() { page.hasNoViolations("document", page.widen, widths...) })
		})
	}
}

func TestAxeFindsNothingInAPanelOnAPage(t *testing.T) { atEachWidth(t, axeOnAPage) }

func axeOnAPage(t *testing.T, tab drive.Browser, widths ...int) {
	desktop, page := inHostPageOf(t, tab)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	work(desktop, page)
	page.widen(700)
	page.still(func() {
		page.hasNoViolations("'#one'", func(width int) {
			page.eval(fmt.Sprintf(`document.querySelector("#one").style.width = "%dpx"`, width), nil)
		}, widths...)
	})
}

// widen gives the frame's page that width.
func (f frame) widen(width int) {
	f.t.Helper()
	if f.isOuter() && engine == "webkit" {
		width = max(width, 240) // MiniBrowser's window is not narrower
	}
	f.resize(width, 720)
	f.until(fmt.Sprintf("innerWidth === %d", width))
}

// resize gives the window this size, or puts the frame's page into its corner.
func (f frame) resize(width, height int) {
	f.t.Helper()
	if f.isOuter() {
		require.NoError(f.t, f.tab.Resize(width, height))
		return
	}
	css := fmt.Sprintf("position: fixed; inset: 0 auto auto 0; height: %dpx; width: %dpx", height, width)
	f.around().eval(`void (document.querySelector("iframe").style.cssText = `+quoted(css)+`)`, nil)
}

// still does something while a picture of the panel is in its place, so that
// even a state that passes is the same at every width. What lies over the rest
// is between it there: it covers what one can scroll to. The scroll positions stay
// as they are. The panel, which has no size meanwhile, must count the rows below its
// list again, or its hint of them would be missing in the next picture.
func (f frame) still(do func()) {
	f.t.Helper()
	f.eval(`(() => {
		window.moving = document.querySelector(".wwe-panel");
		window.still = moving.cloneNode(true);
		const choices = [...moving.querySelectorAll("select")];
		still.querySelectorAll("select").forEach((choice, n) => { choice.selectedIndex = choices[n].selectedIndex; }); // which a clone forgets
		window.scrolled = [...moving.querySelectorAll("*")].map((e, n) => [n, e.scrollTop]).filter(([, top]) => top > 0);
		window.scrollAsBefore = (panel) => { for (const [n, top] of scrolled) panel.querySelectorAll("*")[n].scrollTop = top; };
		for (const over of still.querySelectorAll(".dock, .ringing, .notices")) over.style.position = "static";
		moving.replaceWith(still);
		scrollAsBefore(still);
	})()`, nil)
	do()
	f.eval(`(() => {
		still.replaceWith(moving);
		scrollAsBefore(moving);
		moving.querySelector(".cases")?.dispatchEvent(new Event("scroll"));
	})()`, nil)
}

// hasNoViolations lets axe-core look at a part of the page at each width.
func (f frame) hasNoViolations(part string, widen func(width int), widths ...int) {
	f.t.Helper()
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	require.NoError(f.t, err, "make test-e2e installs it")
	require.NoError(f.t, f.evaluate("(() => {"+string(axe)+"\n})() ?? 'null'", nil))
	for _, width := range widths {
		widen(width)
		f.screenshot(fmt.Sprintf("%s %d", f.t.Name(), width))
		var found []string
		f.await(`axe.run(`+part+`, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
			rules: {"target-size": {enabled: true}}, // which axe leaves out by itself
			resultTypes: ["violations"],
		}).then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => id + " at " + target + ": " + failureSummary)))`, &found)
		assert.Empty(f.t, found, "at %d px", width)
	}
}

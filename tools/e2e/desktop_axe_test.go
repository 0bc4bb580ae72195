package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// desktopState is a state of the desktop's page that show leads to from an empty
// page.
type desktopState struct {
	name  string
	query string // of the page; %s stands for the origin of a widget in JavaScript
	show  func(desktop, widget frame)
}

var desktopStates = []desktopState{
	{"empty", "", func(frame, frame) {}},
	{"a shift", "", func(desktop, _ frame) {
		desktop.eval("["+shift+","+customer+"]", nil)
		desktop.until(shows(".state", "HELD"))
	}},
	{"scenarios", "", func(desktop, _ frame) {
		desktop.press("Scenarios")
		desktop.press("First call")
		desktop.until(shows("#playing-text", "step 2 of 5, answer"))
	}},
	{"a copied test", "", func(desktop, _ frame) {
		desktop.press("Ring a call")
		desktop.press("Scenarios")
		desktop.press("Copy as Go test")
		desktop.until(`document.querySelector("#copied").value.includes("func TestScenario")`)
	}},
	{"an unknown scenario", "?scenario=nope", func(desktop, _ frame) { desktop.see(`There is no scenario "nope"`) }},
	{"configuration", "", func(desktop, _ frame) {
		desktop.press("Configuration")
		desktop.fill("Employee id", "")
	}},
	{"faults", "", func(desktop, _ frame) {
		desktop.eval(`[wweHost.fault({kind: "delay"}), wweHost.fault({topic: "agent", kind: "twice", next: 2})]`, nil)
		desktop.press("Faults (2)")
	}},
	{"messages", "", func(desktop, _ frame) {
		desktop.eval(`[wweHost.fault({request: "interaction.accept", refuse: "Not allowed"}), wweHost.ring({ani: "1"})]`, nil)
		desktop.until(shows("#messages", "RINGING"))
		desktop.click(`document.querySelector("#messages summary")`)
	}},
	{"a diagram", "", func(desktop, _ frame) {
		desktop.press("Ring a call")
		desktop.press("Answer")
		desktop.until(shows("#messages", "ESTABLISHED"))
		desktop.press("Diagram")
		desktop.until(shows("#sequence", "Widget 1"))
	}},
	{"an unreachable widget", "?widget=http://localhost:1/", func(desktop, _ frame) { desktop.see("No server answers at http://localhost:1.") }},
	{"a widget on all of the page", "", func(desktop, _ frame) {
		desktop.press("Full")
		desktop.until(`!document.querySelector("#cases").checkVisibility()`)
	}},
	{"a toast and a dialog", "?widget=%s/", func(desktop, widget frame) {
		widget.until("seen.length === 2")
		widget.request("system.popupToast", `[{title: "Order", message: "Paid", keyValues: {Total: 99}, buttons: ["Open"]}]`)
		widget.request("system.openDialog", `[location.origin + "/d", {label: "Order"}]`)
		desktop.until(shows(".dialog", "Order"))
	}},
	{"one widget for each interaction", "?mode=interaction", func(desktop, _ frame) {
		desktop.press("Ring a call")
		desktop.press("Answer")
		desktop.until(shows("#widget-list", "Show"))
	}},
}

func TestAxeFindsNothingInAnyStateOfTheDesktop(t *testing.T) {
	inEachScheme(t, func(t *testing.T, tab drive.Browser) {
		widgetOrigin := serveTheirs(t)
		origin, _ := start(t)
		for _, state := range desktopStates {
			t.Run(state.name, func(t *testing.T) {
				require.NoError(t, tab.Resize(1280, 720))
				query := state.query
				if state.name == "a toast and a dialog" {
					query = fmt.Sprintf(query, widgetOrigin)
				}
				require.NoError(t, tab.Navigate(origin+"/"+query))
				desktop := outer(t, tab, origin)
				desktop.isReady()
				if query == "" {
					desktop.until(shows("#messages", "subscription")) // the panel gets events from now on
				}
				state.show(desktop, inner(t, tab, widgetOrigin))
				desktop.hasNoViolations(`{exclude: [["iframe"]]}`, desktop.widen, 1280, 900)
			})
		}
	})
}

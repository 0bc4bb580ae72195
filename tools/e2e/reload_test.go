package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reload is the person's press on F5.
func (f frame) reload() {
	f.t.Helper()
	require.NoError(f.t, f.tab.Reload())
	f.isReady()
}

// isReady waits for the desktop to have loaded.
func (f frame) isReady() {
	f.t.Helper()
	f.until("window.wweHostCall && document.querySelector('#loading').textContent === ''")
}

func TestAReloadOfTheDesktopKeepsItsWorld(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.configure({writeAllowed: "Reason", silentUnsubscribe: true})`, nil)
	desktop.eval(`wweHost.agentState("Dnd").type`, nil)
	desktop.eval(`wweHost.loadCampaign({name: "Spring"})`, nil)
	desktop.eval(`wweHost.fault({request: "voice.dial", refuse: "no"})`, nil)
	desktop.screenshot("desktop-fresh")
	desktop.press("Ring a call")
	panel.press("Accept")
	desktop.until(shows(".state", "TALKING"))
	before := held(desktop)
	require.Len(t, before, 1)

	desktop.reload()
	after := held(desktop)
	require.Len(t, after, 1)
	assert.Equal(t, "TALKING", after[0].State)
	assert.Equal(t, before[0].InteractionUUID, after[0].InteractionUUID)
	assert.NotEqual(t, before[0].InteractionID, after[0].InteractionID)
	desktop.until(shows(".card .state", "TALKING"))
	panel.see("Talking")
	desktop.see("As before the reload, but interactions have new ids.")
	desktop.until(`wweHost.config().writeAllowed === "Reason" && wweHost.config().silentUnsubscribe`)
	desktop.until(`wweHost.agentState().operationName === "Dnd" && document.querySelector("#agent-state").value === "Dnd"`)
	desktop.until(`wweHost.faults()[0].refuse === "no"`)
	var refusal string
	desktop.eval(`(() => { try { wweHost.loadCampaign({name: "Spring"}) } catch (e) { return e.message } })()`, &refusal)
	assert.Contains(t, refusal, "is loaded already")
	desktop.press("Configuration")
	desktop.eval(`document.querySelector("[name=holdOthers]").scrollIntoView({block: "center"})`, nil)
	desktop.screenshot("desktop-reloaded")

	t.Run("and the call goes on", func(t *testing.T) {
		panel := panel.in(t)
		panel.press("Hang up")
		desktop.in(t).until(shows(".state", "IDLE"))
	})
	t.Run("until the person starts over", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.press("Start over")
		desktop.see("No interactions.")
		desktop.unsee("As before the reload")
		desktop.reload()
		desktop.see("No interactions.")
		desktop.until(`wweHost.config().writeAllowed === "*"`)
	})
}

func TestADesktopThatStartsOver(t *testing.T) {
	t.Run("by ?fresh at each reload", func(t *testing.T) {
		desktop, _ := inDesktop(t, "?fresh")
		desktop.press("Ring a call")
		desktop.until(shows(".state", "RINGING"))
		desktop.reload()
		desktop.see("No interactions.")
	})
	t.Run("because the person came to it by its address", func(t *testing.T) {
		desktop, _ := inDesktop(t, "")
		desktop.press("Ring a call")
		desktop.until(shows(".state", "RINGING"))
		require.NoError(t, desktop.tab.Navigate(desktop.origin))
		desktop.isReady()
		desktop.see("No interactions.")
	})
	for name, c := range map[string]struct{ spoil, says string }{
		"because what was kept cannot be read": {
			`addEventListener("pagehide", () => sessionStorage.setItem("wwebridge.world", '{"version":1,"lastId":"x"}'))`,
			"cannot be read, so WWE starts over: wwetest: Load: lastId has the wrong type",
		},
		"because it is another version's": {
			`addEventListener("pagehide", () => sessionStorage.setItem("wwebridge.world", '{"version":99}'))`,
			"cannot be read, so WWE starts over: wwetest: Load: it is of version 99, not 1",
		},
		"because there was no room": {
			`(() => {
				const set = Storage.prototype.setItem;
				Storage.prototype.setItem = function (name, value) {
					if (value.length > 100) { throw new DOMException("full", "QuotaExceededError"); }
					return set.call(this, name, value);
				};
			})()`,
			"too large to keep, so WWE starts over",
		},
	} {
		t.Run(name+", and says so", func(t *testing.T) {
			desktop, _ := inDesktop(t, "")
			desktop.press("Ring a call")
			desktop.until(shows(".state", "RINGING"))
			desktop.eval("void "+c.spoil, nil)
			desktop.reload()
			desktop.see(c.says)
			desktop.see("No interactions.")
			desktop.press("Ring a call")
			desktop.until(shows(".state", "RINGING"))
			desktop.reload()
			desktop.until(shows(".state", "RINGING"))
		})
	}
	t.Run("because the browser keeps nothing, and says so", func(t *testing.T) {
		desktopOrigin, _ := start(t)
		tab := browser(t)
		require.NoError(t, tab.Preload(`for (const kind of ["localStorage", "sessionStorage"]) {
				Object.defineProperty(window, kind, {get() { throw new DOMException("denied", "SecurityError"); }});
			}`))
		require.NoError(t, tab.Navigate(desktopOrigin))
		desktop := outer(t, tab, desktopOrigin)
		desktop.isReady()
		desktop.see("This browser keeps nothing for the page: a reload starts over.")
		desktop.press("Ring a call")
		desktop.until(shows(".state", "RINGING"))
		desktop.reload()
		desktop.see("No interactions.")
	})
}

package e2e

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// interaction is what window.wweHost.interactions() tells of one.
type interaction struct {
	InteractionID, InteractionUUID string
	State                          string
	UserData                       map[string]any
}

func held(desktop frame) []interaction {
	var all []interaction
	desktop.eval("wweHost.interactions()", &all)
	return all
}

func TestACallFromRingingToMarkedDone(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.screenshot("1-empty")

	desktop.fill("Number that calls", "+33 6 12 34 56 78")
	desktop.press("Ring a call")
	desktop.see("RINGING")
	panel.see("+33 6 12 34 56 78")
	panel.see("Ringing")
	panel.see("CustomerSegment")
	assert.False(t, panel.has("Mark done"), "a call that rings cannot be marked done")
	desktop.screenshot("2-ringing")

	panel.press("Accept")
	desktop.see("TALKING")
	panel.see("Talking")
	panel.until("!" + named("button", "Accept"))

	panel.fill("Key", "Reason")
	panel.fill("Value", "Billing <b>question</b>")
	panel.press("Add user data")
	desktop.see("Billing <b>question</b>")
	panel.see("Billing <b>question</b>")
	require.Len(t, held(desktop), 1)
	assert.Equal(t, map[string]any{"CustomerSegment": "Gold", "Reason": "Billing <b>question</b>"}, held(desktop)[0].UserData)
	desktop.screenshot("3-user-data")

	panel.press("Delete CustomerSegment")
	panel.unsee("CustomerSegment")
	assert.Equal(t, map[string]any{"Reason": "Billing <b>question</b>"}, held(desktop)[0].UserData)

	desktop.press("Hang up")
	desktop.see("IDLE")
	panel.see("Ended")
	panel.press("Mark done")
	panel.see("No interactions.")
	desktop.see("No interactions.")
	assert.Empty(t, held(desktop))
	assert.Less(t, readings(desktop), 10, "the panel follows events and does not poll")
}

// readings counts how often the widget has asked for all interactions.
func readings(desktop frame) int {
	var count int
	desktop.eval(`[...document.querySelectorAll("#messages .from-widget .name")].filter(m => m.textContent === "interaction.getInteractions").length`, &count)
	return count
}

func TestThePanelFollowsWhatHappensInTheDesktop(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Ring a call")
	panel.see("Ringing")
	panel.press("Accept")
	panel.see("Talking")
	panel.fill("Key", "half")
	panel.fill("Value", "typed")
	desktop.eval(`wweHost.ring({ani: "second caller", userData: {"k": "v"}})`, nil)
	panel.see("second caller")
	panel.until(named("input", "Key") + `.value === "half"`)
	panel.until(`document.activeElement === ` + named("input", "Value"))
	desktop.eval(`wweHost.hangUp("2")`, nil)
	panel.unsee("second caller")
	desktop.press("Hang up")
	panel.see("Ended")
	desktop.press("Done")
	panel.see("No interactions.")
	desktop.see("MARK_DONE")
}

func TestOnlyACompleteEntryIsAdded(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	panel.see("Ringing")
	panel.press("Add user data")
	panel.fill("Key", "k")
	panel.press("Add user data")
	panel.until(named("button", "Delete k"))
	assert.Equal(t, map[string]any{"k": ""}, held(desktop)[0].UserData, "the empty key was not added")
}

func TestACallIsRejectedFromThePanel(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	var id string
	desktop.eval(`wweHost.ring({ani: "+1 555 0100", userData: {"__proto__x": 1}})`, &id)
	assert.Equal(t, "1", id)
	panel.press("Reject")
	panel.see("No interactions.")
	assert.Empty(t, held(desktop))
}

func TestScriptsDriveTheHost(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	var id string
	desktop.eval(`wweHost.ring(JSON.parse('{"ani": "1", "userData": {"__proto__": {"a": "é😀"}, "n": [1, null]}}'))`, &id)
	all := held(desktop)
	require.Len(t, all, 1)
	assert.Equal(t, map[string]any{"__proto__": map[string]any{"a": "é😀"}, "n": []any{1.0, nil}}, all[0].UserData)
	panel.see("__proto__")
	desktop.eval(`wweHost.hangUp("`+id+`")`, nil)
	panel.see("No interactions.")

	for script, want := range map[string]string{
		`wweHost.hangUp("404")`:       `no interaction has the id "404"`,
		`wweHost.hangUp()`:            "hangUp takes the id of an interaction",
		`wweHost.ring("1")`:           "ring takes an object",
		`wweHost.ring({ani: 1})`:      "ring: ani has the wrong type",
		`wweHost.ring({tel: "1"})`:    "ring knows no option tel",
		`wweHost.ring({userData: 1})`: "ring: userData has the wrong type",
	} {
		var thrown string
		desktop.eval(`(() => { try { `+script+` } catch (e) { return e instanceof Error ? e.message : "not an Error" } })()`, &thrown)
		assert.Contains(t, thrown, want)
	}
}

// The forger is a second iframe with the very page of the widget, of the right
// origin but not the right window.
func TestMessagesFromAnotherFrameChangeNothing(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "the real caller"})`, nil)
	panel.see("the real caller")
	forger := panel
	forger.page.Nth = 1
	desktop.eval(`(() => { const f = document.createElement("iframe"); f.src = `+quoted(panel.origin)+`; document.body.append(f) })()`, nil)
	forger.see("WWE does not answer") // the desktop does not answer it

	forger.eval(`parent.postMessage({request: "interaction.accept", parameters: ["1"], referenceId: "0",
		userAgent: "WWE Client", protocolVersion: 2}, "*")`, nil)
	for n := range 20 {
		// The panel's own ids cannot be guessed; but suppose that they were.
		forger.eval(fmt.Sprintf(`parent.frames[0].postMessage({request: "interaction.getInteractions", referenceId: "go-%d",
			data: [{interactionId: "6", state: "FORGED"}], userAgent: "WWE Server", protocolVersion: 2}, "*")`, n), nil)
	}
	desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
	panel.see("the next caller")
	panel.unsee("FORGED")
	assert.Equal(t, "RINGING", held(desktop)[0].State)
}

func TestThePanelOpenedAloneSaysWhatItIs(t *testing.T) {
	_, widgetOrigin := start(t)
	tab := browser(t)
	require.NoError(t, tab.Resize(600, 500))
	require.NoError(t, tab.Navigate(widgetOrigin))
	panel := outer(t, tab, widgetOrigin)
	panel.see("This page is an agent panel")
	panel.see("make run")
	panel.see("Not inside WWE.")
	panel.screenshot("4-alone")

	t.Run("with the client file too", func(t *testing.T) {
		client := standIn(t, standInClient)
		_, widgetOrigin := start(t, func(p *web.Pages) {
			p.Root = beside{p.Root, fstest.MapFS{"wwe-service-client-api.js": {Data: []byte(client)}}}
		})
		require.NoError(t, tab.Navigate(widgetOrigin+"/?client=object"))
		panel := outer(t, tab, widgetOrigin)
		panel.see("This page is an agent panel")
		panel.see("Not inside WWE.")
	})
}

func TestThePanelOverTheClientObject(t *testing.T) {
	t.Run("works with the client file beside its page", func(t *testing.T) {
		client := standIn(t, standInClient)
		desktop, panel := inDesktop(t, "?client=object", func(p *web.Pages) {
			p.Root = beside{p.Root, fstest.MapFS{"wwe-service-client-api.js": {Data: []byte(client)}}}
		})
		panel.until("genesys.wwe.service.interaction")
		desktop.press("Ring a call")
		panel.press("Accept")
		desktop.see("TALKING")
		panel.see("Talking")
	})
	t.Run("says what is missing without it", func(t *testing.T) {
		desktopOrigin, widgetOrigin := start(t, func(p *web.Pages) { p.Root = beside{p.Root, fstest.MapFS{}} })
		tab := browser(t)
		require.NoError(t, tab.Navigate(desktopOrigin+"/?client=object"))
		inner(t, tab, widgetOrigin).see("load Genesys' wwe-service-client-api.js into the page")
	})
}

// beside is a project with or without the client file at its top level, whatever the checkout has.
type beside struct {
	project fs.FS
	client  fstest.MapFS
}

func (b beside) Open(name string) (fs.File, error) {
	if name == "wwe-service-client-api.js" {
		return b.client.Open(name)
	}
	return b.project.Open(name)
}

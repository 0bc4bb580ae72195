package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// WWE goes on while a person presses a button: the press counts for what the
// person sees, and never for anything else.
func TestAPressActsOnWhatWasPressed(t *testing.T) {
	const (
		first    = `wweHost.ring({ani: "first caller", userData: {Order: "1"}})`
		second   = `wweHost.ring({ani: "second caller", userData: {Order: "2"}})`
		answered = `wweHost.answer(` + first + `)`
		both     = answered + `, wweHost.answer(` + second + `), wweHost.resume("1"), wweHost.selectCase(wweHost.interaction("1").caseId)`
	)
	row := func(who, selector string) string {
		return `[...document.querySelectorAll(".row")].find(e => e.innerText.includes(` + quoted(who) + `)).querySelector(` + quoted(selector) + `)`
	}
	action := func(name string) string {
		return `document.querySelector(".dock [data-action=` + name + `]:not([hidden])")`
	}
	tests := []struct {
		promise   string
		before    string // in the desktop
		press     string // in the panel
		meanwhile string // in the desktop
		sent      string // by the panel: what it asks for, and of which interaction
	}{
		{"accept, while the call above it goes", first + ", " + second, row("second caller", "[data-action=accept]"), `wweHost.reject("1")`, "interaction.accept 2"},
		{"accept, while another call rings", first, row("first caller", "[data-action=accept]"), second, "interaction.accept 1"},
		{"accept, while the call goes", first + ", " + second, row("first caller", "[data-action=accept]"), `wweHost.reject("1")`, ""},
		{"accept, while the call is answered elsewhere", first, row("first caller", "[data-action=accept]"), `wweHost.answer("1")`, ""},
		{"hold, while another call rings", answered, action("hold"), second, "voice.hold 1"},
		{"hold, while WWE selects another call", both, action("hold"), `wweHost.selectCase(wweHost.interaction("2").caseId)`, "voice.hold 1"},
		{"hold, while the call ends", answered, action("hold"), `wweHost.hangUp("1")`, ""},
		{"hold, while the call is held elsewhere", answered, action("hold"), `wweHost.hold("1")`, ""},
		{"mark done, while another call rings", answered + `, wweHost.hangUp("1")`, action("markDone"), second, "interaction.markdone 1"},
		{"delete user data, while more of it comes", answered, `document.querySelector("[aria-label='Delete Order']")`, `wweHost.setUserData("1", {Another: "1", Beside: "2"})`, "interaction.deleteUserData 1"},
		{"a row of the list, while the one above it goes", first + ", " + second, row("second caller", ".select"), `wweHost.reject("1")`, "interaction.selectCaseByCaseId 2"},
	}
	desktop, panel := inDesktop(t, "")
	for _, test := range tests {
		for _, way := range []string{"mouse", "Space"} {
			t.Run(test.promise+", by "+way, func(t *testing.T) {
				desktop, panel := desktop.in(t), panel.in(t)
				reload(desktop, panel)
				panel.widen(258)
				panel.eval(`void (window.told = 0, ["changed", "selected"].forEach(what => document.addEventListener("wwe-interaction-" + what, () => { told++; })))`, nil)
				var count int
				desktop.eval("["+test.before+"] && wweHost.interactions().length", &count)
				panel.until(fmt.Sprintf(`document.querySelectorAll(".row").length === %d`, count))
				panel.until(shows(".dock h2", "first caller") + ` && !document.querySelector("[aria-busy=true]")`)
				desktop.eval(`void (window.caseOf = Object.fromEntries(wweHost.interactions().map(i => [i.caseId, i.interactionId])), window.earlier = wweHost.requests().length)`, nil)
				meanwhile := func() {
					panel.eval("void (told = 0)", nil)
					desktop.eval("["+test.meanwhile+"]", nil)
					panel.until("told > 0")
					panel.frames(10) // in which it would be drawn
				}
				if way == "mouse" {
					panel.hold(test.press, meanwhile)
				} else {
					person{panel: panel}.tabTo(test.press)
					panel.until("!" + settling(test.press))
					require.NoError(t, panel.tab.HoldKey(panel.page, drive.Space, meanwhile))
				}
				const asked = `wweHost.requests().slice(earlier).filter(r => ["accept", "hold", "resume", "hangUp", "markdone", "deleteUserData", "selectCaseByCaseId"].includes(r.name.split(".")[1]))
					.map(r => r.name + " " + (caseOf[r.parameters[0]] ?? r.parameters[0]))`
				sent := asked
				if !strings.Contains(test.sent, "selectCase") { // which accepting does too
					sent += `.filter(r => !r.includes("selectCase"))`
				}
				if test.sent != "" {
					desktop.until(sent + `.length > 0`)
				}
				panel.until(`!document.querySelector("[aria-busy=true]")`)
				panel.frames(10) // in which more would be sent
				var all []string
				desktop.eval(sent, &all)
				assert.Equal(t, test.sent, strings.Join(all, ", "))
			})
		}
	}
	noComplaints(t, desktop.tab)
}

// A form that was sent closes when WWE answers, and with it moves what is below.
func TestAPressActsOnWhatWasPressedWhileAFormCloses(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval("["+call+`, wweHost.fault({request: "interaction.blockMarkdone", kind: "delay", delay: 1500})]`, nil)
	panel.until(named("button", "Hold"))
	unfold("More")(panel)
	panel.press("Block mark done")
	panel.fill("Message", "Fill in the form")
	panel.eval(`void addEventListener("message", ({ data }) => { window.isAnswered ||= data.request === "interaction.blockMarkdone"; })`, nil)
	panel.press("Block mark done")
	panel.until(`document.querySelector(".ask [aria-busy=true]")`)
	panel.hold(named("button", "Edit Order"), func() {
		panel.until("window.isAnswered")
		panel.frames(10)
	})
	panel.until(`document.querySelector("form.edit")?.checkVisibility()`)
	panel.until(`!document.querySelector(".ask").checkVisibility()`)
}

// A press that never ends must not keep a call from the agent.
func TestARingIsSeenAlthoughThePressNeverEnds(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(call, nil)
	panel.hold(named("button", "Hold"), func() {
		desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
		panel.until(shows(".row", "the next caller"))
	})
}

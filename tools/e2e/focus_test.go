package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/tools/drive"
)

// Who works by keyboard would have to begin at the top of the page.
func TestTheFocusIsNeverLost(t *testing.T) {
	const gone = `!document.querySelector(".dock").checkVisibility() && !document.querySelector(".detail")`
	tests := []struct {
		promise string
		before  string // in the desktop
		do      func(p person)
		after   string // true in the panel then
	}{
		{"when the button goes that was pressed", ring, func(p person) { p.press("Accept") }, "!" + named("button", "Accept")},
		{"when another takes its place", call, func(p person) { p.press("Hold") }, named("button", "Resume")},
		{"when a call is hung up", call, func(p person) { p.press("Hang up") }, named("button", "Mark done")},
		{"when the last interaction is done", call + `, wweHost.hangUp("1")`, func(p person) { p.press("Mark done") }, gone},
		{"when one of two is done", call + `, wweHost.ring({ani: "next"}), wweHost.hangUp("1")`, func(p person) { p.press("Mark done") }, textOf(".dock h2", "next")},
		{"when the last interaction is rejected", ring, func(p person) { p.press("Reject") }, gone},
		{"when a failure is dismissed", call + ", " + refuseHold, func(p person) { p.press("Hold"); p.press("Dismiss") }, `!document.querySelector(".failure")`},
		{"when the failure of the agent's state is dismissed", `wweHost.fault({request: "agent.setState", refuse: "not now"})`, func(p person) {
			p.panel.choose("Agent state", "Lunch")
			p.press("Dismiss")
		}, `!document.querySelector(".failure")`},
		{"when a form is cancelled", call, func(p person) { p.press("Consult"); p.press("Cancel") }, `!document.querySelector(".ask").checkVisibility()`},
		{"when a form is left by Escape", call, func(p person) { p.more(); p.press("Block mark done"); p.panel.key(drive.Escape) }, `!document.querySelector(".ask").checkVisibility()`},
		{"when a form has been sent", call, func(p person) { p.press("Transfer"); p.fill("Destination", "1002"); p.press("Transfer") }, named("button", "Mark done")},
		{"when mark done is blocked", call, func(p person) {
			p.more()
			p.press("Block mark done")
			p.fill("Message", "first the form")
			p.press("Block mark done")
		}, named("button", "Unblock mark done")},
		{"when user data is deleted", call, func(p person) { p.press("Delete Order") }, "!" + textOf("table", "Order") + ` && document.activeElement.matches(".detail input")`},
		{"when the last user data is deleted", `wweHost.answer(wweHost.ring({ani: "1", userData: {Only: "1"}}))`, func(p person) { p.press("Delete Only") }, shows(".data", "No user data.")},
		{"when user data is saved", call, func(p person) { p.press("Edit Order"); p.fill("Value", "4712"); p.press("Save") }, textOf("table", "4712") + " && " + named("button", "Edit Order")},
		{"when editing is cancelled", call, func(p person) { p.press("Edit Order"); p.press("Cancel") }, named("button", "Edit Order")},
		{"when user data is added", call, func(p person) { p.fill("Key", "Reason"); p.fill("Value", "x"); p.press("Add user data") }, named("button", "Edit Reason")},
		{"when the connection is there again", call + `, wweHost.fault({kind: "silence"}), wweHost.emit("interaction", {})`, func(p person) {
			p.press("Hold")
			p.tabTo(named("button", "Try again"))
		}, ""},
	}
	desktop, panel := inDesktop(t, "", impatient)
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			desktop.eval("["+test.before+"]", nil)
			test.do(person{panel, true})
			if test.after == "" {
				desktop.eval("wweHost.clearFaults()", nil)
				panel.key(drive.Enter)
				test.after = "!" + named("button", "Try again")
			}
			panel.until(test.after)
			var at string
			panel.eval(`document.activeElement.checkVisibility() ? document.activeElement.tagName : "hidden"`, &at)
			assert.NotEqual(t, "BODY", at)
			assert.NotEqual(t, "hidden", at)
		})
	}
}

// What is opened while the panel is being drawn stays open.
func TestASectionOpensAtAnyMoment(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(call, nil)
	panel.until(`document.querySelector("[data-section=details]") && document.querySelector("[data-section=history]").checkVisibility()`)
	panel.eval(`(() => {
		const summary = (name) => document.querySelector("[data-section=" + name + "] > summary");
		addEventListener("toggle", () => requestAnimationFrame(() => summary("history").click()), {capture: true, once: true}); // just before it is drawn
		summary("details").click();
	})()`, nil)
	panel.until(`document.querySelector("[data-section=details]").open && document.querySelector("[data-section=history]").open`)
}

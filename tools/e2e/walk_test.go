package e2e

import (
	"fmt"
	"testing"

	"wwebridge/web"
)

// step is a step of the agent's hour.
type step struct {
	name   string
	reload bool          // the person presses F5 first
	wwe    string        // what happens in the desktop first
	do     func(h hands) // what the agent does then in the panel
	wait   string        // true in the desktop afterwards
	sees   string        // true in the panel afterwards
	fails  string        // the failure that the panel shows then; otherwise it shows none
	axe    bool          // axe looks at the panel here
}

const (
	mine    = `wweHost.interactions()[0]` // the customer's interaction
	other   = `wweHost.interactions()[1]` // the consultation about it
	nothing = `wweHost.interactions().length === 0`
	marie   = "+33 6 12 34 56 78"
)

func pressing(buttons ...string) func(hands) {
	return func(h hands) {
		for _, button := range buttons {
			h.press(button)
		}
	}
}

// asking asks a colleague by the form of an action.
func asking(action, destination string) func(hands) {
	return func(h hands) {
		h.press(action)
		h.fill("Destination", destination)
		h.submit(action)
	}
}

func closing(disposition string) func(hands) {
	return func(h hands) {
		h.choose("Disposition", disposition)
		h.press("Mark done")
	}
}

// The agent's hour, of which each step begins where the last one ended.
var hour = []step{
	{name: "lunch is over", do: func(h hands) { h.become("Ready") }, wait: `wweHost.agentState().operationName === "Ready"`},

	// A call, with a colleague.
	{name: "a customer calls", wwe: ring, sees: named("button", "Accept"), axe: true},
	{name: "accept", do: pressing("Accept"), wait: mine + `.state === "TALKING"`, sees: named("button", "Hold")},
	{name: "note a reason", do: func(h hands) {
		h.fill("Key", "Reason")
		h.fill("Value", "Billing")
		h.press("Add user data")
	}, wait: mine + `.userData.Reason === "Billing"`, sees: named("button", "Edit Reason"), axe: true},
	{name: "hold", do: pressing("Hold"), wait: mine + `.state === "HELD"`, sees: named("button", "Resume")},
	{name: "retrieve", do: pressing("Resume"), wait: mine + `.state === "TALKING"`, sees: named("button", "Hold")},
	{name: "dial a colleague", do: asking("Consult", "1002"), wait: other + `?.state === "DIALING"`, sees: named("button", "End consultation")},
	{name: "cancel the consultation", do: pressing("End consultation"), wait: `wweHost.interactions().length === 1 && ` + mine + `.state === "HELD"`, sees: named("button", "Resume")},
	{name: "excuse the wait", do: pressing("Resume"), wait: mine + `.state === "TALKING"`, sees: named("button", "Consult")},
	{name: "dial the colleague again", do: asking("Consult", "1002"), wait: other + `?.state === "DIALING"`, sees: named("button", "End consultation")},
	{name: "the colleague answers", wwe: `wweHost.answer(` + other + `.interactionId)`, sees: named("button", "Complete conference"), axe: true},
	{name: "back to the customer", do: pressing("Back to " + marie), wait: mine + `.state === "TALKING" && ` + other + `.state === "HELD"`, sees: named("button", "Complete conference")},
	{name: "all together", do: pressing("Complete conference"), wait: mine + `.parties.length === 2 && wweHost.interactions().length === 1`, sees: named("button", "Hang up")},
	{name: "the disposition, while they talk", do: func(h hands) {
		h.open("Wrap-up")
		h.choose("Disposition", "sold")
	}, wait: mine + `.userData.DispositionCode === "sold"`},
	{name: "hang up", do: pressing("Hang up"), wait: mine + `.state === "IDLE"`, sees: shows(".wrapup h3", "Wrap-up"), axe: true},
	{name: "a note", do: func(h hands) { h.fill("Note", "wants two"); h.press("Mark done") }, wait: nothing, sees: shows(".standing", "No interactions.")},

	// A call that a colleague takes.
	{name: "the next customer calls", wwe: ring, do: pressing("Accept"), wait: mine + `.state === "TALKING"`, sees: named("button", "Consult")},
	{name: "consult", do: asking("Consult", "1003"), wait: other + `?.state === "DIALING"`},
	{name: "the colleague takes it", wwe: `wweHost.answer(` + other + `.interactionId)`, do: pressing("Complete transfer"), wait: mine + `.state === "IDLE" && wweHost.interactions().length === 1`, sees: named("button", "Mark done")},
	{name: "wrap up the transfer", do: closing("Not interested"), wait: nothing, sees: shows(".standing", "No interactions.")},

	// A call that goes elsewhere at once.
	{name: "a wrong number", wwe: ring, do: pressing("Accept"), wait: mine + `.state === "TALKING"`, sees: named("button", "Transfer")},
	{name: "think better of it", do: func(h hands) {
		h.press("Transfer")
		h.press("Cancel")
	}, sees: named("button", "Transfer")},
	{name: "transfer", do: func(h hands) {
		h.press("Transfer")
		h.choose("Target", "Phone number")
		h.fill("Destination", "+49 30 901820")
		h.submit("Transfer")
	}, wait: mine + `.state === "IDLE"`, sees: named("button", "Mark done")},
	{name: "wrap up the wrong number", do: closing("Not interested"), wait: nothing},

	// A chat, an email and a campaign. Their texts are in WWE itself, not in its API.
	{name: "a chat", wwe: `wweHost.chat({from: "Ann Smith"})`, do: pressing("Accept"), wait: mine + `.state === "HISTORY_DONE"`, sees: textOf(".dock h2", "Ann Smith")},
	{name: "the customer leaves the chat", wwe: `wweHost.hangUp(` + mine + `.interactionId)`, sees: named("button", "Mark done")},
	{name: "wrap up the chat", do: closing("sold"), wait: nothing},
	{name: "an email", wwe: `wweHost.email({from: "bob@example.com", subject: "My order"})`, do: pressing("Accept"), wait: mine + `.state === "ACCEPTED"`, sees: textOf(".dock h2", "My order"), axe: true},
	{name: "done with the email", do: closing("sold"), wait: nothing},
	{name: "a preview", wwe: `wweHost.preview({campaign: "Renewals", phone: "+1 212 555 0100"})`, sees: named("button", "Accept"), axe: true},
	{name: "take the preview", do: pressing("Accept"), wait: mine + `.state === "READY"`, sees: shows(".dock .chip", "Ready")},
	{name: "call the preview", do: pressing("Call"), wait: other + `?.state === "DIALING"`, sees: named("button", "Hang up")},
	{name: "the customer answers", wwe: `wweHost.answer(` + other + `.interactionId)`, sees: named("button", "Hold")},
	{name: "end the call", do: pressing("Hang up"), wait: other + `.state === "IDLE"`, sees: dispositionField},
	{name: "wrap up the call", do: closing("Not interested"), wait: `wweHost.interactions().length === 1`, sees: shows(".dock .chip", "Ready")},
	{name: "done with the preview", do: closing("Not interested"), wait: nothing},

	// A WWE in trouble.
	{name: "a call in a bad moment", wwe: ring, do: pressing("Accept"), sees: named("button", "Hold")},
	{name: "WWE refuses", wwe: refuseHold, do: pressing("Hold"), fails: "The switch has no resources", axe: true},
	{name: "try again", wwe: `wweHost.clearFaults()`, do: pressing("Hold"), wait: mine + `.state === "HELD"`, sees: named("button", "Resume")},
	{name: "WWE does not answer", wwe: `wweHost.fault({request: "voice.resume", kind: "ignore"})`, do: pressing("Resume"), fails: "WWE did not answer in time."},
	{name: "dismiss that and try again", wwe: `wweHost.clearFaults()`, do: pressing("Dismiss", "Resume"), wait: mine + `.state === "TALKING"`, sees: named("button", "Hold")},
	{name: "WWE is silent", wwe: `wweHost.fault({kind: "silence"})`, do: pressing("Hold"), fails: "WWE did not answer in time.", sees: shows(".standing", "Connection to WWE lost"), axe: true},
	{name: "WWE is there again", wwe: `wweHost.clearFaults()`, sees: shows(".standing", "Connected to WWE again"), do: pressing("Dismiss")},
	{name: "hold at last", do: pressing("Hold"), wait: mine + `.state === "HELD"`, sees: named("button", "Resume")},

	// WWE is reloaded in a call.
	{name: "the call goes on after a reload", reload: true, do: pressing("Resume"), wait: mine + `.state === "TALKING"`, sees: named("button", "Hang up")},
	{name: "and ends", do: pressing("Hang up"), wait: mine + `.state === "IDLE"`, sees: dispositionField},
	{name: "the last wrap-up", do: func(h hands) {
		h.fill("Note", "was cut off")
		h.choose("Disposition", "sold")
		h.press("Mark done")
	}, wait: nothing, sees: shows(".standing", "No interactions.")},
	{name: "lunch", do: func(h hands) { h.become("Lunch") }, wait: `wweHost.agentState().operationName === "NotReadyReason/Lunch"`},
}

func TestTheAgentsHourByMouse(t *testing.T) {
	except(t, "firefox", "it draws the open list of a select outside the page, where the driver's keys do not go")
	walk(t, func(panel frame) hands { return byMouse{person{panel, false}} })
}

func TestTheAgentsHourByKeyboard(t *testing.T) {
	walk(t, func(panel frame) hands { return byKeyboard{person{panel, true}, map[string]bool{}} })
}

func walk(t *testing.T, whose func(panel frame) hands) {
	desktop, panel := inDesktop(t, "", wrapsUp)
	hands := whose(panel)
	desktop.eval(`wweHost.configure({targetsAnswer: false, userDataAfterRelease: true})`, nil)
	desktop.eval(`wweHost.agentState("NotReadyReason/Lunch").type`, nil)
	panel.until(control("Agent state") + `.textContent.trim() === "Lunch"`)
	hands.arrive()
	for _, s := range hour {
		ok := t.Run(s.name, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			if s.reload {
				desktop.reload()
				panel.until(named("button", "Resume"))
				hands.in(t).arrive()
			}
			if s.wwe != "" {
				desktop.eval("["+s.wwe+"]", nil)
			}
			if s.do != nil {
				s.do(hands.in(t))
			}
			if s.wait != "" {
				desktop.until(s.wait)
			}
			if s.sees != "" {
				panel.until(s.sees)
			}
			panel.fares(s)
			if s.axe {
				panel.hasNoViolations("document", panel.widen, 258)
			}
			noComplaints(t, panel.tab)
		})
		if !ok {
			return // the next steps begin where this one ends
		}
	}
}

// fares checks what must be true after each step.
func (f frame) fares(s step) {
	f.t.Helper()
	f.until(`![...document.querySelectorAll("[aria-busy=true]")].some(e => e.checkVisibility())`)
	f.until(focusIsVisible)
	failures := 0
	if s.fails != "" {
		f.until(shows(".failure", s.fails))
		failures = 1
	}
	// A failure that was dismissed goes with the next drawing.
	f.until(fmt.Sprintf(`[...document.querySelectorAll(".failures .failure")].filter(e => e.checkVisibility()).length === %d`, failures))
}

const focusIsVisible = `(e => {
	const r = e.getBoundingClientRect();
	return e !== document.body && e.checkVisibility({visibilityProperty: true}) && e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2));
})(document.activeElement)`

// wrapsUp serves a panel that asks for a disposition and a note, and that waits four
// seconds for WWE.
func wrapsUp(p *web.Pages) {
	replace(p, "index.html", `<div id="panel">`, `<div id="panel" data-dispositions="sold, lost=Not interested" data-disposition-required="true" data-note-key="Note">`)
	replace(p, "web/page.js", "const options = {", "const options = { timeout: 4000,")
}

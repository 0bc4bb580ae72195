package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/tools/drive"
)

// theWidths are those of the narrowest panel, of WWE's own column, and of wider ones.
var theWidths = []int{200, 258, 320, 480}

// notePlaces notes where the buttons are that can be pressed. In a part of the
// panel that the event may push down, it leaves them out.
const notePlaces = `((width, leftOut) => {
	const controls = [...document.querySelectorAll(".wwe-panel :is(button, select, summary)")]
		.filter(e => e.checkVisibility() && !e.closest(leftOut || "none") && e.getAttribute("aria-disabled") !== "true");
	(window.places ??= {})[width] = new Map(controls.map(e => {
		const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
		return [e, {rect: [r.x, r.y, r.width, r.height].join(), x, y, isOnTop: e.contains(document.elementFromPoint(x, y))}];
	}));
	return controls.length;
})`

// movedPlaces says which of the buttons are in another place, and under which of
// them another one lies. In a slot, actions of one meaning take turns.
const movedPlaces = `((width, covers) => [...places[width]].flatMap(([e, was]) => {
	const name = (e) => (e.getAttribute("aria-label") ?? e.innerText) + " (" + (e.dataset.action ?? e.tagName) + ")";
	const r = e.getBoundingClientRect(), rect = [r.x, r.y, r.width, r.height].join();
	const stays = e.isConnected && e.checkVisibility() && e.getAttribute("aria-disabled") !== "true";
	if (stays && rect !== was.rect) return [name(e) + " was at " + was.rect + " and is at " + rect];
	const now = was.isOnTop && document.elementFromPoint(was.x, was.y)?.closest("button, select, summary, a, input");
	if (!now || now === e || now.closest(".slot") && now.closest(".slot") === e.closest(".slot") || now.closest(covers || "none")) return [];
	return [name(now) + " lies where " + name(e) + " was"];
}))`

func TestNothingMovesUnderTheHand(t *testing.T) {
	const (
		talking  = customer
		ringing  = `wweHost.ring({ani: "+33 6 12 34 56 78", dnis: "+33 800 10 20 30", userData: {Order: "4711"}})`
		selected = `, wweHost.selectCase(wweHost.interaction("1").caseId)`
		twoCalls = customer + `, wweHost.hold("1"), wweHost.answer(wweHost.ring({ani: "the second caller"}))`
		consult  = customer + `, wweHost.consult("1", "1002")`
		chat     = `wweHost.answer(wweHost.chat({from: "Ann Smith"}))`
		another  = `wweHost.ring({ani: "a caller with a name that is quite long"})`
	)
	tests := []struct {
		promise   string
		before    string // in the desktop
		shown     string // true in the panel then
		event     string // in the desktop
		happened  string // true in the panel then
		leftOut   string // what the event may push down: nobody keeps room for it
		mayCover  string // what lets presses through to what it covers, for a moment
		tolerates func(panel frame)
	}{
		{promise: "another call rings during a call", before: talking, shown: named("button", "Hold"), event: another, happened: named("button", "Accept")},
		{promise: "another call rings while one is on hold", before: talking + `, wweHost.hold("1")`, shown: named("button", "Resume"), event: another, happened: named("button", "Accept")},
		{promise: "a call rings while another one rings", before: ringing, shown: named("button", "Accept"), event: another, happened: `document.querySelectorAll(".ringing .row").length === 2`, mayCover: ".ringing"},
		{promise: "a call rings during a chat", before: chat, shown: named("button", "Transfer"), event: another, happened: named("button", "Accept")},
		{promise: "a chat comes during a call", before: talking, shown: named("button", "Hold"), event: `wweHost.chat({from: "Ann Smith"})`, happened: named("button", "Accept")},
		{promise: "a call rings during a consultation", before: consult, shown: named("button", "End consultation"), event: another, happened: named("button", "Accept")},
		{promise: "a call rings during wrap-up", before: talking + `, wweHost.hangUp("1")`, shown: named("button", "Mark done"), event: another, happened: named("button", "Accept")},
		{promise: "a call rings beside two", before: twoCalls + selected, shown: `document.querySelectorAll(".list .row").length === 2 && ` + textOf(".dock h2", "Durand"), event: another, happened: named("button", "Accept")},
		{promise: "the call that rings stops", before: talking + ", " + another + selected, shown: named("button", "Accept") + " && " + textOf(".dock h2", "Durand"), event: `wweHost.hangUp("2")`, happened: "!" + named("button", "Accept")},
		{promise: "the first of two that ring stops", before: ringing + ", " + another, shown: `document.querySelectorAll(".ringing .row").length === 2`, event: `wweHost.hangUp("1")`, happened: `document.querySelectorAll(".ringing .row").length === 1`, leftOut: ".detail, .history, .calling, .shortcuts"},
		{promise: "the call that rings is answered elsewhere", before: ringing, shown: named("button", "Accept"), event: `wweHost.answer("1")`, happened: named("button", "Hold")},
		{promise: "the call is held elsewhere", before: talking, shown: named("button", "Hold"), event: `wweHost.hold("1")`, happened: named("button", "Resume")},
		{promise: "the call is resumed elsewhere", before: talking + `, wweHost.hold("1")`, shown: named("button", "Resume"), event: `wweHost.resume("1")`, happened: named("button", "Hold")},
		{promise: "the customer hangs up", before: talking, shown: named("button", "Hold"), event: `wweHost.hangUp("1")`, happened: named("button", "Mark done"), leftOut: ".detail .add, .detail .fold, .history, .calling, .shortcuts"},
		{promise: "the dialled number answers", before: `wweHost.dial({dnis: "+49 30 901820"})`, shown: named("button", "Hang up"), event: `wweHost.answer("1")`, happened: named("button", "Hold")},
		{promise: "a consultation begins", before: talking, shown: named("button", "Consult"), event: `wweHost.consult("1", "1002")`, happened: named("button", "End consultation"), leftOut: ".detail, .history, .calling, .shortcuts"},
		{promise: "the colleague hangs up", before: consult, shown: named("button", "End consultation"), event: `wweHost.hangUp("2")`, happened: named("button", "Resume"), leftOut: ".detail, .list, .history, .calling, .shortcuts"},
		{promise: "the transfer is completed elsewhere", before: consult, shown: named("button", "Complete transfer"), event: `wweHost.completeTransfer("2")`, happened: named("button", "Mark done"), leftOut: ".detail, .list, .history, .calling, .shortcuts"},
		{promise: "the recording begins", before: talking, shown: named("button", "Hold"), event: `wweHost.do("1", "startRecording")`, happened: `document.querySelector(".dock .rec").checkVisibility()`},
		{promise: "somebody joins", before: talking, shown: named("button", "Hold"), event: `wweHost.addParty("1", {name: "boss"})`, happened: `document.querySelector(".detail")`},
		{promise: "more user data comes", before: talking, shown: named("button", "Edit Order"), event: `wweHost.setUserData("1", {Zone: "north"})`, happened: named("button", "Edit Zone"), leftOut: ".detail .add, .detail .fold, .history, .calling, .shortcuts"},
		{promise: "WWE selects another call", before: twoCalls + `, wweHost.selectCase(wweHost.interaction("2").caseId)`, shown: textOf(".dock h2", "the second caller"), event: `wweHost.selectCase(wweHost.interaction("1").caseId)`, happened: textOf(".dock h2", "Durand"), leftOut: ".detail, .history, .calling, .shortcuts"},
		{promise: "the other of two calls ends", before: twoCalls + selected, shown: `document.querySelectorAll(".list .row").length === 2 && ` + textOf(".dock h2", "Durand"), event: `wweHost.hangUp("2")`, happened: shows(".list", "Ended")},
		{promise: "a chat is accepted by itself", before: talking, shown: named("button", "Hold"), event: chat, happened: `document.querySelectorAll(".list .row").length === 2`, leftOut: ".detail, .history, .calling, .shortcuts"},
		{promise: "the agent's state changes", before: talking, shown: named("button", "Hold"), event: `wweHost.agentState("NotReady")`, happened: `document.querySelector(".bar [role=combobox]").innerText.includes("Not Ready")`},
		{promise: "something fails", before: talking + ", " + refuseHold, shown: named("button", "Hold"), event: "0", happened: shows(".failure", "The switch"), mayCover: ".notices", tolerates: press("Hold")},
	}
	desktop, panel := inDesktop(t, "", impatient)
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			desktop.eval("["+test.before+"]", nil)
			panel.until(test.shown)
			panel.until(`document.querySelector(".detail") && !document.querySelector("[aria-busy=true]")`)
			for _, width := range theWidths {
				panel.widen(width)
				panel.frames(2)
				var count int
				panel.eval(fmt.Sprintf("%s(%d, %s)", notePlaces, width, quoted(test.leftOut)), &count)
				assert.Greater(t, count, 2)
			}
			if test.tolerates != nil {
				test.tolerates(panel)
			}
			desktop.eval("["+test.event+"]", nil)
			panel.until(test.happened)
			panel.until(`!document.querySelector("[aria-busy=true]")`)
			for _, width := range theWidths {
				panel.widen(width)
				panel.frames(2)
				var moved []string
				panel.eval(fmt.Sprintf("%s(%d, %s)", movedPlaces, width, quoted(test.mayCover)), &moved)
				panel.screenshot(fmt.Sprintf("%s %d", t.Name(), width))
				assert.Empty(t, moved, "at %d px", width)
			}
		})
	}
}

// The hand that accepts a call by a double click holds, hangs up or marks done nothing.
func TestAcceptAndRejectLieWhereNoOtherActionDoes(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	for _, width := range theWidths {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			panel.widen(width)
			desktop.eval(ring, nil)
			panel.until(named("button", "Accept"))
			panel.frames(5)
			panel.eval(`void (window.offers = ["Accept", "Reject"].map(name => document.querySelector("[aria-label=" + name + "]").getBoundingClientRect()))`, nil)
			desktop.eval(`wweHost.answer("1")`, nil)
			panel.until(named("button", "Hold"))
			var under []string
			panel.eval(`[...document.querySelectorAll(".slot")].filter(s => { const r = s.getBoundingClientRect();
				return offers.some(o => o.left < r.right && r.left < o.right && o.top < r.bottom && r.top < o.bottom); }).map(s => s.innerText)`, &under)
			assert.Empty(t, under)
		})
	}
}

func TestWhatMattersIsAboveTheFold(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`void (document.querySelector("iframe").style.cssText = "position: fixed; inset: 0 auto auto 0; width: 258px; height: 520px")`, nil)
	panel.until("innerWidth === 258 && innerHeight === 520")
	desktop.eval(customer, nil)
	panel.until(named("button", "Hold"))
	panel.until(inSight(`document.querySelector(".detail tr")`))
	var shown struct{ Names, States, Times, Lists int }
	panel.eval(`(() => {
		const count = (text) => [...document.querySelectorAll(".wwe-panel *")].filter(e => e.children.length === 0 && e.checkVisibility() && !e.closest(".unseen, .entries") && text.test(e.innerText)).length;
		return {names: count(/Marie Durand/), states: count(/^Talking$/), times: count(/^\d+:\d\d$/), lists: document.querySelector(".list").checkVisibility() ? 1 : 0};
	})()`, &shown)
	assert.Equal(t, struct{ Names, States, Times, Lists int }{1, 1, 1, 0}, shown)
	assert.False(t, panel.has("Start recording"), "it is under More")
	assert.False(t, panel.has("Block mark done"), "too")
}

func TestTheDockStaysInView(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: Object.fromEntries(Array.from({length: 40}, (_, n) => ["key " + n, "x"]))}))`, nil)
	panel.until(named("button", "Edit key 9"))
	panel.eval(`scrollTo(0, 600)`, nil)
	panel.until("scrollY === 600")
	panel.until(inSight(named("button", "Hold")))
	desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
	panel.until(named("button", "Accept"))
	panel.until(inSight(named("button", "Accept")))
	// What the keyboard comes to is not behind it.
	panel.eval(`[...document.querySelectorAll(".detail .pair button")].reverse().find(b => { b.focus(); return scrollY < 400; })`, nil)
	panel.until(inSight("document.activeElement"))
}

func TestFiftyInteractionsAreUsableByKeyboard(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval(`Array.from({length: 50}, (_, n) => wweHost.answer(wweHost.chat({from: "customer " + n})))`, nil)
	panel.until(`document.querySelectorAll(".list .row").length === 50`)
	panel.until(textOf(".list h2", "Interactions · 50"))
	panel.until(`!document.querySelector(".offers")?.checkVisibility()`)
	panel.until(`(document.querySelector(".cases").scrollTop = 0, /^\d+ more below$/.test(document.querySelector(".below").innerText))`) // WWE may still select another one, which scrolls
	p := person{panel, true}
	p.tabTo(`document.querySelector(".list [tabindex='0']")`)
	panel.key(drive.End)
	panel.until(`document.activeElement.innerText.includes("customer 49")`)
	panel.until(inSight("document.activeElement"))
	panel.until(`document.querySelector(".below").innerText === ""`)
	panel.key(drive.Enter)
	panel.until(textOf(".dock h2", "customer 49"))
	p.fill("Filter interactions", "customer 31")
	panel.until(`[...document.querySelectorAll(".list .row")].filter(r => r.checkVisibility()).length === 1`)
	panel.key(drive.ArrowDown)
	panel.until(`document.activeElement.innerText.includes("customer 31")`)
	panel.key(drive.Enter)
	panel.until(textOf(".dock h2", "customer 31"))
	p.fill("Filter interactions", "nobody")
	panel.see("Nothing found.")
}

func TestTheFilterComesWithTenInteractions(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`Array.from({length: 9}, (_, n) => wweHost.answer(wweHost.chat({from: "customer " + n})))`, nil)
	panel.until(`document.querySelectorAll(".list .row").length === 9`)
	panel.until("!" + named("input", "Filter interactions"))
	desktop.eval(`wweHost.answer(wweHost.chat({from: "customer 9"}))`, nil)
	panel.until(named("input", "Filter interactions"))
}

package e2e

import (
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// shift are interactions of every kind, in every state that a list shows side by side.
const shift = `(() => {
	const called = (ani, change = () => {}) => { const id = wweHost.ring({ani, dnis: "+33 800 10 20 30"}); change(id); return id; };
	called("+33 6 55 00 00 01", id => { wweHost.answer(id); wweHost.hold(id); });
	called("+33 6 55 00 00 02", id => { wweHost.answer(id); wweHost.hangUp(id); });
	wweHost.dial({dnis: "+49 30 901820"});
	wweHost.answer(wweHost.chat({from: "Ann Smith"}));
	wweHost.email({from: "bob@example.com", subject: "My order"});
	wweHost.workItem({from: "Claims"});
	wweHost.preview({campaign: "Renewals", phone: "+1 212 555 0100"});
	called("+33 6 12 34 56 78", wweHost.answer);
})()`

// work shows the shift in the panel, and the agent who consults in it while one more
// call rings. The panel selects the consultation if it begins at the selected call.
func work(desktop, panel frame) frame {
	desktop.t.Helper()
	desktop.eval(shift, nil)
	panel.until(textOf(".dock h2", "+33 6 12 34 56 78"))
	desktop.eval(`wweHost.consult(wweHost.interactions().find(i => i.ani === "+33 6 12 34 56 78").interactionId, "1002")`, nil)
	panel.until(textOf(".dock h2", "1002"))
	desktop.eval(`wweHost.ring({ani: "+33 6 98 76 54 32", dnis: "+33 800 10 20 30"})`, nil)
	panel.see("+33 6 98 76 54 32")
	return panel
}

// customer is a call with all that WWE may know of it.
const customer = `wweHost.answer(wweHost.ring({ani: "+33 6 12 34 56 78", dnis: "+33 800 10 20 30", contact: {firstName: "Marie", lastName: "Durand"},
	userData: {CustomerSegment: "Gold", Order: "4711", Account: "https://crm.example/accounts/4711", Language: "fr", Reason: "Billing question", VIP: "yes"}}))`

// state is one that the panel was designed for. show brings the panel there
// from a fresh page, or from the state before where it goes on; what it returns
// is the page to look at.
type state struct {
	name   string
	show   func(desktop, panel frame) frame
	goesOn bool
}

// during is a state after something in the desktop and something in the panel.
func during(script string, do ...func(panel frame)) func(desktop, panel frame) frame {
	return func(desktop, panel frame) frame {
		desktop.t.Helper()
		desktop.eval("["+script+"]", nil)
		for _, f := range do {
			f(panel)
		}
		return panel
	}
}

func press(button string) func(frame) {
	return func(panel frame) { panel.t.Helper(); panel.press(button) }
}

func see(text string) func(frame) { return func(panel frame) { panel.t.Helper(); panel.see(text) } }

func until(script string) func(frame) {
	return func(panel frame) { panel.t.Helper(); panel.until(script) }
}

// unfold opens the section whose summary begins so.
func unfold(summary string) func(frame) {
	return func(panel frame) {
		panel.t.Helper()
		panel.click(section(summary))
		panel.until(section(summary) + ".parentElement.open")
	}
}

func section(summary string) string {
	return `[...document.querySelectorAll("summary")].find(s => s.checkVisibility() && s.innerText.startsWith(` + quoted(summary) + `))`
}

// anew loads the panel again, which meets a WWE as the script has left it.
func anew(script, text string) func(desktop, panel frame) frame {
	return func(desktop, panel frame) frame {
		desktop.t.Helper()
		desktop.eval(script, nil)
		desktop.press("Reload widget")
		panel.see(text)
		return panel
	}
}

// impatient serves a panel that does not wait long for a WWE that keeps silent.
func impatient(p *web.Pages) {
	replace(p, "web/page.js", "const options = {", "const options = { timeout: 2000,")
}

const refuseHold = `wweHost.fault({request: "voice.hold", refuse: "The switch has no resources for this"})`

var states = []state{
	{name: "loading", show: anew(`wweHost.fault({kind: "silence"})`, "Connecting to WWE…")},
	{name: "silent", show: during("", see("WWE does not answer")), goesOn: true},
	{name: "empty", show: during("", see("No interactions."))},
	{name: "ringing", show: during(`wweHost.ring({ani: "+33 6 12 34 56 78", dnis: "+33 800 10 20 30", userData: {CustomerSegment: "Gold"}})`, see("Ringing"), see("CustomerSegment"))},
	{name: "list", show: work},
	{name: "details", show: during(customer, see("CustomerSegment"), unfold("More"), unfold("Media"))},
	{name: "recording", show: during(customer, unfold("More"), press("Start recording"), see("Being recorded"))},
	{name: "edit", show: during(customer, press("Edit Reason"))},
	{name: "consult form", show: during(customer, press("Consult"))},
	{name: "transfer form", show: during(customer, press("Transfer"))},
	{name: "conference form", show: during(customer, press("Conference"))},
	{name: "consultation", show: during(customer+`, wweHost.consult("1", "1002")`, see("Complete transfer"))},
	{name: "after-call work", show: during(customer+`, wweHost.hangUp("1")`, see("Mark done"))},
	{name: "block form", show: during(customer, unfold("More"), press("Block mark done"))},
	{name: "pending", show: during(customer+`, wweHost.fault({request: "voice.hold", kind: "ignore"})`, press("Hold"), until(named("button", "Hold")+`.getAttribute("aria-busy") === "true"`))},
	{name: "call somebody", show: during(customer, see("CustomerSegment"), unfold("Call somebody"), see("You have a call"))},
	{name: "not called", show: during(`wweHost.fault({request: "voice.dial", refuse: "Invalid Destination DN"})`, unfold("Call somebody"), func(panel frame) { panel.fill("Number", "4711") },
		press("Call"), see("Invalid Destination DN"))},
	{name: "shortcuts", show: during("", unfold("Keyboard shortcuts"), see("Alt+Shift+Y"))},
	{name: "error", show: during(customer+", "+refuseHold, press("Hold"), see("The switch has no resources"))},
	{name: "history", show: during(customer+", "+refuseHold, press("Hold"), see("The switch has no resources"), press("Dismiss"), unfold("History"))},
	{name: "forbidden", show: func(desktop, panel frame) frame {
		anew(`wweHost.configure({acceptedOrigins: "* (interaction.getInteractions, interaction.getUserData, interaction.accept, agent.get*, media.get*, system.*, voice.hangUp)"})`, "No interactions.")(desktop, panel)
		return during(customer, see("WWE does not allow this page"))(desktop, panel)
	}},
	{name: "unknown state", show: func(desktop, panel frame) frame {
		// What only an event says lasts until the next reading.
		return during(customer+`, wweHost.fault({request: "interaction.getInteractions"}), (i => wweHost.emit("interaction",
			{eventType: "PARKED", interaction: {...i, state: "PARKED", previousState: i.state}}))(wweHost.interactions()[0])`, see("PARKED"))(desktop, panel)
	}},
	{name: "alone", show: func(desktop, panel frame) frame {
		panel = outer(panel.t, panel.tab, panel.origin)
		require.NoError(desktop.t, desktop.tab.Navigate(panel.origin))
		panel.see("This page is an agent panel")
		return panel
	}},
	{name: "refused", show: anew(`wweHost.configure({acceptedOrigins: "https://else.example"})`, "WWE does not accept this page")},
	{name: "not set up", show: func(desktop, panel frame) frame {
		require.NoError(desktop.t, desktop.tab.Navigate(desktop.origin+"/?client=object"))
		panel.see("This panel is not set up right")
		return panel
	}},
	{name: "lost", show: during(customer+`, wweHost.fault({kind: "silence"})`, press("Hold"), see("Connection to WWE lost"))},
	{name: "recovered", show: during(`wweHost.clearFaults()`, frame.tryAgain, see("Connected to WWE again")), goesOn: true},
}

package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// person works with the panel, by mouse or by keyboard alone.
type person struct {
	panel    frame
	keyboard bool
}

func (p person) press(button string) {
	p.panel.t.Helper()
	ready := named("button", button) + `?.getAttribute("aria-disabled") !== "true"`
	p.panel.until(named("button", button) + " && " + ready)
	if !p.keyboard {
		p.panel.press(button)
		return
	}
	p.tabTo(named("button", button))
	p.panel.until("!" + settling(named("button", button)))
	p.panel.key(drive.Enter)
}

func (p person) fill(label, text string) {
	p.panel.t.Helper()
	if !p.keyboard {
		p.panel.fill(label, text)
		return
	}
	p.tabTo(named("input", label))
	require.NoError(p.panel.t, p.panel.tab.Insert(p.panel.page, text))
}

// more opens what is under "More", unless it is open.
func (p person) more() {
	p.panel.t.Helper()
	fold := `document.querySelector(".detail:not([hidden]) [data-section=details]")`
	p.panel.until(fold)
	var isOpen bool
	p.panel.eval(fold+".open", &isOpen)
	switch summary := fold + `.querySelector("summary")`; {
	case isOpen:
	case p.keyboard:
		p.tabTo(summary)
		p.panel.key(drive.Enter)
	default:
		p.panel.click(summary)
	}
	p.panel.until(fold + ".open")
}

// tabTo moves the focus by Tab, from where it is, until it is on the element: by
// Shift and Tab to one before it, as a browser's own controls come after the last.
// Among the rows of the list, the arrows do it.
func (p person) tabTo(element string) {
	p.panel.t.Helper()
	p.panel.until(element)
	p.panel.enter()
	p.tabOnTo(element)
}

// tabOnTo is tabTo for a person whose focus is in the panel already: no script moves it.
func (p person) tabOnTo(element string) {
	p.panel.t.Helper()
	for range 200 {
		var focus struct{ IsThere, IsAfter, AreRows bool }
		p.panel.eval(`((active, element) => ({isThere: active === element, isAfter: active !== document.body &&
			!!(element?.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING),
			areRows: [active, element].every((e) => e?.matches(".select"))}))(document.activeElement, `+element+`)`, &focus)
		key, shift := drive.Tab, focus.IsAfter
		switch {
		case focus.IsThere:
			return
		case focus.AreRows && focus.IsAfter:
			key, shift = drive.ArrowUp, false
		case focus.AreRows:
			key = drive.ArrowDown
		}
		require.NoError(p.panel.t, p.panel.tab.Press(p.panel.page, key, shift))
	}
	require.Fail(p.panel.t, "Tab does not come to "+element)
}

// noComplaints checks that nothing has gone wrong in the browser's pages that nobody sees.
func noComplaints(t *testing.T, tab drive.Browser) {
	t.Helper()
	complaints, err := tab.Complaints()
	assert.NoError(t, err)
	assert.Empty(t, complaints, "what the browser complains of")
}

// reload loads everything anew: no interactions, nothing configured.
func reload(desktop, panel frame) {
	desktop.t.Helper()
	desktop.eval("window.old = true", nil)
	require.NoError(desktop.t, desktop.tab.Navigate(desktop.origin+"/"))
	panel.see("No interactions.")
	desktop.until("!window.old && wweHost.interactions().length === 0")
}

const (
	ring = `wweHost.ring({ani: "+33 6 12 34 56 78", dnis: "+33 800 10 20 30", userData: {CustomerSegment: "Gold", Order: "4711"}})`
	call = `wweHost.answer(` + ring + `)`
)

func TestEveryActionOfThePanel(t *testing.T) {
	consult := func(p person) {
		p.press("Consult")
		p.fill("Destination", "1002")
		p.press("Consult")
	}
	first := "wweHost.interactions()[0]"
	tests := []struct {
		promise string
		before  string // in the desktop
		do      func(p person)
		after   string // true in the desktop then
	}{
		{"Accept", ring, func(p person) { p.press("Accept") }, first + `.state === "TALKING"`},
		{"Reject", ring, func(p person) { p.press("Reject") }, `wweHost.interactions().length === 0`},
		{"Hold", call, func(p person) { p.press("Hold") }, first + `.state === "HELD"`},
		{"Resume", call, func(p person) { p.press("Hold"); p.press("Resume") },
			first + `.state === "TALKING" && wweHost.requests().some(r => r.name === "voice.resume")`},
		{"Hang up", call, func(p person) { p.press("Hang up") }, first + `.state === "IDLE"`},
		{"Mute microphone", call, func(p person) { p.press("Mute microphone"); p.press("Unmute microphone") },
			`wweHost.requests().some(r => r.name === "sipEndpoint.unmuteMicrophone")`},
		{"Call somebody", call + `, wweHost.hold("1")`, func(p person) {
			p.panel.eval(`(fold => { if (!fold.open) fold.querySelector("summary").click() })(document.querySelector("[data-section=dial]"))`, nil) // the tab remembers it
			p.fill("Number", "+49 30 901820")
			p.press("Call")
		}, `wweHost.interactions()[1]?.dnis === "+49 30 901820"`},
		{"Call back", call + `, wweHost.hangUp("1")`, func(p person) { p.more(); p.press("Call +33 6 12 34 56 78") }, `wweHost.interactions()[1]?.dnis === "+33 6 12 34 56 78"`},
		{"Start recording", call, func(p person) { p.more(); p.press("Start recording") }, first + `.recordingState === "RECORDING"`},
		{"Pause recording", call, func(p person) { p.more(); p.press("Start recording"); p.press("Pause recording") }, first + `.recordingState === "PAUSED"`},
		{"Resume and stop recording", call, func(p person) {
			p.more()
			p.press("Start recording")
			p.press("Pause recording")
			p.press("Resume recording")
			p.press("Stop recording")
		}, first + `.recordingState === "STOPPED"`},
		{"Consult", call, func(p person) {
			p.press("Consult")
			p.fill("Destination", "1002")
			p.fill("Key to pass on", "Note")
			p.fill("Value to pass on", "VIP")
			p.press("Consult")
		}, `wweHost.interactions().length === 2 && ` + first + `.userData.Note === "VIP"`},
		{"Transfer", call, func(p person) { p.press("Transfer"); p.fill("Destination", "1002"); p.press("Transfer") }, first + `.state === "IDLE"`},
		{"Conference", call, func(p person) { p.press("Conference"); p.fill("Destination", "1002"); p.press("Conference") }, first + `.parties.length === 2`},
		{"End consultation", call, func(p person) { consult(p); p.press("End consultation") }, `wweHost.interactions().length === 1 && ` + first + `.state === "HELD"`},
		{"Back to the customer", call, func(p person) { consult(p); p.press("Back to +33 6 12 34 56 78") }, `wweHost.interactions().length === 2 && ` + first + `.state === "TALKING"`},
		{"Hang up the customer", call, func(p person) { consult(p); p.press("Hang up +33 6 12 34 56 78") }, first + `.state === "IDLE"`},
		{"Complete transfer", call, func(p person) { consult(p); p.press("Complete transfer") }, first + `.state === "IDLE" && wweHost.interactions().length === 1`},
		{"Complete conference", call, func(p person) { consult(p); p.press("Complete conference") }, first + `.parties.length === 2 && wweHost.interactions().length === 1`},
		{"Block mark done", call, func(p person) {
			p.more()
			p.press("Block mark done")
			p.fill("Message", "Fill in the form")
			p.press("Block mark done")
			p.panel.until(named("button", "Unblock mark done"))
		}, `wweHost.requests().some(r => r.name === "interaction.blockMarkdone" && r.parameters[1] === "Fill in the form")`},
		{"Unblock mark done", call, func(p person) {
			p.more()
			p.press("Block mark done")
			p.fill("Message", "Fill in the form")
			p.press("Block mark done")
			p.press("Unblock mark done")
			p.press("Hang up")
			p.press("Mark done")
		}, `wweHost.interactions().length === 0`},
		{"Mark done", call + `, wweHost.hangUp("1")`, func(p person) { p.press("Mark done") }, `wweHost.interactions().length === 0`},
		{"Add user data", call, func(p person) { p.fill("Key", "Reason"); p.fill("Value", "Billing"); p.press("Add user data") },
			first + `.userData.Reason === "Billing"`},
		{"Edit user data", call, func(p person) { p.press("Edit Order"); p.fill("Value", "4712"); p.press("Save") }, first + `.userData.Order === "4712"`},
		{"Delete user data", call, func(p person) { p.press("Delete Order") }, `!("Order" in ` + first + `.userData)`},
		{"Dismiss", ring + `, wweHost.fault({request: "interaction.accept", refuse: "not now"})`, func(p person) {
			p.press("Accept")
			p.panel.see("WWE refused: not now")
			p.panel.see("You can fix this: check")
			p.press("Dismiss")
			p.panel.until(`!` + shows(".failure", "not now"))
		}, first + `.state === "RINGING"`},
	}
	desktop, panel := inDesktop(t, "")
	for _, test := range tests {
		for _, way := range []string{"mouse", "keyboard"} {
			t.Run(test.promise+" by "+way, func(t *testing.T) {
				desktop, panel := desktop.in(t), panel.in(t)
				reload(desktop, panel)
				desktop.eval("["+test.before+"]", nil)
				panel.until(`document.querySelector(".detail")`)
				test.do(person{panel, way == "keyboard"})
				desktop.until(test.after)
			})
		}
	}
	noComplaints(t, desktop.tab)
}

func TestThePanelSetsStates(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	t.Run("the agent's, by mouse", func(t *testing.T) {
		panel.in(t).choose("Agent state", "Not Ready")
		desktop.in(t).until(`document.querySelector("#agent-state").selectedOptions[0].text === "Not Ready"`)
	})
	t.Run("the agent's, by keyboard", func(t *testing.T) {
		person{panel.in(t), true}.tabTo(control("Agent state"))
		panel.in(t).key("L")
		panel.in(t).key(drive.Enter)
		desktop.in(t).until(`document.querySelector("#agent-state").selectedOptions[0].text === "Lunch"`)
	})
	t.Run("one media's", func(t *testing.T) {
		panel := panel.in(t)
		panel.click(`[...document.querySelectorAll("summary")].find(s => s.innerText === "Media")`)
		panel.choose("chat state", "Do Not Disturb")
		desktop.in(t).until(`wweHost.requests().some(r => r.name === "media.setState" && r.parameters[0] === "chat" && r.parameters[1] === "Dnd")`)
	})
	t.Run("and shows those that others set", func(t *testing.T) {
		desktop.in(t).eval(`wweHost.agentState("Ready")`, nil)
		panel.in(t).until(control("Agent state") + `.textContent.trim() === "Ready"`)
	})
}

func TestAPressedButtonIsPendingAndRefusesASecondPress(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval("["+ring+`, wweHost.fault({request: "interaction.accept", kind: "ignore", next: 1})]`, nil)
	panel.press("Accept")
	panel.until(named("button", "Accept") + `.getAttribute("aria-busy") === "true"`)
	panel.press("Accept")
	panel.see("WWE did not answer in time.")
	var asked int
	desktop.eval(`wweHost.requests().filter(r => r.name === "interaction.accept").length`, &asked)
	assert.Equal(t, 1, asked)
	panel.press("Accept")
	panel.until("!" + named("button", "Accept"))
	panel.until(`document.activeElement.matches(".actions button, .select")`)
}

func TestHowThePanelStandsWithWWE(t *testing.T) {
	t.Run("loading, then silent, then there", func(t *testing.T) {
		desktop, panel := inDesktop(t, "")
		desktop.eval(`wweHost.fault({kind: "silence"})`, nil)
		desktop.press("Reload widget")
		panel.see("Connecting to WWE…")
		panel.until(`[...document.querySelectorAll("[role=status], [role=alert]")].every(e => e.textContent === "")`)
		panel.see("WWE does not answer")
		panel.see("accepted-web-content-origins")
		panel.see("This panel expects WWE at " + desktop.origin)
		desktop.eval(`wweHost.clearFaults()`, nil)
		panel.tryAgain()
		panel.see("No interactions.")
	})
	t.Run("refused, then accepted", func(t *testing.T) {
		desktop, panel := inDesktop(t, "")
		desktop.eval(`wweHost.configure({acceptedOrigins: "https://else.example"})`, nil)
		desktop.press("Reload widget")
		panel.see("WWE does not accept this page")
		panel.see("This page is " + panel.origin)
		desktop.eval(`wweHost.configure({acceptedOrigins: "*"})`, nil)
		panel.tryAgain()
		panel.see("No interactions.")
	})
	t.Run("lost, then recovered", func(t *testing.T) {
		desktop, panel := inDesktop(t, "")
		desktop.eval(call, nil)
		panel.see("Talking")
		desktop.eval(`wweHost.fault({kind: "silence"})`, nil)
		panel.press("Hold")
		panel.see("WWE did not answer in time.")
		panel.see("Connection to WWE lost")
		panel.see("Talking") // what was there stays in sight
		desktop.eval(`wweHost.clearFaults()`, nil)
		panel.tryAgain()
		panel.see("Connected to WWE again")
		panel.until("!" + shows(".standing", "Connected"))
	})
}

func TestThePanelRestoresItsPlace(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`[wweHost.ring({ani: "first caller"}), wweHost.ring({ani: "second caller"})]`, nil)
	panel.click(`[...document.querySelectorAll(".select")].find(e => e.innerText.includes("second caller"))`)
	selected := `document.querySelector("[aria-current=true]")?.innerText.includes("second caller") && document.querySelector(".dock h2").innerText === "second caller"`
	panel.until(selected)
	desktop.until(`wweHost.interactions()[1].isCaseSelected`)
	panel.click(`[...document.querySelectorAll("summary")].find(s => s.innerText.startsWith("History"))`)
	panel.see("Inbound call from second caller")
	desktop.press("Reload widget")
	panel.until(selected)
	panel.see("Inbound call from second caller")

	desktop.eval(`wweHost.selectCase(wweHost.interactions()[0].caseId)`, nil)
	panel.until(`document.querySelector("[aria-current=true]").innerText.includes("first caller")`)
	person{panel: panel}.tabTo(`document.querySelector("[aria-current=true]")`)
	panel.key(drive.ArrowDown)
	panel.key(drive.Enter)
	panel.until(selected)
}

func TestThePanelFitsItsWidth(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval("["+call+`, wweHost.chat({from: "Ann"}), wweHost.setUserData("1", {["k".repeat(80)]: "v".repeat(200)}), wweHost.fault({request: "voice.hold", refuse: "x".repeat(200)})]`, nil)
	panel.press("Hold")
	panel.until(shows(".failure", "xxx"))
	panel.press("Consult")
	for _, width := range []string{"200px", "258px", "320px", "480px", "800px"} {
		for _, direction := range []string{"ltr", "rtl"} {
			desktop.eval(`document.querySelector("iframe").style.cssText = "position: fixed; inset: 0 auto auto 0; height: 700px; width: `+width+`"`, nil)
			panel.eval(`document.documentElement.dir = `+quoted(direction), nil)
			panel.until(`innerWidth === ` + strings.TrimSuffix(width, "px"))
			panel.until(`document.documentElement.scrollWidth <= innerWidth`)
			var small []string
			panel.eval(`[...document.querySelectorAll("button, select, input, a, summary")].filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
				.filter(([, r]) => r.width < 24 || r.height < 24 || r.right > innerWidth + .5 || r.left < -.5).map(([e, r]) => e.outerHTML + " " + r.width + "x" + r.height)`, &small)
			assert.Empty(t, small, "targets at %s, %s", width, direction)
		}
	}
}

func TestWhatRingsIsInSightInALongList(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval(`Array.from({length: 12}, (_, n) => wweHost.answer(wweHost.ring({ani: "caller " + n})))`, nil)
	panel.until(`document.querySelectorAll(".select").length === 12`)
	panel.until("!" + named("button", "Accept"))
	panel.eval(`document.querySelector(".cases").scrollTop = 0`, nil) // it may have shown one of them while that rang
	desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
	panel.until(named("button", "Accept"))
	panel.until(inSight(named("button", "Accept")))
	panel.until("scrollY === 0")
}

// inSight tells whether a person sees the whole element without scrolling.
func inSight(element string) string {
	return `(e => (r => [[r.left, r.top], [r.right, r.top], [r.left, r.bottom], [r.right, r.bottom], [r.left + r.right, r.top + r.bottom]]
		.every(([x, y], n) => e.contains(document.elementFromPoint(...n === 4 ? [x / 2, y / 2] : [x + (n % 2 ? -5 : 5), y + (n < 2 ? 5 : -5)]))))(e.getBoundingClientRect()))(` + element + `)`
}

// What the agent works with stays where it is: a press that is on its way must
// not meet another button.
func TestARingMovesNothingInTheWork(t *testing.T) {
	const places = `Object.fromEntries([...document.querySelectorAll(".bar [role=combobox], .dock h2, .slot button, .list .row, .detail :is(h2, button, input, a, summary)")].filter(e => e.checkVisibility() && !e.closest("[data-look=offered]"))
		.map(e => [e.closest("[data-key], .bar").className + " " + (e.getAttribute("aria-label") ?? e.innerText.replace(/\d+:\d+/, "")), (r => [r.x, r.y, r.width, r.height].join())(e.getBoundingClientRect())]))`
	desktop, panel := inDesktop(t, "")
	for _, height := range []int{520, 1600} { // in which the panel does not fit, and does
		require.NoError(t, desktop.tab.Resize(1280, height))
		for _, width := range []int{200, 258, 320, 480, 800} {
			t.Run(fmt.Sprintf("at %d x %d", width, height), func(t *testing.T) {
				desktop, panel := desktop.in(t), panel.in(t)
				reload(desktop, panel)
				panel.widen(width)
				desktop.eval(fmt.Sprintf(`document.querySelector("iframe").style.height = "%dpx"`, height), nil)
				panel.until(fmt.Sprintf("innerHeight === %d", height))
				desktop.eval(call, nil)
				panel.until(named("button", "Hold"))
				panel.frames(5)
				var before, after map[string]string
				panel.eval(places, &before)
				require.Greater(t, len(before), 12)
				for n, who := range []string{"the next caller", "one more caller"} {
					desktop.eval(`wweHost.ring({ani: `+quoted(who)+`})`, nil)
					panel.until(inSight(`[...document.querySelectorAll(".row")].find(e => e.innerText.includes(` + quoted(who) + `)).querySelector("[data-action=accept]")`))
					panel.frames(5)
					panel.screenshot(fmt.Sprintf("%s %d", t.Name(), n))
					panel.eval(places, &after)
					assert.Equal(t, before, after)
				}
				panel.until("scrollY === 0")
			})
		}
	}
}

// Where a call begins to ring, a press may be on its way already.
func TestAPressThatWasMeantForWhatARingCoversDoesNotMeetIt(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: Object.fromEntries(Array.from({length: 30}, (_, n) => ["key " + n, "x"]))}))`, nil)
	panel.until(named("button", "Hold"))
	panel.frames(10)
	panel.eval(`void (window.met = [], new MutationObserver(() => {
		const accept = `+named("button", "Accept")+`;
		if (!accept || met.length > 0) return;
		const { x, y, width, height } = accept.getBoundingClientRect();
		met.push(!!document.elementFromPoint(x + width / 2, y + height / 2).closest("[data-look=offered]"));
	}).observe(document, {subtree: true, childList: true, attributes: true}))`, nil)
	desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
	panel.until(`met.length === 1 && met[0] === false`)
	panel.press("Accept")
	desktop.until(`wweHost.interaction("2").state === "TALKING"`)
}

func TestWhatCustomersWriteIsText(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	corpus := `["<img src=x onerror=alert(1)>", "<script>alert(1)</scr" + "ipt>", "javascript:alert(1)", "\"><svg onload=alert(1)>", "data:text/html,<script>alert(1)</scr" + "ipt>", "{{constructor.constructor('alert(1)')()}}"]`
	desktop.eval(corpus+`.map((x, n) => { const id = wweHost.ring({ani: x, dnis: x, userData: {[x]: x, "k": x}, contact: {firstName: x, lastName: x}});
		wweHost.answer(id); wweHost.setUserData(id, {other: x}); wweHost.addParty(id, {name: x}); return id; })`, nil)
	panel.until(`document.querySelectorAll(".list .select").length === 6`)
	for n := range 6 { // again if WWE selects another one meanwhile, as it does after an answer
		panel.until(`((all, n) => document.querySelectorAll("[aria-current=true]").length === 1 && all[n].getAttribute("aria-current") === "true" || void all[n].click())(document.querySelectorAll(".list .select"), ` + string(rune('0'+n)) + `)`)
	}
	var odd int
	panel.eval(`document.querySelectorAll("#panel :is(img, script, iframe, object, [onerror], [onload], a:not([href^='tel:'], [href^='http']))").length`, &odd)
	assert.Zero(t, odd)
	noComplaints(t, desktop.tab)
}

func TestThePanelSpeaksGerman(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	require.NoError(t, desktop.tab.Navigate(desktop.origin+"/?widget="+url.QueryEscape(panel.origin+"/?lang=de")))
	panel.see("Keine Interaktionen.")
	desktop.eval(ring, nil)
	panel.press("Annehmen")
	panel.see("Im Gespräch")
	panel.until(`document.querySelector(".wwe-panel").lang === "de"`)
}

func TestFiftyInteractionsComeAndGo(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`Array.from({length: 50}, (_, n) => wweHost.ring({ani: "caller " + n}))`, nil)
	panel.until(`document.querySelectorAll(".select").length === 50`)
	desktop.eval(`wweHost.interactions().forEach(i => wweHost.reject(i.interactionId))`, nil)
	panel.see("No interactions.")
}

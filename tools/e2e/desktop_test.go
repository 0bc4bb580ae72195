package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// place fills the form for a kind of work with its defaults.
func (f frame) place(kind, submit string) {
	f.t.Helper()
	f.click(named("input", kind))
	f.press(submit)
}

func TestEachKindOfWorkIsPlacedAndWalkedByButtons(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	for _, work := range []struct {
		kind, submit, state string
		walk                []string // buttons and the states that they lead to
	}{
		{"Call in", "Ring a call", "RINGING", []string{
			"Answer", "TALKING", "Hold", "HELD", "Resume", "TALKING", "Start recording", "recording: recording", "Hang up", "IDLE", "Done", ""}},
		{"Call out", "Dial", "DIALING", []string{"They answer", "TALKING", "Hang up", "IDLE", "Done", ""}},
		{"Transfer", "Transfer a call in", "RINGING", []string{"Answer", "TALKING"}},
		{"Preview", "Show a preview", "PREVIEW", []string{"Answer", "READY", "Call", "DIALING"}},
		{"Chat", "Offer a chat", "INVITED", []string{"Answer", "HISTORY_DONE", "Hang up", "IDLE", "Done", ""}},
		{"Email in", "Offer an email", "INVITED", []string{"Answer", "ACCEPTED", "Save", "", "Pull", "PULLED", "Done", ""}},
		{"Email out", "Write an email", "CREATED", []string{"Send", ""}},
		{"Work item", "Offer a work item", "INVITED", []string{"Answer", "ACCEPTED", "Done", ""}},
	} {
		t.Run(work.kind, func(t *testing.T) {
			desktop := desktop.in(t)
			desktop.eval(`wweHost.reset()`, nil)
			desktop.see("No interactions.")
			desktop.place(work.kind, work.submit)
			desktop.until(shows(".state", work.state))
			for n := 0; n < len(work.walk); n += 2 {
				desktop.press(work.walk[n])
				if state := work.walk[n+1]; state == "" {
					desktop.see("No interactions.")
				} else {
					desktop.until(shows(".card", state))
				}
			}
		})
	}
}

func TestSomebodyElseThanTheAgentActs(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Ring a call")
	panel.see("Ringing")
	desktop.click(`document.querySelector(".card .more summary")`)
	desktop.press("Nobody answers")
	desktop.see("No interactions.")
	panel.see("No interactions.")
}

func TestUserDataIsChangedInTheDesktop(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1", userData: JSON.parse('{"a<b>": "1", "__proto__": "2"}')})`, nil)
	panel.see("a<b>")
	desktop.press("Edit a<b>")
	desktop.fill("User data value", "changed")
	desktop.press("Set")
	panel.see("changed")
	desktop.press("Delete a<b>")
	panel.unsee("changed")
	assert.Equal(t, map[string]any{"__proto__": "2"}, held(desktop)[0].UserData)
}

func TestCasesAreSelectedAndFolded(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`[wweHost.ring({ani: "first"}), wweHost.ring({ani: "second"})]`, nil)
	selected := func(name string) string {
		return `document.querySelector(".case[data-selected=true][data-expanded=true] .choose").innerText.includes(` + quoted(name) + `)`
	}
	desktop.see("second")
	desktop.click(`[...document.querySelectorAll(".choose")].find(e => e.innerText.includes("first"))`)
	desktop.until(selected("first"))
	desktop.click(`[...document.querySelectorAll(".choose")].find(e => e.innerText.includes("second"))`)
	desktop.until(selected("second"))
	desktop.press("Collapse second")
	desktop.until(named("button", "Expand second"))
	desktop.until(`document.querySelector(".case[data-selected=true]").dataset.expanded === "false"`)
}

func TestTheAgentChangesState(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.choose("Agent state", "Do Not Disturb")
	desktop.until(`wweHost.agentState().operationName === "Dnd"`)
	desktop.click(`document.querySelector("#media summary")`)
	desktop.choose("chat", "Lunch")
	desktop.until(`wweHost.mediaState("chat").displayName === "Lunch"`)
	desktop.eval(`wweHost.agentState("Ready")`, nil)
	desktop.until(`document.querySelector("#agent-state").value === "Ready"`)
	desktop.key(drive.Escape)
	desktop.until(`!document.querySelector("#media").open`)
}

func TestTheConfigurationCountsAtOnce(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Configuration")
	desktop.fill("Readable user data", "Segment")
	desktop.key(drive.Tab)
	desktop.until(`wweHost.config().readAllowed === "Segment"`)
	desktop.eval(`wweHost.ring({ani: "1", userData: {Segment: "Gold", Secret: "42"}})`, nil)
	panel.see("Gold")
	panel.unsee("Secret")

	desktop.fill("Last name", "Okafor")
	desktop.key(drive.Tab)
	desktop.see("Alex Okafor")
	desktop.click(named("input", "Refuse by silence"))
	desktop.until(`wweHost.config().silentRefusal`)
	limits := func(text string) {
		desktop.eval(`(() => {
			const field = document.querySelector("[name=rateLimits]");
			field.value = `+quoted(text)+`;
			field.dispatchEvent(new Event("change", {bubbles: true}));
		})()`, nil)
	}
	limits("agent.get = many")
	desktop.see("this line is not name = value: agent.get = many")
	limits("agent.get = 3")
	desktop.unsee("this line is not")
	desktop.until(`wweHost.config().rateLimits["agent.get"] === 3`)
	limits("")
	desktop.until(`wweHost.config().rateLimits["agent.get"] === undefined`)
	desktop.eval(`wweHost.configure({rateLimit: 7})`, nil)
	desktop.until(`document.querySelector("[name=rateLimit]").value === "7"`)
	desktop.press("Defaults")
	desktop.see("Alex Martin")
	desktop.until(`wweHost.config().rateLimit === 0`)
}

func TestAFaultByTheForm(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Faults")
	desktop.see("None: WWE behaves.")
	desktop.choose("What goes wrong", "WWE refuses")
	desktop.see("WWE refuses with an error. In scripts: refuse")
	desktop.choose("With", "one kind of request")
	desktop.fill("Error message", "Not today")
	desktop.press("Add fault")
	desktop.see("WWE refuses · next 1 · interaction.accept")
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	panel.press("Accept")
	panel.see("Not today")
	desktop.see("None: WWE behaves.")

	desktop.fill("Probability", "0")
	desktop.press("Add fault")
	desktop.see("nothing would ever go wrong")
	desktop.eval(`wweHost.fault({kind: "drop"})`, nil)
	desktop.see("The answer is lost · all · every request")
	desktop.press("Remove all faults")
	desktop.see("None: WWE behaves.")
}

func TestTheLogIsSearchedOpenedCopiedAndSaved(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "needle"})`, nil)
	panel.see("needle")
	desktop.until(shows("#messages li", "RINGING"))
	desktop.until(shows("#messages li", "subscription 0"))
	desktop.fill("Search messages", "NEEDLE")
	desktop.until("!" + shows("#messages li", "subscription 0"))
	desktop.until(shows("#messages li", "RINGING"))
	desktop.choose("Which messages", "To WWE")
	desktop.see("No message matches.")
	desktop.choose("Which messages", "From WWE")

	desktop.click(`document.querySelector("#messages summary")`)
	desktop.until(shows("#messages pre", "\n  \"event\": \"interaction\","))
	desktop.eval(`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }`, nil)
	desktop.press("Copy")
	desktop.until(`JSON.parse(copied).data.eventType === "RINGING"`)
	desktop.press("Copy all")
	desktop.until(`copied.trim().split("\n").every(line => line.includes("needle"))`)

	desktop.eval(`URL.createObjectURL = file => { file.text().then(text => window.saved = text); return "#" }`, nil)
	desktop.press("Save")
	desktop.until(`saved.trim().split("\n").map(JSON.parse).some(e => e.from === "widget" && e.message.request === "interaction.getInteractions")`)

	desktop.press("Clear messages")
	desktop.until(`document.querySelectorAll("#messages li").length === 0`)
}

func TestTheLogIsReadByKeyboard(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	panel.see("Ringing")
	desktop.until(`document.querySelectorAll("#messages li").length >= 5`)
	desktop.eval(`document.querySelector("#messages").focus()`, nil)
	desktop.key(drive.ArrowDown)
	desktop.key(drive.ArrowDown)
	desktop.key(drive.Enter)
	desktop.until(shows("#messages li:nth-child(2) pre", `"subscriptionId": 0`))
	desktop.key(drive.ArrowUp)
	desktop.until(`document.activeElement === document.querySelector("#messages li summary")`)
}

func TestARefreshOfWWELoadsTheWidgetAnew(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "the caller"})`, nil)
	panel.see("the caller")
	panel.eval(`window.old = true`, nil)
	desktop.press("Refresh WWE")
	desktop.until(`wweHost.interactions()[0].interactionId === "2"`)
	panel.until(`!window.old && ` + named("button", "Accept"))
	panel.press("Accept")
	desktop.see("TALKING")

	panel.eval(`window.old = true`, nil)
	desktop.press("Reset all")
	desktop.see("No interactions.")
	panel.until(`!window.old && document.body.innerText.includes("No interactions.")`)
	desktop.eval(`wweHost.ring({ani: "the next caller"})`, nil)
	panel.see("the next caller")
}

func TestTheLogIsBounded(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	desktop.eval(`(() => { for (let n = 0; n < 2000; n++) wweHost.emit("interaction", {eventType: "FLOOD", n}) })()`, nil)
	desktop.until(shows("#messages li", `"n":1999`))
	desktop.until(`document.querySelectorAll("#messages li").length === 500`)
	desktop.fill("Search messages", `"n":3}`) // one that is not shown any more is found all the same
	desktop.until(`document.querySelectorAll("#messages li").length === 1`)
}

func TestTheWidgetsWidthIsChosenByKeysAndRemembered(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	width := func(px string) string {
		return `document.querySelector("#width").innerText === "` + px + ` px" &&
			Math.abs(document.querySelector("#widget").getBoundingClientRect().width - ` + px + `) < 2`
	}
	desktop.until(width("360"))
	desktop.eval(`document.querySelector("[role=separator]").focus()`, nil)
	desktop.key(drive.ArrowLeft)
	desktop.until(width("376"))
	desktop.key(drive.ArrowRight)
	desktop.key(drive.Home)
	desktop.until(width("200"))
	desktop.until(`document.querySelector("[role=separator]").ariaValueNow === "200"`)
	desktop.eval(`location.reload()`, nil)
	desktop.until(`window.wweHostCall && ` + width("200"))
}

func TestTheToolsAreTabsForTheKeyboard(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`document.querySelector("#tab-work").focus()`, nil)
	desktop.key(drive.ArrowRight)
	desktop.key(drive.ArrowRight)
	desktop.until(`document.activeElement.id === "tab-configuration" && document.querySelector("#configuration").checkVisibility()`)
	desktop.key(drive.End)
	desktop.until(`document.activeElement.id === "tab-faults" && !document.querySelector("#configuration").checkVisibility()`)
	desktop.key(drive.ArrowRight)
	desktop.until(`document.activeElement.id === "tab-work" && document.activeElement.ariaSelected === "true"`)
}

func TestEveryControlHasAName(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1", userData: {k: "v"}})`, nil)
	desktop.until(named("button", "Delete k"))
	var nameless []string
	desktop.eval(`[...document.querySelectorAll("button, input, select, textarea, iframe, [role=separator]")].filter(e =>
		!(e.ariaLabel || e.title || `+labelOf+`?.textContent.trim() || e.tagName === "BUTTON" && e.textContent.trim())).map(e => e.outerHTML)`, &nameless)
	assert.Empty(t, nameless)
	var small []string
	desktop.eval(`[...document.querySelectorAll("button, select, summary, input:not([type=checkbox], [type=radio])")].filter(e => e.checkVisibility() &&
		(e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)).map(e => e.outerHTML)`, &small)
	assert.Empty(t, small, "targets of 24 px at least")
	var scrolls bool
	desktop.eval(`document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`, &scrolls)
	assert.False(t, scrolls, "at 1280 × 720 the page does not scroll")
}

func TestScriptsReachEveryAbilityOfTheHost(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	var failed []string
	desktop.await(`(async () => {
		const failed = [];
		const check = (what, ok) => ok || failed.push(what);
		const state = id => wweHost.interaction(id).state;
		const a = wweHost.ring({ani: "1", dnis: "2", contact: {firstName: "Ada", lastName: "L"}, userData: {k: 1}});
		check("more arguments", wweHost.interactions(window).length === 1);
		check("actions", wweHost.actions(a).join() === "answer,reject,hangUp,noAnswer,redirect");
		wweHost.answer(a); check("answer", state(a) === "TALKING");
		wweHost.hold(a); check("hold", state(a) === "HELD");
		wweHost.resume(a); check("resume", state(a) === "TALKING");
		wweHost.setUserData(a, {more: [1]}); check("setUserData", wweHost.interaction(a).userData.more[0] === 1);
		wweHost.deleteUserData(a, "k"); check("deleteUserData", !("k" in wweHost.interaction(a).userData));
		wweHost.addParty(a, {name: "boss"}); check("addParty", wweHost.interaction(a).parties.length === 2);
		wweHost.removeParty(a, "boss"); check("removeParty", wweHost.interaction(a).parties.length === 1);
		await wweHost.do(a, "startRecording"); check("do", wweHost.interaction(a).recordingState === "RECORDING");
		const odd = JSON.parse('{"__proto__": 1, "toString": [null]}');
		wweHost.setUserData(a, odd); check("names", JSON.stringify(wweHost.interaction(a).userData) === '{"__proto__":1,"more":[1],"toString":[null]}');
		wweHost.hangUp(a); check("hangUp", state(a) === "IDLE");
		await wweHost.markDone(a); check("markDone", wweHost.interactions().length === 0);
		const b = wweHost.dial({dnis: "3"}); check("dial", state(b) === "DIALING");
		const c = wweHost.chat({from: "C", media: "sms"}); check("chat", wweHost.interaction(c).media === "sms");
		wweHost.reject(c); check("reject", wweHost.interactions().length === 1);
		const d = wweHost.email({from: "d@x", subject: "s"}); check("email", wweHost.interaction(d).userData.Subject === "s");
		wweHost.answer(d); await wweHost.do(d, "save");
		const e = wweHost.pull(wweHost.workbin()[0].interactionUUID); check("pull", state(e) === "PULLED");
		check("compose", state(wweHost.compose({to: "x"})) === "CREATED");
		check("workItem", wweHost.interaction(wweHost.workItem({from: "w"})).media === "workitem");
		check("preview", state(wweHost.preview({campaign: "c", phone: "5"})) === "PREVIEW");
		const f = wweHost.transferIn({ani: "6"}, "sam"); check("transferIn", wweHost.interaction(f).parties[1].username === "sam");
		wweHost.selectCase(wweHost.interaction(f).caseId); check("selectCase", wweHost.interaction(f).isCaseSelected);
		check("agentState", wweHost.agentState("NotReady").type === "NOT_READY" && wweHost.agentState().operationName === "NotReady");
		check("mediaState", wweHost.mediaState("email", "Ready").type === "READY");
		check("configure", wweHost.configure({quarantineDelay: 5, options: {"a/b": "c"}}).quarantineDelay === 5 && wweHost.config().options["a/b"] === "c");
		wweHost.fault({request: "agent.get", kind: "delay", delay: 20, next: 2});
		check("faults", JSON.stringify(wweHost.faults()) === '[{"request":"agent.get","kind":"delay","next":2,"delay":20}]');
		wweHost.clearFaults(); check("clearFaults", wweHost.faults().length === 0);
		wweHost.emit("system", {any: "thing"});
		check("requests", wweHost.requests().some(r => r.name === "interaction.getInteractions" && Array.isArray(r.parameters)));
		check("messages", wweHost.messages().some(m => m.fromWidget && m.frame === 1 && Math.abs(m.at - Date.now()) < 60000 && JSON.parse(m.text)));
		const before = wweHost.interactions()[0].interactionId;
		wweHost.restart(); check("restart", wweHost.interactions()[0].interactionId !== before);
		wweHost.reset(); check("reset", wweHost.interactions().length + wweHost.messages().length === 0 && wweHost.config().quarantineDelay === 30000);
		return failed;
	})()`, &failed)
	assert.Empty(t, failed)
}

func TestScriptsAreToldWhatIsWrong(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	for script, want := range map[string]string{
		`wweHost.answer(1)`:                             "answer takes the id of an interaction",
		`wweHost.hold("1")`:                             "RINGING",
		`wweHost.interaction("404")`:                    `no interaction has the id "404"`,
		`wweHost.actions("404")`:                        `no interaction has the id "404"`,
		`wweHost.chat({from: "a", ring: 1})`:            "chat knows no option ring",
		`wweHost.email({contact: {firstName: 1}})`:      "email: contact.firstName has the wrong type",
		`wweHost.setUserData("1")`:                      "setUserData takes an object of keys and values",
		`wweHost.setUserData("1", [1])`:                 "setUserData takes an object of keys and values",
		`wweHost.deleteUserData("1")`:                   "deleteUserData takes a key",
		`wweHost.removeParty("1", "nobody")`:            "1",
		`wweHost.selectCase("none")`:                    `no case has the id "none"`,
		`wweHost.agentState("Asleep")`:                  `"Asleep"`,
		`wweHost.agentState("")`:                        "NotReady",
		`wweHost.agentState(7)`:                         "NotReady",
		`wweHost.mediaState("voice", "")`:               "NotReady",
		`wweHost.mediaState("fax")`:                     `the agent has no media "fax"`,
		`wweHost.configure({colour: 1})`:                "colour",
		`wweHost.configure({rateLimit: "x"})`:           "rateLimit",
		`wweHost.configure()`:                           "configure takes an object",
		`wweHost.fault({kind: "gremlin"})`:              `there is no fault "gremlin"`,
		`wweHost.fault({topic: "agent", request: "x"})`: "not both",
		`wweHost.fault()`:                               "fault takes an object",
		`wweHost.pull("x")`:                             `no interaction "x"`,
		`wweHost.transferIn({ani: "1"})`:                "the name of the colleague",
		`wweHost.emit()`:                                "emit takes a topic",
		`wweHost.dial({dnis: "1001"})`:                  "1001 is the agent's own",
		`wweHost.dial({number: "1"})`:                   "dial knows no option number",

		`wweHost.ring(7)`:                                                  "ring takes an object: {ani, dnis, userData, contact}",
		`wweHost.ring([])`:                                                 "ring takes an object",
		`wweHost.ring({ani: 1n})`:                                          "ring: ani has the wrong type",
		`wweHost.ring({ani: Symbol()})`:                                    "ring: ani has the wrong type",
		`wweHost.ring({ani: () => "1"})`:                                   "ring: ani has the wrong type",
		`wweHost.ring({ani: ["1"]})`:                                       "ring: ani has the wrong type",
		`wweHost.ring({ani: new String("1")})`:                             "ring: ani has the wrong type",
		`wweHost.ring({get ani() { throw Error("mine") }})`:                "mine",
		`wweHost.ring(new Proxy({}, {ownKeys() { throw Error("mine") }}))`: "mine",
		`wweHost.ring(JSON.parse('{"__proto__": {}}'))`:                    "ring knows no option __proto__",
		`wweHost.ring({toString: "1"})`:                                    "ring knows no option toString",
		`wweHost.ring({contact: {constructor: "1"}})`:                      "ring knows no option contact.constructor",
		`wweHost.ring({contact: []})`:                                      "ring: contact has the wrong type",
		`wweHost.ring({userData: "{}"})`:                                   "ring: userData has the wrong type",
		`wweHost.ring({userData: new Date()})`:                             "ring: userData has the wrong type",
		`wweHost.ring({userData: {toJSON: () => [1]}})`:                    "ring: userData has the wrong type",
		`wweHost.chat({conference: "yes"})`:                                "chat: conference has the wrong type",
		`wweHost.fault({probability: NaN})`:                                "fault: probability has the wrong type",
		`wweHost.fault({next: "1"})`:                                       "fault: next has the wrong type",
		`wweHost.fault({next: 1.5})`:                                       "next and count are whole numbers",
		`wweHost.fault({delay: -Infinity})`:                                "fault: delay has the wrong type",
		`wweHost.setUserData("1", null)`:                                   "setUserData takes an object of keys and values",
		`wweHost.consult("1", 7)`:                                          "consult takes a number, or a target",
		`wweHost.consult("1", {type: 7})`:                                  "consult: type has the wrong type",
		`wweHost.addParty("1", {id: "2"})`:                                 "addParty knows no option id",
		`wweHost.addParty("1")`:                                            "addParty takes a party",
		`wweHost.loadCampaign({records: [[{phone: 1}]]})`:                  "records[0][0].phone has the wrong type",
		`wweHost.pressToast("wweCustomToast0")`:                            "pressToast takes a button",
	} {
		var thrown string
		desktop.eval(`(() => { try { `+script+` } catch (e) { return e instanceof Error ? e.message : "not an Error" } })()`, &thrown)
		assert.Contains(t, thrown, want, script)
	}
	var thrown string
	desktop.eval(`(() => { const u = {}; u.u = u; try { wweHost.ring({userData: u}) } catch (e) { return e.message } })()`, &thrown)
	assert.Regexp(t, "circular|cyclic", thrown, "in the words of the browser")
	for script, want := range map[string]string{
		`wweHost.markDone("404")`:   `no interaction has the id "404"`,
		`wweHost.do("1", "juggle")`: "juggle",
		`wweHost.do("1")`:           "do takes an action",
	} {
		var rejection string
		desktop.await(script, &rejection)
		assert.Contains(t, rejection, want, script)
	}
	require.Len(t, held(desktop), 1)
	assert.Equal(t, "RINGING", strings.TrimSpace(held(desktop)[0].State))
}

func TestTheAgentTurnsToAColleague(t *testing.T) {
	t.Run("by buttons", func(t *testing.T) {
		desktop, panel := inDesktop(t, "")
		desktop.press("Ring a call")
		desktop.press("Answer")
		desktop.press("Consult")
		desktop.until(shows(".card .warning", "name a colleague or a number first"))
		desktop.fill("Colleague or number", "7001")
		desktop.press("Consult")
		panel.see("On hold")
		desktop.press("Complete transfer")
		panel.see("Ended")
		desktop.until(shows(".state", "IDLE"))
	})
	t.Run("by a script", func(t *testing.T) {
		desktop, _ := inDesktop(t, "")
		desktop.eval(`wweHost.answer(wweHost.ring({ani: "1"}))`, nil)
		gives := func(script, id string) {
			t.Helper()
			var got string
			desktop.eval(script, &got)
			assert.Equal(t, id, got, script)
		}
		gives(`wweHost.consult("1", {type: "AGENT", destination: "sam"})`, "2")
		gives(`wweHost.completeConference("2")`, "1")
		assert.Equal(t, "TALKING", held(desktop)[0].State)
		gives(`wweHost.conference("1", "7001")`, "1")
		gives(`wweHost.transfer("1", "7002")`, "1")
		assert.Equal(t, "IDLE", held(desktop)[0].State)
		gives(`wweHost.dial({dnis: "7003"})`, "3")
		desktop.eval(`wweHost.answer("3")`, nil)
		gives(`wweHost.consult("3", "7004")`, "4")
		gives(`wweHost.completeTransfer("4")`, "3")
	})
}

func TestANumberThatIsBeingDialledIsNotDialledAgain(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.place("Call out", "Dial")
	desktop.until(shows(".state", "DIALING"))
	desktop.press("Dial")
	desktop.see("Not dialled: +33 6 12 34 56 78 is being called already: interaction 1.")
	desktop.press("Configuration")
	desktop.click(named("input", "Dial a number twice"))
	desktop.press("Work")
	desktop.press("Dial")
	desktop.unsee("Not dialled")
	desktop.until(`wweHost.interactions().length === 2`)
}

func TestASessionIsSavedByItself(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	desktop.press("Reload widget")
	desktop.until(`wweHost.messages().some(m => m.frame === 2)`)
	desktop.press("Save")
	desktop.see("Choose one of the frames")
}

func TestMessagesAreFilteredByWhatTheyAre(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.fault({request: "interaction.accept", refuse: "Not <b>today</b>", next: 1})`, nil)
	desktop.eval(`wweHost.ring({ani: "1"})`, nil)
	panel.press("Accept")
	desktop.choose("Which messages", "Refused")
	desktop.until(shows("#messages li", "refused interaction.accept"))
	desktop.until(shows("#messages li", `"Not <b>today</b>"`))
	desktop.until(`document.querySelectorAll("#messages li").length === 1`)
	desktop.choose("Which messages", "Events")
	desktop.until(shows("#messages li", "#1 RINGING"))
	desktop.choose("Which messages", "Unanswered")
	desktop.see("No message matches.")
	desktop.eval(`wweHost.fault({request: "interaction.accept", kind: "ignore", next: 1})`, nil)
	panel.press("Accept")
	desktop.until(`document.querySelectorAll("#messages li").length === 1 && document.querySelector("#messages .name").textContent === "interaction.accept"`)

	desktop.choose("Which messages", "Requests and answers")
	var rows [][]string
	desktop.eval(`[...document.querySelectorAll("#messages li")].filter(e => e.querySelector(".name").textContent.endsWith("interaction.accept"))
		.map(e => [e.querySelector("code").textContent, e.querySelector(".pair").textContent.split(" ")[0]])`, &rows)
	require.Len(t, rows, 3)
	assert.Equal(t, `"1"`, rows[0][0], "the parameters of the request")
	assert.Equal(t, rows[0][1], rows[1][1], "a request and its answer")
	assert.NotEqual(t, rows[0][1], rows[2][1])
}

func TestMessagesAreDrawnAsADiagram(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.press("Ring a call")
	panel.press("Accept")
	desktop.until(shows("#messages li", "ESTABLISHED"))
	desktop.press("Diagram")
	desktop.until(`document.querySelector("#sequence-dialog").open`)
	var texts []string
	desktop.eval(`[...document.querySelectorAll("#sequence text:not(.when)")].map(e => e.textContent)`, &texts)
	for _, want := range []string{"The world outside", "WWE", "Widget 1", "ESTABLISHED #1 TALKING", `interaction.accept("1")`} {
		assert.Contains(t, texts, want)
	}
	desktop.until(`document.querySelector("#sequence svg").getAttribute("aria-label").startsWith("Sequence diagram of")`)
	desktop.key(drive.Escape)
	desktop.until(`!document.querySelector("#sequence-dialog").open && document.activeElement.id === "draw"`)
}

func TestWidthsOfferedByWWEAreOnePress(t *testing.T) {
	desktop, _ := inDesktop(t, "")
	for _, width := range []string{"258", "320", "480"} {
		desktop.press(width)
		desktop.until(`Math.abs(document.querySelector("#frames iframe").getBoundingClientRect().width - ` + width + `) <= 2`)
		desktop.until(named("button", width) + `.ariaPressed === "true"`)
	}
	desktop.press("Full")
	desktop.until(`document.querySelector("#frames iframe").getBoundingClientRect().width > 1200`)
	desktop.until(`!document.querySelector("#no-cases").checkVisibility()`)
	require.NoError(t, desktop.tab.Resize(700, 900)) // the columns are below each other
	desktop.until(`document.querySelector("#no-cases").checkVisibility() && document.querySelector("#messages-title").checkVisibility()`)
	require.NoError(t, desktop.tab.Resize(1280, 720))
	desktop.until(`!document.querySelector("#no-cases").checkVisibility()`)
	desktop.press("Full")
	desktop.until(shows("#width", "480 px"))
	desktop.eval(`location.reload()`, nil)
	desktop.until(`window.wweHostCall && ` + shows("#width", "480 px"))
}

func TestAWidgetThatDoesNotAnswerIsExplained(t *testing.T) {
	t.Run("because no server does", func(t *testing.T) {
		desktop := inDesktopWith(t, "http://localhost:1/")
		desktop.see("No server answers at http://localhost:1.")
		desktop.see("Start the server of your widget, then press Reload widget.")
	})
	t.Run("because its page says nothing", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(server.Close)
		desktop := inDesktopWith(t, server.URL)
		desktop.see("The page from " + server.URL + " has said nothing to WWE for 8 seconds.")
		desktop.see("have it send its messages to " + desktop.origin)
	})
}

// inDesktopWith opens the desktop with another widget.
func inDesktopWith(t *testing.T, widget string) frame {
	t.Helper()
	origin, _ := start(t)
	tab := browser(t)
	require.NoError(t, tab.Navigate(origin+"/?widget="+widget))
	return outer(t, tab, origin)
}

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// wrapUp are options that ask for all there is to ask for.
const wrapUp = `dispositions: ["sold", {value: "lost", label: "Not interested"}], noteKey: "Note", dispositionRequired: true`

// wrappingUp opens a page with a panel that asks for a disposition and a note.
func wrappingUp(t *testing.T) (desktop, page frame) {
	t.Helper()
	desktop, page = inHostPage(t)
	page.wrapsUp(desktop)
	return desktop, page
}

func (f frame) wrapsUp(desktop frame) {
	f.t.Helper()
	f.show("one", `{origin: `+quoted(desktop.origin)+`, `+wrapUp+`}`)
	f.until(textOf("#one", "Media"))
}

var (
	dispositionField = named("select", "Disposition")
	noteField        = named("textarea", "Note")
)

// note types a note, and goes on to the next control.
func (p person) note(text string) {
	p.panel.t.Helper()
	if p.keyboard {
		p.tabTo(noteField)
	} else {
		p.panel.click(noteField)
	}
	require.NoError(p.panel.t, p.panel.tab.Insert(p.panel.page, text))
	p.panel.key(drive.Tab)
}

func TestACallIsWrappedUp(t *testing.T) {
	desktop, page := inHostPage(t)
	for _, way := range []string{"mouse", "keyboard"} {
		t.Run("by "+way, func(t *testing.T) {
			desktop, page := desktop.in(t), page.in(t)
			p := person{page, way == "keyboard"}
			page.eval(`void (panels.one?.unmount(), sessionStorage.clear())`, nil)
			page.wrapsUp(desktop)
			var id string
			desktop.eval(`((id) => (wweHost.answer(id), id))(wweHost.ring({ani: "+33 6 12 34 56 78"}))`, &id)
			call := `wweHost.interaction(` + quoted(id) + `)`
			page.see("Talking")
			if p.keyboard {
				p.tabTo(`[...document.querySelectorAll("summary")].find(s => s.checkVisibility() && s.innerText === "Wrap-up")`)
				page.key(drive.Enter)
				p.tabTo(dispositionField)
				page.key(drive.ArrowDown)
			} else {
				unfold("Wrap-up")(page)
				page.choose("Disposition", "sold")
			}
			desktop.until(call + `.userData.DispositionCode === "sold"`)
			p.note("wants two")
			desktop.until(call + `.userData.Note === "wants two"`)
			p.press("Hang up")
			page.until(shows(".wrapup h3", "Wrap-up") + ` && document.querySelector(".dock .time").title === "Time since it ended"`)
			page.until(noteField + `.value === "wants two" && ` + dispositionField + `.value === "sold"`)
			p.press("Mark done")
			desktop.until(`wweHost.interactions().length === 0`)
		})
	}
	noComplaints(t, desktop.tab)
}

func TestMarkDoneSaysWhyItWaits(t *testing.T) {
	desktop, page := wrappingUp(t)
	desktop.eval(`wweHost.hangUp(`+call+` ?? "1")`, nil)
	page.see("Choose a disposition before you mark this done.")
	page.until(named("button", "Mark done") + `.getAttribute("aria-disabled") === "true"`)
	var why string
	page.eval(`document.getElementById(`+named("button", "Mark done")+`.getAttribute("aria-describedby")).innerText`, &why)
	assert.Equal(t, "Choose a disposition before you mark this done.", why)
	page.press("Mark done")
	page.until(dispositionField + ` === document.activeElement`)
	page.choose("Disposition", "Not interested")
	page.unsee("Choose a disposition")
	page.until(`!` + named("button", "Mark done") + `.hasAttribute("aria-describedby")`)
	page.press("Mark done") // WWE refuses user data of a call that is over, but nobody is trapped
	desktop.until(`wweHost.interactions().length === 0`)

	t.Run("and WWE's own never does", func(t *testing.T) {
		desktop := desktop.in(t)
		desktop.eval(`(id => { wweHost.answer(id); wweHost.hangUp(id); })(wweHost.ring({ani: "1"}))`, nil)
		page.in(t).see("Choose a disposition")
		desktop.await(`wweHost.markDone(wweHost.interactions()[0].interactionId)`, nil)
		desktop.until(`wweHost.interactions().length === 0`)
	})
}

func TestWhatWWEDoesNotTakeIsKeptAndSaysWhatToDo(t *testing.T) {
	desktop, page := wrappingUp(t)
	desktop.eval(`wweHost.hangUp(`+call+` ?? "1")`, nil)
	page.see("Choose a disposition")
	page.choose("Disposition", "sold")
	person{panel: page}.note("promised a call")
	isKept := func() {
		t.Helper()
		page.until(`[...document.querySelectorAll(".wrapup .field")].every(f => f.innerText.includes("Not saved in WWE"))`)
		page.until(`document.querySelector(".wrapup").innerText.split("WWE refused: interaction 1 is not live").length === 2`) // once
		page.until(shows(".wrapup", "What you entered stays here"))
		page.until(noteField + `.value === "promised a call" && ` + dispositionField + `.value === "sold"`)
		page.until(`!document.querySelector(".failure")`) // said once
	}
	isKept()
	page.eval("window.old = true", nil)
	desktop.press("Reload widget")
	page.until("!window.old && window.show")
	page.wrapsUp(desktop)
	isKept()
	page.press("Copy Note")
	page.until(`document.querySelector("[role=status]").innerText.startsWith("Copied")`)
	desktop.eval(`wweHost.configure({userDataAfterRelease: true})`, nil)
	page.press("Try again")
	desktop.until(`wweHost.interaction("1").userData.Note === "promised a call" && wweHost.interaction("1").userData.DispositionCode === "sold"`)
	page.until(`!` + shows(".wrapup", "stays here"))
	page.until(shows(".wrapup", "Saved"))
	page.press("Mark done")
	desktop.until(`wweHost.interactions().length === 0`)
}

func TestAnAgentWhoHasNotLeftTheNoteLosesNothing(t *testing.T) {
	desktop, page := wrappingUp(t)
	desktop.eval(`[wweHost.configure({userDataAfterRelease: true}), wweHost.hangUp(`+call+` ?? "1")]`, nil)
	page.choose("Disposition", "sold")
	desktop.until(`wweHost.interaction("1").userData.DispositionCode === "sold"`)
	page.click(noteField)
	require.NoError(t, page.tab.Insert(page.page, "to the last word"))
	page.press("Mark done")
	desktop.until(`wweHost.interactions().length === 0`)
	desktop.until(`wweHost.requests().findIndex(r => r.name === "interaction.setUserData" && r.parameters[1].Note === "to the last word") <
		wweHost.requests().findIndex(r => r.name === "interaction.markdone")`)
}

func TestWithoutOptionsTheWrapUpIsMarkDone(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	desktop.eval(call, nil)
	page.until(named("button", "Hold"))
	page.until(`!document.querySelector(".wrapup").checkVisibility()`)
	page.press("Hang up")
	page.until(`document.querySelector(".dock .time").title === "Time since it ended"`)
	page.until(`!document.querySelector(".wrapup").checkVisibility()`)
	page.press("Mark done")
	desktop.until(`wweHost.interactions().length === 0`)
}

func TestTheOptionsOfTheWorkAreAttributesToo(t *testing.T) {
	desktop, page := inHostPage(t)
	for _, attributes := range []string{
		`{keys: "Order,Customer", dispositions: "sold, lost=Not interested", "disposition-key": "Outcome", "disposition-required": "", "note-key": "Note"}`,
		`{"data-keys": "Order,Customer", "data-dispositions": "sold, lost=Not interested", "data-disposition-key": "Outcome", "data-disposition-required": "true", "data-note-key": "Note"}`,
	} {
		t.Run(attributes, func(t *testing.T) {
			desktop, page := desktop.in(t), page.in(t)
			page.eval(`(() => {
				const element = document.createElement("wwe-panel");
				element.setAttribute("origin", `+quoted(desktop.origin)+`);
				Object.entries(`+attributes+`).forEach(([name, value]) => element.setAttribute(name, value));
				document.querySelector("#one").replaceChildren(element);
			})()`, nil)
			var id string
			desktop.eval(`(id => (wweHost.answer(id), wweHost.hangUp(id), id))(wweHost.ring({ani: "1", userData: {A: "1", Customer: "2", Order: "3"}}))`, &id)
			page.see("Choose a disposition")
			page.until(`[...document.querySelectorAll("th")].map(e => e.innerText).join() === "Order,Customer,A"`)
			desktop.eval(`wweHost.configure({userDataAfterRelease: true})`, nil)
			page.choose("Disposition", "Not interested")
			desktop.until(`wweHost.interaction(` + quoted(id) + `).userData.Outcome === "lost"`)
			page.until(noteField)
			desktop.await(`wweHost.markDone(`+quoted(id)+`)`, nil)
		})
	}
}

// Whoever hosts the panel's own page writes them into index.html.
func TestThePanelsPageHasItsOptionsInItsElement(t *testing.T) {
	desktop, panel := inDesktop(t, "", func(p *web.Pages) {
		replace(p, "index.html", `<div id="panel">`, `<div id="panel" data-keys="Order" data-dispositions="sold,lost" data-note-key="Note">`)
	})
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: {A: "1", Order: "2"}}))`, nil)
	panel.until(`[...document.querySelectorAll("th")].map(e => e.innerText).join() === "Order,A"`)
	unfold("Wrap-up")(panel)
	panel.until(dispositionField + " && " + noteField)
}

func TestTheWrapUpFitsAndAxeFindsNothing(t *testing.T) {
	atEachWidth(t, func(t *testing.T, tab drive.Browser, widths ...int) {
		desktop, page := inHostPageOf(t, tab)
		page.wrapsUp(desktop)
		page.widen(800)
		states := []struct {
			name string
			do   func()
		}{
			{"live", func() { desktop.eval(call, nil); page.see("Talking"); unfold("Wrap-up")(page) }},
			{"waits", func() { page.press("Hang up"); page.see("Choose a disposition") }},
			{"not saved", func() {
				page.choose("Disposition", "Not interested")
				person{panel: page}.note(strings.Repeat("a long note ", 20))
				page.until(`document.querySelectorAll("[data-failed]").length === 2`)
			}},
		}
		for _, state := range states {
			state.do()
			page.still(func() {
				page.hasNoViolations("'#one'", func(width int) {
					page.eval(fmt.Sprintf(`document.querySelector("#one").style.width = "%dpx"`, width), nil)
					for _, direction := range []string{"rtl", "ltr"} {
						page.eval(`document.documentElement.dir = `+quoted(direction), nil)
						var wrong []string
						page.eval(`(r => [...document.querySelectorAll(".wrapup :is(button, select, textarea, summary, p)")].filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
							.filter(([e, b]) => b.left < r.left - .5 || b.right > r.right + .5 || !e.matches("p") && (b.width < 24 || b.height < 24)).map(([e]) => e.outerHTML))(document.querySelector("#one").getBoundingClientRect())`, &wrong)
						assert.Empty(t, wrong, "%s at %d px, %s", state.name, width, direction)
					}
				}, widths...)
			})
		}
	})
}

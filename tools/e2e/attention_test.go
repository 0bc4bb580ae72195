package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

const hiddenInWWE = `wweHost.fault({request: "system.amIVisible", data: false})`

// toasts is how many toasts the panels have asked WWE for.
const toasts = `wweHost.requests().filter((r) => r.name === "system.popupToast").length`

func TestARingChangesTheTitleAndTheIconUntilItIsOver(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`, lang: "en"}`)
	page.until(textOf("#one", "No interactions."))
	page.eval(`void (window.before = document.head.innerHTML, window.theirs = document.querySelector("title").firstChild)`, nil)
	const (
		rings   = `document.title === "Inbound call from +33 1" && !!document.querySelector("link[rel=icon][href$='.svg']")`
		asItWas = `document.head.innerHTML === before && document.querySelector("title").firstChild === theirs`
	)
	t.Run("by an answer", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		desktop.eval(`wweHost.ring({ani: "+33 1"})`, nil)
		page.until(rings)
		desktop.eval(`wweHost.ring({ani: "+33 2"})`, nil)
		page.until(`document.title === "(2) Inbound call from +33 1"`)
		desktop.eval(`wweHost.interactions().forEach((i) => wweHost.answer(i.interactionId))`, nil)
		page.until(asItWas)
		desktop.eval(`wweHost.interactions().forEach((i) => wweHost.hangUp(i.interactionId))`, nil)
	})
	t.Run("even if the page changes its title meanwhile", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		desktop.eval(`wweHost.ring({ani: "+33 1"})`, nil)
		page.until(rings)
		page.eval(`void (theirs.data = "by its own text")`, nil)
		page.eval(`void (document.title = "a page's news")`, nil)
		page.until(rings) // again
		desktop.eval(`wweHost.answer(wweHost.interactions().at(-1).interactionId)`, nil)
		page.until(`document.title === "a page's news" && document.querySelectorAll("title").length === 1 && !document.querySelector("link[rel=icon]")`)
		desktop.eval(`wweHost.hangUp(wweHost.interactions().at(-1).interactionId)`, nil)
	})
	t.Run("and by unmount", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		desktop.eval(`wweHost.ring({ani: "+33 1"})`, nil)
		page.until(rings)
		page.eval(`panels.one.unmount()`, nil)
		var title string
		page.eval(`document.title`, &title)
		assert.Equal(t, "a page's news", title, "at once")
		page.until(`document.querySelectorAll("title").length === 1 && !document.querySelector("link[rel=icon]")`)
	})
	page.until(`violations.length === 0`)
}

func TestOnlyOneOfSeveralPanelsDrawsAttention(t *testing.T) {
	desktop, page := inHostPage(t)
	for _, id := range []string{"one", "two"} {
		page.show(id, `{origin: `+quoted(desktop.origin)+`, lang: "en"}`)
		page.until(textOf("#"+id, "No interactions."))
	}
	desktop.eval("["+hiddenInWWE+`, wweHost.ring({ani: "+33 1"})]`, nil)
	page.until(`document.title === "Inbound call from +33 1"`)
	desktop.until(toasts + " === 1")
	desktop.until(`wweHost.toasts().length === 1`)
	page.until(textOf("#two", "Ringing") + " && " + textOf("#one", "Ringing"))
	var locks struct{ Held, Pending int }
	page.await(`navigator.locks.query().then(({held, pending}) => ({held: held.length, pending: pending.length}))`, &locks)
	assert.Equal(t, 1, locks.Held)
	assert.Equal(t, 1, locks.Pending)
	t.Run("and the next one when that is gone", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		page.eval(`panels.one.unmount()`, nil)
		page.until(`document.title === "Inbound call from +33 1"`)
		desktop.until(toasts + " === 2")
		desktop.eval(`wweHost.answer("1")`, nil)
		page.until(`document.title === "A page with panels"`)
		desktop.until(`wweHost.toasts().length === 0`)
	})
	t.Run("or each, without locks", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		desktop.eval(`wweHost.hangUp("1")`, nil)
		page.eval(`(panels.two.unmount(), Object.defineProperty(navigator, "locks", {value: undefined}), 0)`, nil)
		for _, id := range []string{"one", "two"} {
			page.show(id, `{origin: `+quoted(desktop.origin)+`, lang: "en"}`)
			page.until(textOf("#"+id, "Ended"))
		}
		desktop.eval(`wweHost.ring({ani: "+33 3"})`, nil)
		desktop.until(toasts + " === 4")
		page.until(`document.title === "Inbound call from +33 3"`)
		desktop.eval(`wweHost.answer(wweHost.interactions().at(-1).interactionId)`, nil)
		page.until(`document.title === "A page with panels" && document.querySelectorAll("title").length === 1`)
	})
}

// heard stands in for the browser's sound and notifications, which no test can hear or see.
const heard = `void (window.heard = [], document.hasFocus = () => false,
	window.AudioContext = class {
		state = "suspended";
		currentTime = 0;
		destination = {};
		constructor() { heard.push("context"); window.audio = this; }
		resume() { heard.push("resume"); this.state = window.mayPlay ? "running" : this.state; return window.mayPlay ? Promise.resolve() : Promise.reject(new DOMException("no", "NotAllowedError")); }
		close() { heard.push("close"); return Promise.resolve(); }
		createOscillator() { return {frequency: {}, connect: (next) => next, start: () => heard.push("tone"), stop() {}}; }
		createGain() { return {gain: {setValueAtTime() {}, linearRampToValueAtTime() {}}, connect: (next) => next}; }
	},
	window.Notification = class {
		static permission = "default";
		static requestPermission() { heard.push("asked by a person: " + navigator.userActivation.isActive); Notification.permission = "granted"; return Promise.resolve("granted"); }
		constructor(title, {body}) { heard.push("shown: " + title + " | " + body); window.shown = this; }
		close() { heard.push("closed"); }
	})`

func TestASoundAndNotificationsAreThePagesChoice(t *testing.T) {
	desktop, page := inHostPage(t)
	page.eval(heard, nil)
	ring := func(ani string) {
		t.Helper()
		desktop.eval(fmt.Sprintf(`wweHost.ring({ani: %q, userData: {Secret: "4711"}})`, ani), nil)
	}
	over := func() {
		t.Helper()
		desktop.eval(`wweHost.interactions().forEach((i) => { if (i.state === "RINGING") { wweHost.do(i.interactionId, "reject"); } })`, nil)
		page.until(`document.title === "A page with panels"`)
	}
	t.Run("which are off by default", func(t *testing.T) {
		page := page.in(t)
		page.show("one", `{origin: `+quoted(desktop.origin)+`, lang: "en"}`)
		page.until(textOf("#one", "No interactions."))
		ring("+33 1")
		page.until(`document.title === "Inbound call from +33 1"`)
		assert.False(t, page.has("Notify me of calls"))
		over()
		page.until(`heard.length === 0`)
		page.eval(`panels.one.unmount()`, nil)
	})
	t.Run("and a browser may refuse a sound", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void addEventListener("unhandledrejection", () => heard.push("unhandled"))`, nil)
		page.show("one", `{origin: `+quoted(desktop.origin)+`, lang: "en", sound: true, notify: true}`)
		page.until(textOf("#one", "No interactions."))
		ring("+33 2")
		page.until(`heard.filter((h) => h === "resume").length >= 1 && !heard.includes("tone") && !heard.includes("unhandled")`)
		page.eval(`void (window.mayPlay = true, audio.state = "running")`, nil)
		page.until(`heard.filter((h) => h === "tone").length === 2`)
		over()
	})
	t.Run("and a person allows the notifications", func(t *testing.T) {
		desktop, page := desktop.in(t), page.in(t)
		page.until(`!heard.some((h) => h.startsWith("asked"))`)
		page.press("Notify me of calls")
		page.until(`heard.includes("asked by a person: true")`)
		page.until("!" + named("button", "Notify me of calls"))
		ring("+33 3")
		page.until(`heard.includes("shown: +33 3 | Inbound call · Ringing")`)
		ring("+33 4")
		page.until(`heard.includes("shown: +33 4 | Inbound call · Ringing") && heard.every((h) => !h.includes("4711"))`)
		page.eval(`shown.onclick()`, nil)
		page.until(`document.querySelector("[aria-current=true]").innerText.includes("+33 4")`)
		over()
		page.until(`heard.filter((h) => h === "closed").length === 2`)
		desktop.until(toasts + " === 0") // the agent sees the panel in WWE
		page.eval(`panels.one.unmount()`, nil)
		page.until(`heard.at(-1) === "close"`)
	})
}

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// patience bounds how long a test waits for what a person would see at once.
var patience = 15 * time.Second

// frame is a page in the browser, the desktop or the widget in its iframe, as
// a person meets it: things are found by the names that they have on screen or
// for screen readers, and worked with by mouse and keyboard.
type frame struct {
	t      *testing.T
	tab    drive.Browser
	origin string
	page   drive.Page
}

// outer is the tab's own page, inner the one in its iframe.
func outer(t *testing.T, tab drive.Browser, origin string) frame {
	return frame{t, tab, origin, drive.Page{}}
}

func inner(t *testing.T, tab drive.Browser, origin string) frame {
	return frame{t, tab, origin, drive.Page{Origin: origin}}
}

func (f frame) isOuter() bool { return f.page == drive.Page{} }

// inDesktop opens the simulated desktop and returns it and the widget in it.
func inDesktop(t *testing.T, query string, change ...func(*web.Pages)) (desktop, widget frame) {
	t.Helper()
	return inDesktopOf(t, browser(t), query, change...)
}

func inDesktopOf(t *testing.T, tab drive.Browser, query string, change ...func(*web.Pages)) (desktop, widget frame) {
	t.Helper()
	desktop, widget = opened(t, tab, query, change...)
	widget.see("No interactions.")
	return desktop, widget
}

// opened is inDesktopOf for a widget that may still be loading, or that is not the panel.
func opened(t *testing.T, tab drive.Browser, query string, change ...func(*web.Pages)) (desktop, widget frame) {
	t.Helper()
	desktopOrigin, widgetOrigin := start(t, change...)
	require.NoError(t, tab.Navigate(desktopOrigin+"/"+query))
	desktop, widget = outer(t, tab, desktopOrigin), inner(t, tab, widgetOrigin)
	desktop.see("Simulated WWE")
	return desktop, widget
}

// try evaluates a script in the frame's page.
func (f frame) try(script string, result any) error {
	return f.evaluate("(globalThis.stringify ?? JSON.stringify)("+script+") ?? 'null'", result) // stringify: where the page's own may be changed
}

// evaluate is for a script that gives JSON, or a promise of it.
func (f frame) evaluate(script string, result any) error {
	text, err := f.tab.Evaluate(f.page, script)
	if err != nil || result == nil {
		return err
	}
	return json.Unmarshal([]byte(text), result)
}

// eval is try for what must not fail.
func (f frame) eval(script string, result any) {
	f.t.Helper()
	require.NoError(f.t, f.try(script, result), script)
}

// until waits for the script to be true.
func (f frame) until(script string) {
	f.t.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var holds bool
		if err = f.try("!!("+script+")", &holds); err == nil && holds {
			return
		}
	}
	var page string
	_ = f.try("document.body.innerText", &page)
	require.Fail(f.t, "never true in "+f.origin+": "+script, "error: %v\nthe page shows:\n%s", err, page)
}

func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}

// see waits for the text to be on the page; unsee for it to be gone.
func (f frame) see(text string) {
	f.t.Helper()
	f.until("document.body.innerText.includes(" + quoted(text) + ")")
}

func (f frame) unsee(text string) {
	f.t.Helper()
	f.until("!document.body.innerText.includes(" + quoted(text) + ")")
}

// labelOf is a script that finds the first label of the control e. It does not read e.labels: after a
// script has, the web process of WebKitGTK 2.50.6 can crash once the page is left, because it deletes the
// labels before the list, which still points to one of them.
const labelOf = `[...document.querySelectorAll("label")].find(label => label.control === e)`

// named is a script that finds the one visible control with the accessible name.
func named(selector, name string) string {
	return `[...document.querySelectorAll(` + quoted(selector) + `)].find(e => e.checkVisibility() &&
		(e.getAttribute("aria-label") ?? ` + labelOf + `?.innerText.trim() ?? e.innerText.trim()) === ` + quoted(name) + ` ||
		e.checkVisibility() && e.tagName === "BUTTON" && !e.hasAttribute("aria-label") && e.innerText.trim() === ` + quoted(name) + `)`
}

// has tells whether a button with this name is there to be pressed.
func (f frame) has(button string) bool {
	f.t.Helper()
	var has bool
	f.eval("!!"+named("button", button), &has)
	return has
}

// press clicks the button with the mouse.
func (f frame) press(button string) {
	f.t.Helper()
	f.click(named("button", button))
}

// tryAgain presses "Try again", unless the panel has connected by itself.
func (f frame) tryAgain() {
	f.t.Helper()
	f.eval(named("button", "Try again")+"?.click()", nil)
}

// fill types into the field with this label, in place of what it holds.
func (f frame) fill(label, text string) {
	f.t.Helper()
	field := named("input", label)
	f.click(field)
	f.eval("("+field+").select()", nil)
	require.NoError(f.t, f.tab.Insert(f.page, text))
}

// click presses the mouse in the middle of the element.
func (f frame) click(element string) {
	f.t.Helper()
	x, y := f.middle(element)
	require.NoError(f.t, f.tab.Click(x, y))
}

// hold is click that does something before it lets go of the mouse.
func (f frame) hold(element string, meanwhile func()) {
	f.t.Helper()
	x, y := f.middle(element)
	require.NoError(f.t, f.tab.Hold(x, y, meanwhile))
}

// settling tells whether a press on the element would count for nothing, because it has just come or moved.
func settling(element string) string { return "!!(" + element + `)?.closest("[data-settling]")` }

// middle is where to press the element, when it has kept its place for three
// frames and nothing covers it: what the page has still to draw may move it.
func (f frame) middle(element string) (x, y float64) {
	f.t.Helper()
	f.until(element)
	var at struct{ X, Y float64 }
	require.NoError(f.t, f.evaluate(`new Promise((found, lost) => {
		let place = "", still = 0, turn = 0, isCovered = true;
		const blocks = ["center", "start", "end"]; // parts of the page are covered at its beginning and at its end
		const look = () => {
			const e = `+element+`;
			if (isCovered) e?.scrollIntoView({block: blocks[turn], behavior: "instant"}); // once: the next time may be a pixel off, in Firefox
			const r = e?.getBoundingClientRect(), x = r?.x + r?.width / 2, y = r?.y + r?.height / 2;
			isCovered = !e?.contains(document.elementFromPoint(x, y));
			if (r && isCovered) turn = (turn + 1) % blocks.length;
			still = JSON.stringify(r) === place && !isCovered && !e.closest("[data-settling]") ? still + 1 : 0;
			place = JSON.stringify(r);
			if (still === 2) return found(JSON.stringify({x, y}));
			requestAnimationFrame(look);
		};
		look(); // at once: it scrolls into sight a page that has no frames until then
		setTimeout(() => lost(new Error("it never stays in its place, or something covers it, or the page has no frames")), 15000);
	})`, &at), element)
	x, y = f.offset()
	return at.X + x, at.Y + y
}

// frames waits until the page has been drawn so many times.
func (f frame) frames(count int) {
	f.t.Helper()
	f.await(fmt.Sprintf(`new Promise((done) => { let left = %d; (function next() { left-- ? requestAnimationFrame(next) : done(); })(); })`, count), nil)
}

// offset is where the frame's page begins in the tab.
func (f frame) offset() (x, y float64) {
	f.t.Helper()
	if f.isOuter() {
		return 0, 0
	}
	var at struct{ X, Y float64 }
	f.around().eval(`(() => {
		const iframe = document.querySelector("iframe");
		const r = iframe.getBoundingClientRect();
		return {x: r.x + iframe.clientLeft, y: r.y + iframe.clientTop};
	})()`, &at)
	return at.X, at.Y
}

// around is the tab's own page.
func (f frame) around() frame { return outer(f.t, f.tab, "the tab") }

// screenshot keeps what the tab shows, if SCREENSHOTS names a folder to keep it in.
func (f frame) screenshot(name string) {
	f.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	png, err := f.tab.Screenshot()
	require.NoError(f.t, err)
	require.NoError(f.t, os.WriteFile(filepath.Join(folder, strings.NewReplacer("/", "-", " ", "-").Replace(name)+".png"), png, 0o644))
}

// await is eval for a promise; what it is rejected with is its result then.
func (f frame) await(script string, result any) {
	f.t.Helper()
	require.NoError(f.t, f.evaluate(`Promise.resolve(`+script+`).catch(e => e instanceof Error ? e.message : "not an Error").then(r => JSON.stringify(r) ?? "null")`, result))
}

// control is the select or the combobox with this label.
func control(label string) string {
	return `[...document.querySelectorAll("select, [role=combobox]")].find(e => e.checkVisibility() &&
		(e.getAttribute("aria-label") ?? ` + labelOf + `?.textContent).trim().startsWith(` + quoted(label) + `))`
}

// choose picks an option of the select or combobox with this label.
func (f frame) choose(label, option string) {
	f.t.Helper()
	choice := control(label)
	f.until(choice)
	var isSelect bool
	f.eval(choice+`.tagName === "SELECT"`, &isSelect)
	if !isSelect {
		f.click(choice)
		f.click(`[...document.querySelectorAll("[role=option]")].find(e => e.checkVisibility() && e.textContent.trim() === ` + quoted(option) + `)`)
		return
	}
	f.eval(`(() => {
		const choice = `+choice+`;
		choice.value = [...choice.options].find(o => o.text === `+quoted(option)+`).value;
		choice.dispatchEvent(new Event("change", {bubbles: true}));
	})()`, nil)
}

// key presses a key where the focus is.
func (f frame) key(key drive.Key) {
	f.t.Helper()
	require.NoError(f.t, f.tab.Press(f.page, key, false))
}

// enter gives the focus to the page's iframe: no script in it can, in WebKit.
func (f frame) enter() {
	f.t.Helper()
	if !f.isOuter() {
		f.around().eval(`document.activeElement.tagName === "IFRAME" || document.querySelector("iframe").focus()`, nil)
	}
}

// shows tells whether an element that fits the selector has the text, and can be
// seen. Firefox's innerText leaves out the log's messages that are out of sight.
func shows(selector, text string) string {
	return `[...document.querySelectorAll(` + quoted(selector) + `)].some(e => e.checkVisibility() && (e.closest("#messages") ? e.textContent : e.innerText).includes(` + quoted(text) + `))`
}

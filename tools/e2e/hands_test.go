package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// hands work with the panel in one way only. No script of theirs focuses, clicks or
// sets anything; scripts only look where things are.
type hands interface {
	// arrive goes from the desktop into the panel.
	arrive()
	// press presses a button.
	press(button string)
	// submit presses the button of the form that was just filled in.
	submit(button string)
	// open opens a folded section.
	open(section string)
	// fill types into an empty field.
	fill(field, text string)
	// choose picks an option in a select.
	choose(field, option string)
	// become changes the agent's state.
	become(state string)
	// turnTo selects an interaction in the list.
	turnTo(title string)
	in(t *testing.T) hands
}

func field(label string) string { return named("input, textarea", label) }

func rowOf(title string) string {
	return `[...document.querySelectorAll(".list .select")].find(e => e.checkVisibility() && e.innerText.includes(` + quoted(title) + `))`
}

// isReady is true once a press on the button counts.
func isReady(button string) string {
	return `(e => e && e.getAttribute("aria-disabled") !== "true" && !e.closest("[data-settling]"))(` + named("button", button) + `)`
}

// byMouse uses the keyboard only to type text.
type byMouse struct{ person }

func (m byMouse) in(t *testing.T) hands {
	m.panel = m.panel.in(t)
	return m
}

func (m byMouse) arrive() {} // the mouse is wherever it clicks

func (m byMouse) submit(button string) { m.panel.t.Helper(); m.press(button) }

func (m byMouse) open(summary string) { m.panel.t.Helper(); unfold(summary)(m.panel) }

func (m byMouse) fill(label, text string) {
	m.panel.t.Helper()
	m.panel.click(field(label))
	m.panel.typeInto(field(label), text)
}

// choose clicks the select. The browser draws the list outside the page, where the
// drivers have no mouse, so arrow keys go to the option.
func (m byMouse) choose(label, option string) {
	m.panel.t.Helper()
	m.panel.click(control(label))
	m.panel.arrowTo(control(label), option, drive.Enter)
}

func (m byMouse) become(state string) { m.panel.t.Helper(); m.panel.choose("Agent state", state) }

func (m byMouse) turnTo(title string) { m.panel.t.Helper(); m.panel.click(rowOf(title)) }

// byKeyboard is a person without a mouse.
type byKeyboard struct {
	person
	pressed map[string]bool
}

func (k byKeyboard) in(t *testing.T) hands {
	k.panel = k.panel.in(t)
	return k
}

// arrive goes on by Tab until it comes into the panel.
func (k byKeyboard) arrive() {
	k.panel.t.Helper()
	around := k.panel.around()
	for range 200 {
		var isThere bool
		k.panel.eval(`document.hasFocus() && document.activeElement !== document.body`, &isThere)
		if isThere {
			return
		}
		around.key(drive.Tab)
	}
	require.Fail(k.panel.t, "Tab does not come into the panel")
}

// press presses Enter on the button the first time. From then on it uses the shortcut,
// if there is one.
func (k byKeyboard) press(button string) {
	k.panel.t.Helper()
	k.panel.until(isReady(button))
	if letter := shortcuts[button]; letter != "" && k.pressed[button] && engine == "chromium" { // other drivers press no Alt
		k.panel.until(`!document.querySelector(".dock [data-settling]")`) // a shortcut waits for all buttons that it could mean
		k.alt(letter)
		return
	}
	k.pressed[button] = true
	k.tabOnTo(named("button", button))
	k.panel.until(isReady(button))
	k.panel.key(drive.Enter)
}

var shortcuts = map[string]string{
	"Accept": "Y", "Hold": "H", "Resume": "H", "Hang up": "E", "End consultation": "E",
	"Consult": "U", "Transfer": "F", "Mark done": "D",
}

// alt presses Alt, Shift and the letter.
func (k byKeyboard) alt(letter string) {
	k.panel.t.Helper()
	for _, kind := range []input.KeyType{input.KeyRawDown, input.KeyUp} {
		key := input.DispatchKeyEvent(kind).WithModifiers(input.ModifierAlt | input.ModifierShift).WithKey(letter).WithCode("Key" + letter)
		require.NoError(k.panel.t, chromedp.Run(k.panel.tab.(*drive.Chromium).Context, key))
	}
}

func (k byKeyboard) submit(button string) {
	k.panel.t.Helper()
	if engine == "webkit" { // in a field, its list of suggestions takes the first Enter
		k.tabOnTo(named("button", button))
	}
	k.panel.key(drive.Enter)
}

func (k byKeyboard) open(summary string) {
	k.panel.t.Helper()
	k.tabOnTo(section(summary))
	k.panel.key(drive.Space)
	k.panel.until(section(summary) + ".parentElement.open")
}

func (k byKeyboard) fill(label, text string) {
	k.panel.t.Helper()
	k.panel.until(field(label))
	k.tabOnTo(field(label))
	k.panel.typeInto(field(label), text)
}

func (k byKeyboard) choose(label, option string) {
	k.panel.t.Helper()
	k.panel.until(control(label))
	k.tabOnTo(control(label))
	k.panel.arrowTo(control(label), option, "")
}

func (k byKeyboard) become(state string) {
	k.panel.t.Helper()
	k.tabOnTo(control("Agent state"))
	k.panel.key(drive.Enter)
	k.panel.until(listIsOpen)
	k.panel.key(drive.Home)
	for range 20 {
		var is string
		k.panel.eval(previewed, &is)
		if is == state {
			k.panel.key(drive.Enter)
			return
		}
		k.panel.key(drive.ArrowDown)
	}
	require.Fail(k.panel.t, "the arrow keys do not come to "+state)
}

func (k byKeyboard) turnTo(title string) {
	k.panel.t.Helper()
	k.panel.until(rowOf(title))
	k.tabOnTo(rowOf(title))
	k.panel.key(drive.Enter)
}

// typeInto types into the field, which has the focus.
func (f frame) typeInto(field, text string) {
	f.t.Helper()
	f.until(field + ` === document.activeElement`)
	require.NoError(f.t, f.tab.Insert(f.page, text))
	f.until(field + `.value === ` + quoted(text))
}

// arrowTo moves to the option in a select that has the focus, and presses the key.
func (f frame) arrowTo(choice, option string, then drive.Key) {
	f.t.Helper()
	f.until(choice + ` === document.activeElement`)
	var down int
	f.eval(fmt.Sprintf(`(e => [...e.options].findIndex(o => o.text === %s) - e.selectedIndex)(%s)`, quoted(option), choice), &down)
	key := drive.ArrowDown
	if down < 0 {
		key, down = drive.ArrowUp, -down
	}
	for range down {
		f.key(key)
	}
	if then != "" {
		f.key(then)
	}
	f.until(choice + `.selectedOptions[0].text === ` + quoted(option))
}

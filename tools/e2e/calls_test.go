package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

func TestThePageSelectsAndDialsByItsHandle(t *testing.T) {
	desktop, page := inHostPage(t)
	said := func(promise string) (message string) {
		page.await(promise+`.then(() => "", ({message}) => message)`, &message)
		return message
	}
	var message string
	page.await(`(show("one", {origin: `+quoted(desktop.origin)+`, lang: "en"}), panels.one.dial("+33 (1) 40-00")).then(() => "", ({message}) => message)`, &message) // before it is there
	assert.Empty(t, message)
	desktop.until(`wweHost.interactions()[0].dnis === "+33 (1) 40-00"`)
	page.until(textOf("#one", "Dialing"))
	assert.Equal(t, "wwe-panel: dial: the agent has a call that is not on hold", said(`panels.one.dial("1")`))
	assert.Equal(t, "wwe-panel: dial needs a string, not 42.", said(`panels.one.dial(42)`))
	assert.Equal(t, "wwe-panel: select: WWE holds no interaction 99", said(`panels.one.select("99")`))

	var id string
	desktop.eval(`wweHost.chat({from: "Ann"})`, &id)
	page.until(textOf("#one", "Ann"))
	assert.Empty(t, said(`panels.one.select(`+quoted(id)+`)`))
	page.until(`document.querySelector("[aria-current=true]").innerText.includes("Ann")`)
	desktop.until(`wweHost.interactions()[1].isCaseSelected`)

	t.Run("or the element", func(t *testing.T) {
		page := page.in(t)
		page.eval(`(() => {
			panels.one.unmount();
			window.element = document.createElement("wwe-panel");
			for (const [name, value] of Object.entries({origin: `+quoted(desktop.origin)+`, lang: "en", sound: "", shortcuts: "accept=Alt+K; hold=false"})) {
				element.setAttribute(name, value);
			}
			document.querySelector("#two").append(element);
		})()`, nil)
		page.until(textOf("#two", "Ann"))
		assert.Empty(t, said(`element.select("1")`))
		page.until(`document.querySelector("#two [aria-current=true]").innerText.includes("+33 (1) 40-00")`)
		page.click(`[...document.querySelectorAll("#two summary")].find((s) => s.innerText === "Keyboard shortcuts")`)
		page.until(textOf("#two .shortcuts", "Alt+K") + " && !" + textOf("#two .shortcuts", "Hold"))
		page.eval(`element.remove()`, nil)
		page.until(`element.dial("1") === undefined`)
	})
	t.Run("and after unmount neither", func(t *testing.T) {
		assert.Equal(t, "wwe-panel: dial: the panel is unmounted", said(`panels.one.dial("1")`))
	})
	t.Run("and wrong shortcuts are named", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void show("one", {origin: "https://elsewhere.example", lang: "en", shortcuts: {hangUp: "E"}})`, nil)
		page.until(textOf("#one [role=alert]", `shortcuts.hangUp must be false, or Ctrl, Alt or Meta with a key, such as "Alt+Shift+Y", not "E"`))
		page.eval(`void (panels.one.unmount(), show("one", {origin: "https://elsewhere.example", lang: "en", shortcuts: true}))`, nil)
		page.until(textOf("#one [role=alert]", "The option shortcuts must be false, or an object"))
	})
}

func TestAnAgentWorksByShortcutsAlone(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	ctx := inChromium(t, desktop.tab, "other drivers press no Alt")
	shortcut := func(letter string) {
		t.Helper()
		panel.enter()
		key := func(kind input.KeyType) *input.DispatchKeyEventParams {
			return input.DispatchKeyEvent(kind).WithModifiers(input.ModifierAlt | input.ModifierShift).WithKey(letter).WithCode("Key" + letter)
		}
		require.NoError(t, chromedp.Run(ctx, key(input.KeyRawDown), key(input.KeyUp)))
	}
	first := "wweHost.interactions()[0]"
	desktop.eval(ring, nil)
	panel.until(named("button", "Accept"))
	shortcut("Y")
	desktop.until(first + `.state === "TALKING"`)
	panel.until(named("button", "Mute microphone"))
	shortcut("M")
	desktop.until(`wweHost.requests().some((r) => r.name === "sipEndpoint.muteMicrophone")`)
	panel.until(named("button", "Unmute microphone"))
	shortcut("H")
	desktop.until(first + `.state === "HELD"`)
	panel.until(named("button", "Resume"))
	shortcut("L")
	panel.until(`document.activeElement.name === "number"`)
	require.NoError(t, panel.tab.Insert(panel.page, "1002"))
	panel.key(drive.Enter)
	desktop.until(`wweHost.interactions()[1]?.dnis === "1002"`)
	panel.until(`document.querySelector("[name=number]").value === ""`)
	shortcut("S")
	panel.until(`document.activeElement.matches("summary") && document.activeElement.parentElement.open && document.activeElement.innerText === "Keyboard shortcuts"`)
	var listed string
	panel.eval(`document.querySelector(".shortcuts").innerText`, &listed)
	for _, text := range []string{"Accept", "Alt+Shift+Y", "Hold / Resume", "Call somebody"} {
		assert.Contains(t, listed, text)
	}
}

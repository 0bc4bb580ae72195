package main

import (
	"strconv"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/shortcuts"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func click(e *elements.Element) { e.Underlying().Call("click") }

// numberButton is the button beside a number, nil while there is none.
func (p *panel) numberButton(number string) *elements.Element {
	return p.root.QuerySelector(`.detail:not([hidden]) [data-number="` + number + `"]`)
}

func TestANumberIsCalledByOnePress(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1 40 00 00 01", UserData: wwe.UserData{"Callback": "+49 (30) 901820"}})
	require.NoError(t, host.Answer(id))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool {
		return p.numberButton("+49 (30) 901820") != nil && p.numberButton("+33 1 40 00 00 01") != nil
	})
	assert.Equal(t, "Call +49 (30) 901820", p.numberButton("+49 (30) 901820").GetAttribute("aria-label"))
	assert.Nil(t, p.root.QuerySelector("a[href^='tel:']"))

	click(p.numberButton("+49 (30) 901820"))
	assert.Equal(t, "+49 (30) 901820", p.dial.field.Value(), "while the agent has a call, the form has the number")
	assert.Contains(t, p.dial.why.TextContent(), "You have a call")
	assert.True(t, p.focused().Is(p.dial.field))
	assert.Len(t, host.Interactions(), 1)

	require.NoError(t, host.HangUp(id))
	until(t, func() bool { return p.dial.problem() == "" })
	click(p.numberButton("+49 (30) 901820"))
	until(t, func() bool { return len(host.Interactions()) == 2 })
	assert.Equal(t, "+49 (30) 901820", host.Interactions()[1].DNIS)
	until(t, func() bool { return p.dial.field.Value() == "" })
}

func TestTheFormDialsAndTellsWhatFailed(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{Request: "voice.dial", Refuse: "Invalid Destination DN", Next: 1})
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.view != nil && p.view.Agent.Known })
	p.dial.open()
	p.dial.field.SetValue("1002 ")
	click(p.dial.submit)
	until(t, func() bool { return p.dial.failures.element.QuerySelector(".failure") != nil })
	assert.Contains(t, p.dial.failures.element.TextContent(), "Not called")
	assert.Contains(t, p.dial.failures.element.TextContent(), "Invalid Destination DN")
	assert.Len(t, p.root.QuerySelectorAll(".failure"), 1, "it is told once")
	assert.Equal(t, "1002 ", p.dial.field.Value(), "what was typed stays")
	click(p.dial.submit)
	until(t, func() bool { return len(host.Interactions()) == 1 })
	assert.Equal(t, "1002", host.Interactions()[0].DNIS)
	until(t, func() bool { return p.dial.failures.element.QuerySelector(".failure") == nil })

	require.NoError(t, host.HangUp(host.Interactions()[0].InteractionID))
	until(t, func() bool { return p.dial.problem() == "" })
	p.dial.field.Underlying().Call("dispatchEvent", js.Global().Get("Event").New("focusin", map[string]any{"bubbles": true})) // the page itself may not have the focus
	until(t, func() bool { return p.root.QuerySelector("datalist option[value='1002']") != nil })
	assert.Equal(t, p.dial.field.GetAttribute("list"), p.root.QuerySelector("datalist").GetAttribute("id"))
}

func TestWhereWWEForbidsToDialNothingOffersIt(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.AcceptedOrigins = "* (interaction.*, agent.*, media.*, system.*)" }))
	host.Ring(wwetest.Call{ANI: "+33 1 40 00 00 01"})
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.HasAttribute("data-no-dial") && p.numberButton("+33 1 40 00 00 01") != nil })
	assert.Contains(t, p.dial.why.TextContent(), "WWE does not allow this page: Call. Only your WWE administrator can change this")
	assert.Equal(t, "true", p.dial.submit.GetAttribute("aria-disabled"))
}

// press presses a key with Alt and Shift, and reports whether somebody took it.
func pressKey(on js.Value, key string, change map[string]any) (taken bool) {
	event := map[string]any{"key": key, "code": "Key" + key, "altKey": true, "shiftKey": true, "bubbles": true, "cancelable": true}
	for name, value := range change {
		event[name] = value
	}
	return !on.Call("dispatchEvent", js.Global().Get("KeyboardEvent").New("keydown", event)).Bool()
}

func TestShortcutsActOnWhatIsSelectedOrRings(t *testing.T) {
	host := wwetest.NewHost()
	first := host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{Shortcuts: shortcuts.Default()})
	defer p.unmount()
	body := js.Global().Get("document").Get("body")
	stateOf := func(id string) wwe.State {
		for _, i := range host.Interactions() {
			if i.InteractionID == id {
				return i.State
			}
		}
		return ""
	}
	until(t, func() bool { return p.view != nil && len(p.view.Ringing) == 1 })
	assert.False(t, pressKey(body, "y", map[string]any{"altKey": false, "shiftKey": false}))
	assert.False(t, pressKey(body, "Y", map[string]any{"repeat": true}))
	assert.True(t, pressKey(p.agent.state.control.Underlying(), "Y", nil), "where letters find a state, too")
	until(t, func() bool {
		return stateOf(first) == wwe.StateTalking && p.root.QuerySelector(".detail:not([hidden])") != nil
	})

	t.Run("but not while that would type a character", func(t *testing.T) {
		field := p.root.QuerySelector(".detail [name=key]")
		assert.False(t, pressKey(field.Underlying(), "Ó", map[string]any{"code": "KeyH"}))
		assert.Equal(t, wwe.StateTalking, stateOf(first))
	})
	t.Run("nor in another panel", func(t *testing.T) {
		other := elements.New("div", "wwe-panel")
		body.Call("append", other.Underlying())
		defer other.Remove()
		assert.False(t, pressKey(other.Underlying(), "H", nil))
	})
	until(t, func() bool {
		return p.view.Selected != nil && p.view.Selected.Offer("hold") != nil && !p.view.Selected.Offer("hold").Pending
	})
	assert.True(t, pressKey(body, "H", nil))
	until(t, func() bool { return stateOf(first) == wwe.StateHeld })

	t.Run("reject what rings while another call is selected", func(t *testing.T) {
		second := host.Ring(wwetest.Call{ANI: "+33 2"})
		until(t, func() bool { return len(p.view.Ringing) == 1 })
		assert.Equal(t, first, p.view.Selected.InteractionID)
		assert.True(t, pressKey(body, "N", nil))
		until(t, func() bool { return stateOf(second) == "" })
	})
	t.Run("open the forms and the list", func(t *testing.T) {
		assert.True(t, pressKey(body, "U", nil))
		assert.True(t, p.focused().Matches("[name=destination]"))
		assert.True(t, pressKey(body, "L", nil))
		assert.True(t, p.focused().Is(p.dial.field))
		assert.True(t, pressKey(body, "S", nil))
		assert.True(t, p.focused().Is(p.shortcuts.summary))
		assert.Contains(t, p.shortcuts.element.TextContent(), "AcceptAlt+Shift+Y")
	})
	t.Run("and are gone with the panel", func(t *testing.T) {
		p.unmount()
		assert.False(t, pressKey(body, "H", nil))
	})
}

func TestAPageWithoutShortcutsHasNone(t *testing.T) {
	host := wwetest.NewHost()
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.view != nil })
	assert.False(t, pressKey(js.Global().Get("document").Get("body"), "S", nil))
	assert.True(t, p.shortcuts.element.HasAttribute("hidden"))
}

func TestAttentionIsToldWhatRings(t *testing.T) {
	var told []string
	var tell js.Value
	browser := js.ValueOf(map[string]any{})
	for name, f := range map[string]func(args []js.Value) any{
		"rings": func(args []js.Value) any {
			told = append(told, js.Global().Get("JSON").Call("stringify", js.Global().Get("Array").Call("of", anys(args)...)).String())
			return nil
		},
		"mayAsk": func([]js.Value) any { return false },
		"end":    func([]js.Value) any { told = append(told, "end"); return nil },
	} {
		made := js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
		defer made.Release()
		browser.Set(name, made)
	}
	make := js.FuncOf(func(_ js.Value, args []js.Value) any { tell = args[0]; return browser })
	defer make.Release()

	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{Request: "system.amIVisible", Data: "false"})
	p := connected(t, host, options{Attention: make.Value})
	last := func() string {
		if len(told) == 0 {
			return "nothing"
		}
		return told[len(told)-1]
	}
	const quiet = `[true,""]`
	until(t, func() bool { return last() == quiet })
	id := host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Secret": "4711"}})
	until(t, func() bool { return last() != quiet })
	key := js.Global().Get("JSON").Call("parse", last()).Index(2).Int()
	assert.JSONEq(t, `[true,"Inbound call from +33 1",`+strconv.Itoa(key)+`,"+33 1","Inbound call · Ringing"]`, last())
	tell.Invoke("begins", key)
	until(t, func() bool { return len(host.Toasts()) == 1 })
	assert.Equal(t, "+33 1", host.Toasts()[0].Title)
	require.NoError(t, host.Answer(id))
	until(t, func() bool { return last() == quiet && len(host.Toasts()) == 0 })
	p.unmount()
	assert.Equal(t, "end", last())
}

func anys(values []js.Value) (all []any) {
	for _, v := range values {
		all = append(all, v)
	}
	return all
}

// A page may have replaced the browser's objects that attention.js needs.
func TestAPanelGoesOnWhereAttentionFails(t *testing.T) {
	failing := js.Global().Call("eval", `() => ({rings() { throw new Error("theirs") }, mayAsk() { throw "theirs" }, end() { globalThis.attentionEnds = (globalThis.attentionEnds ?? 0) + 1; throw "theirs" }})`)
	defer js.Global().Delete("attentionEnds")
	host := wwetest.NewHost()
	p := connected(t, host, options{Attention: failing, Notify: true})
	defer p.unmount()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	until(t, func() bool { return p.root.QuerySelector(".row") != nil && p.attention.browser.IsUndefined() })
	assert.Equal(t, 1, js.Global().Get("attentionEnds").Int(), "it leaves the lock to other panels, and nothing rings on")
}

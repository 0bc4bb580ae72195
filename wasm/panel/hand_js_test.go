package main

import (
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/shortcuts"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// The agent types on while WWE saves a value, in its field or in another one.
func TestASavedValueTakesNeitherTheFocusNorWhatIsTypedMeanwhile(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Order": "1"}})
	require.NoError(t, host.Answer(id))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.QuerySelector("[data-action=edit]") != nil })
	save := func(value string) {
		p.root.QuerySelector("[name=edited]").SetValue(value)
		host.Fault(wwetest.Fault{Request: "interaction.setUserData", Kind: wwetest.FaultKindDelay, Delay: 200 * time.Millisecond, Next: 1})
		click(p.root.QuerySelector("[data-form=edit] [type=submit]"))
	}
	pending := func() bool { k := p.model.View().Selected.Keys; return len(k) == 1 && k[0].Pending }
	click(p.root.QuerySelector("[data-action=edit]"))
	save("12")
	field := p.root.QuerySelector("[name=edited]")
	field.SetValue("123")
	until(t, func() bool { return !pending() })
	time.Sleep(300 * time.Millisecond)
	assert.True(t, field.IsShown())
	assert.Equal(t, "123", field.Value())
	save("123")
	other := p.root.QuerySelector(".detail [name=key]")
	other.Focus()
	until(t, func() bool { return !field.IsShown() })
	assert.True(t, p.focused().Is(other))
}

// The call ends while the agent types: WWE may refuse the value, but it is not lost.
func TestAValueThatIsTypedStaysWhereTheCallEnds(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Order": "1", "Name": "Ann"}})
	require.NoError(t, host.Answer(id))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return len(p.root.QuerySelectorAll("[data-action=edit]")) == 2 })
	for _, button := range p.root.QuerySelectorAll("[data-action=edit]") {
		click(button)
	}
	fields := p.root.QuerySelectorAll("[name=edited]")
	fields[1].SetValue("12")
	fields[1].Focus()
	require.NoError(t, host.HangUp(id))
	until(t, func() bool { return !fields[0].IsShown() })
	assert.Equal(t, "12", fields[1].Value())
	assert.True(t, fields[1].IsShown() && p.focused().Is(fields[1]))
	click(fields[1].Closest("form").QuerySelector("[data-action=leave]"))
	assert.False(t, fields[1].IsShown())
	p.draw()
	assert.False(t, p.root.QuerySelector("[data-action=edit]").IsShown())
}

// Where a field goes while the agent types, the next key must press nothing.
func TestTheFocusOfAFieldThatGoesIsGivenToNoButton(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1"})
	require.NoError(t, host.Answer(id))
	p := connected(t, host, options{})
	defer p.unmount()
	press(t, p, ".dock [data-action=transfer]")
	field := p.root.QuerySelector("[name=destination]")
	until(t, func() bool { return p.focused() != nil && p.focused().Is(field) })
	require.NoError(t, host.HangUp(id))
	until(t, func() bool { return !field.IsShown() && p.focused() != nil })
	assert.True(t, p.focused().Is(p.dock.title))
}

func TestTheShortcutToHangUpEndsTheConsultationFirst(t *testing.T) {
	host := wwetest.NewHost()
	customer := host.Ring(wwetest.Call{ANI: "+33 1"})
	require.NoError(t, host.Answer(customer))
	p := connected(t, host, options{Shortcuts: shortcuts.Default()})
	defer p.unmount()
	body := js.Global().Get("document").Get("body")
	until(t, func() bool { return p.view != nil && p.view.Selected != nil })
	consultation, err := host.Consult(customer, wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"})
	require.NoError(t, err)
	is := func(id string) func() bool {
		return func() bool {
			return p.view.Selected.InteractionID == id && p.dock.element.GetAttribute("data-key") == keyOf(p.view.Selected)
		}
	}
	until(t, is(consultation))
	time.Sleep(settleTime)
	pressKey(body, "E", nil)
	until(t, is(customer))
	pressKey(body, "E", nil) // twice, or late
	time.Sleep(50 * time.Millisecond)
	_, isThere := host.Interaction(consultation)
	i, _ := host.Interaction(customer)
	assert.False(t, isThere)
	assert.Equal(t, wwe.StateHeld, i.State, "the customer is still there")
	time.Sleep(settleTime)
	pressKey(body, "E", nil)
	until(t, func() bool { i, _ := host.Interaction(customer); return i.State == wwe.StateIdle })
}

// A second press was meant for the call that the first one has rejected.
func TestAShortcutThatIsPressedTwiceRejectsOneCall(t *testing.T) {
	host := wwetest.NewHost()
	first, second := host.Ring(wwetest.Call{ANI: "+33 1"}), host.Ring(wwetest.Call{ANI: "+33 2"})
	p := connected(t, host, options{Shortcuts: shortcuts.Default()})
	defer p.unmount()
	body := js.Global().Get("document").Get("body")
	until(t, func() bool { return p.view != nil && len(p.view.Ringing) == 2 })
	pressKey(body, "N", nil)
	until(t, func() bool { return len(p.model.View().Ringing) == 1 })
	pressKey(body, "N", nil)
	time.Sleep(50 * time.Millisecond)
	_, isThere := host.Interaction(first)
	assert.False(t, isThere)
	i, isThere := host.Interaction(second)
	assert.True(t, isThere)
	assert.Equal(t, wwe.StateRinging, i.State)
	time.Sleep(settleTime)
	pressKey(body, "N", nil)
	until(t, func() bool { return len(p.model.View().Ringing) == 0 })
}

func TestTheShortcutToMarkDoneLeadsToTheDispositionThatIsMissing(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1"})
	require.NoError(t, host.Answer(id))
	require.NoError(t, host.HangUp(id))
	o := options{Shortcuts: shortcuts.Default()}
	o.WrapUp.Dispositions, o.WrapUp.Required = []model.Disposition{{Value: "sold", Label: "Sold"}}, true
	p := connected(t, host, o)
	defer p.unmount()
	until(t, func() bool { return p.root.QuerySelector("[data-wrapup=disposition]") != nil })
	time.Sleep(settleTime + 100*time.Millisecond)
	pressKey(js.Global().Get("document").Get("body"), "D", nil)
	assert.True(t, p.focused() != nil && p.focused().Matches("[data-wrapup=disposition]"))
}

package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

package main

import (
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// hasFresh tells whether the part of the button has just come or changed.
func hasFresh(p *panel, selector string) bool {
	e := p.root.QuerySelector(selector)
	return e != nil && isSettling(e)
}

func TestAPressOnWhatHasJustComeDoesNothing(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	defer p.unmount()
	const accept = "[data-action=accept]"
	pressed := false
	p.entered = func() { // while it is being drawn for the first time
		p.repaint.result(func() {
			pressed = hasFresh(p, accept)
			p.root.QuerySelector(accept).Underlying().Call("click")
		})
	}
	until(t, func() bool { return pressed })
	part := p.root.QuerySelector(accept).Closest("[data-settling]")
	assert.Equal(t, []string{"group", "true"}, []string{part.GetAttribute("role"), part.GetAttribute("aria-disabled")})
	until(t, func() bool { return !isSettling(part) })
	assert.False(t, part.HasAttribute("aria-disabled"))
	assert.Equal(t, wwe.StateRinging, host.Interactions()[0].State)
	press(t, p, accept)
	until(t, func() bool { i, _ := host.Interaction(id); return i.State == wwe.StateTalking })
}

func TestButtonsThatDrawingMovesSettle(t *testing.T) {
	host := wwetest.NewHost()
	require.NoError(t, host.Answer(host.Ring(wwetest.Call{ANI: "+33 1"})))
	p := connected(t, host, options{})
	defer p.unmount()
	const hold = ".dock [data-action=hold]"
	until(t, func() bool { return hasFresh(p, hold) })
	until(t, func() bool { return !hasFresh(p, hold) })
	p.draw()
	assert.False(t, hasFresh(p, hold), "nothing has changed")
	p.root.Prepend(elements.Text("p", "", "something above them")) // not by drawing
	p.draw()
	assert.False(t, hasFresh(p, hold), "what the page or the agent moves is meant")
	p.eachSteady((*steadyPart).measure) // as drawing does
	p.root.Prepend(elements.Text("p", "", "something more above them"))
	p.eachSteady((*steadyPart).settle)
	assert.True(t, hasFresh(p, hold))
}

// An agent who presses Hang up while another button changes is not held up.
func TestAButtonThatStaysCanBePressedWhileOthersCome(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1"})
	require.NoError(t, host.Answer(id))
	host.Fault(wwetest.Fault{Request: "sipEndpoint.isMicrophoneMute", Refuse: "none"}) // without the style, its button would move the others
	p := connected(t, host, options{})
	defer p.unmount()
	const resume, hangUp = ".dock [data-action=resume]", ".dock [data-action=hangUp]"
	style := elements.Text("style", "", ".dock header { block-size: 90px; overflow: hidden; } .slot { block-size: 40px; overflow: hidden; }") // as panel.css has it: what comes moves no slot
	p.root.Underlying().Get("ownerDocument").Get("head").Call("append", style.Underlying())
	defer style.Remove()
	until(t, func() bool { return hasFresh(p, hangUp) })
	until(t, func() bool { return !hasFresh(p, hangUp) })
	require.NoError(t, host.Hold(id))
	until(t, func() bool { return hasFresh(p, resume) && p.root.QuerySelector(resume).IsShown() })
	assert.False(t, hasFresh(p, hangUp))
}

func TestSettlingEndsWithThePanel(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	until(t, func() bool { return hasFresh(p, "[data-action=accept]") })
	p.unmount()
	assert.Empty(t, settling)
	assert.Nil(t, settler, "no timer is left")
}

func TestAnOpenListOfStatesEndsWithThePanel(t *testing.T) {
	p := connected(t, wwetest.NewHost(), options{})
	const control = "[role=combobox]"
	until(t, func() bool { e := p.root.QuerySelector(control); return e != nil && !e.HasAttribute("disabled") })
	countListeners := js.Global().Call("eval", countedListeners)
	p.root.QuerySelector(control).Underlying().Call("click")
	assert.Len(t, p.root.QuerySelectorAll("[role=option]"), 6)
	assert.Equal(t, 2, countListeners.Invoke().Int())
	p.agent.close()
	assert.Zero(t, countListeners.Invoke().Int())
	p.root.QuerySelector(control).Underlying().Call("click")
	assert.NotNil(t, p.agent.open)
	p.unmount()
	assert.Nil(t, p.agent.open)
}

// WWE takes the states away, or what the agent may do, while the list is open.
func TestAListOfStatesClosesWhereNothingCanBeChosen(t *testing.T) {
	host := wwetest.NewHost()
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.view != nil && p.view.Agent.Known && len(p.view.Agent.Choices) > 0 })
	c := p.agent.state
	until(t, func() bool { return !c.control.HasAttribute("disabled") })
	c.open()
	state, choices := p.view.Agent.State, p.view.Agent.Choices
	c.show(p.words, wwe.MediaState{Type: "ON_MARS"}, choices, "", true, true)
	assert.Equal(t, []string{"ON_MARS", "true", "true"},
		[]string{c.text.TextContent(), c.control.GetAttribute("aria-busy"), c.control.GetAttribute("aria-expanded")})
	c.show(p.words, state, choices, "", false, false)
	assert.Equal(t, "false", c.control.GetAttribute("aria-expanded"))
	assert.True(t, c.control.HasAttribute("disabled") && c.popup.HasAttribute("hidden"))
	c.open()
	assert.Nil(t, p.agent.open)
}

package main

import (
	"context"
	"runtime"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// connected puts a panel that is connected to the host onto the page.
func connected(t *testing.T, host *wwetest.Host, o options) *panel {
	t.Helper()
	root := elements.New("div", "")
	js.Global().Get("document").Get("body").Call("append", root.Underlying())
	t.Cleanup(func() { root.Underlying().Call("remove") })
	return newPanelOn(root, o, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {})
}

func until(t *testing.T, holds func() bool) {
	t.Helper()
	require.Eventually(t, holds, 10*time.Second, 10*time.Millisecond)
}

// press presses a button of the panel once it does something.
func press(t *testing.T, p *panel, selector string) {
	t.Helper()
	until(t, func() bool { e := p.root.QuerySelector(selector); return e != nil && !isSettling(e) })
	p.root.QuerySelector(selector).Underlying().Call("click")
}

func TestTwoPanelsOnOnePage(t *testing.T) {
	first, second := wwetest.NewHost(), wwetest.NewHost()
	english, german := connected(t, first, options{}), connected(t, second, options{Words: "lang\tde\nactions.accept\tAnnehmen"})
	first.Ring(wwetest.Call{ANI: "+33 1"})
	until(t, func() bool { return english.root.QuerySelector(".row") != nil })
	assert.Nil(t, german.root.QuerySelector(".row"))
	second.Ring(wwetest.Call{ANI: "+33 2"})
	until(t, func() bool { return german.root.QuerySelector(".row .title") != nil })
	assert.Equal(t, "+33 2", german.root.QuerySelector(".row .title").TextContent())
	english.unmount()
	assert.False(t, english.root.LastChild() != nil)
	press(t, german, "[data-action=accept]")
	until(t, func() bool { return second.Interactions()[0].State == wwe.StateTalking })
	german.unmount()
}

func TestTheFirstThatOneSeesIsWhatWWEHolds(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	defer p.unmount()
	p.deadline.Stop() // however slow this machine is
	until(t, func() bool { return p.root.LastChild() != nil })
	assert.NotNil(t, p.root.QuerySelector(".row"))
}

// A screen reader reads out what comes into regions that it knows.
func TestWhatRingsAsThePanelComesIsReadOut(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	defer p.unmount()
	before := "the panel has not come"
	p.entered = func() { before = p.announcer.assertive.TextContent() }
	until(t, func() bool { return p.announcer.assertive.TextContent() != "" })
	assert.Empty(t, before)
}

func TestAPanelWhoseWWEKeepsSilentIsThereSoon(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{})
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.LastChild() != nil })
	assert.Equal(t, model.Connecting, p.view.Phase)
}

func TestAPanelThatIsUnmountedBeforeItIsThereNeverComes(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{})
	p := connected(t, host, options{})
	p.repaint.soon()
	p.unmount()
	assert.False(t, p.deadline.Stop(), "its timer is stopped")
	assert.False(t, p.repaint.wanted, "its frame is taken back")
	p.repaint.soon() // as what its model still tells would
	assert.False(t, p.repaint.wanted)
	assert.Nil(t, p.root.LastChild())
}

func TestAPanelThatIsUnmountedDuringAPressLeavesNoTimer(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	until(t, func() bool { return p.root.QuerySelector("[data-action=accept]") != nil })
	down := js.Global().Get("Event").New("pointerdown", map[string]any{"bubbles": true})
	p.root.QuerySelector("[data-action=accept]").Underlying().Call("dispatchEvent", down)
	assert.NotNil(t, p.repaint.press)
	p.unmount()
	assert.False(t, p.repaint.press.Stop(), "it is stopped")
}

func TestTheAgentsPlaceIsKept(t *testing.T) {
	name := t.Name()
	t.Cleanup(func() { inStorage("removeItem", placeKey+name) })
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{Place: name})
	defer p.unmount()
	before := "the panel has not come"
	p.entered = func() { before = loadPlace(name) }
	until(t, func() bool { return strings.Contains(loadPlace(name), `"seen":{"`) })
	assert.Empty(t, before, "first it shows what there is")
	p.model.Open("history", true)
	assert.Contains(t, loadPlace(name), "history", "at once")
}

func TestUnmountLeavesNothing(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"k": "v"}})
	root := elements.New("div", "")
	for range 3 { // what is made once for all panels
		newPanelOn(root, options{}, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {}).unmount()
	}
	goroutines := 0
	until(t, func() bool { n := runtime.NumGoroutine(); same := n == goroutines; goroutines = n; return same })
	for n := range 100 {
		p := newPanelOn(root, options{}, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {})
		until(t, func() bool { return p.model.View().Phase == model.Live })
		if n%2 == 0 { // the others are not drawn yet
			until(t, func() bool { return p.view != nil })
		}
		p.unmount()
		p.unmount() // twice is no harm
		assert.False(t, root.LastChild() != nil)
		assert.Empty(t, p.on.all)
	}
	until(t, func() bool { return runtime.NumGoroutine() <= goroutines })
}

// A press on a button of a panel that is gone reaches nobody.
func TestNothingIsHeardAfterUnmount(t *testing.T) {
	p := connected(t, wwetest.NewHost(), options{})
	until(t, func() bool { return p.view != nil })
	p.unmount()
	button := elements.Button("Try again", "again")
	p.root.AppendChild(button)
	button.Underlying().Call("click")
	assert.Equal(t, button.TextContent(), "Try again")
}

// WWE is loaded anew around the panel, and gives the call of the draft's
// neighbour its id.
func TestADraftIsSavedToItsOwnCallWhereIdsAreReused(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.ReuseIDs = true }))
	gone := host.Ring(wwetest.Call{ANI: "Zoe"})
	anna, bert := host.Ring(wwetest.Call{ANI: "Anna"}), host.Ring(wwetest.Call{ANI: "Bert"})
	for _, id := range []string{gone, bert, anna} {
		require.NoError(t, host.Answer(id))
	}
	require.NoError(t, host.HangUp(gone))
	require.NoError(t, host.MarkDone(gone))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return len(p.root.QuerySelectorAll(".row")) == 2 })
	p.model.Select(anna)
	shown := func() *elements.Element { return p.root.QuerySelector(".detail:not([hidden])") }
	until(t, func() bool {
		dock := p.root.QuerySelector(".dock")
		return dock.QuerySelector(".title").TextContent() == "Anna" && shown() != nil && shown().GetAttribute("data-key") == dock.GetAttribute("data-key")
	})
	form := shown().QuerySelector("form[data-form=add]")
	form.QuerySelector("[name=key]").SetValue("Note")
	form.QuerySelector("[name=value]").SetValue("wants a refund")
	host.Restart()
	until(t, func() bool {
		return p.find(func(i *model.Item) bool { return i.ANI == "Anna" && i.InteractionID != anna }) != nil
	})
	shown().QuerySelector("form[data-form=add] button[type=submit]").Underlying().Call("click")
	noteOf := func(ani string) any {
		for _, i := range host.Interactions() {
			if i.ANI == ani {
				return i.UserData["Note"]
			}
		}
		return nil
	}
	until(t, func() bool { return noteOf("Anna") != nil || noteOf("Bert") != nil })
	assert.Equal(t, "wants a refund", noteOf("Anna"))
	assert.Nil(t, noteOf("Bert"))
}

func TestAFailureAboutAnInteractionThatIsGoneIsNotShownWithAnother(t *testing.T) {
	host := wwetest.NewHost()
	require.NoError(t, host.Answer(host.Ring(wwetest.Call{ANI: "Anna"})))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.QuerySelector(".detail:not([hidden])") != nil })
	p.model.Do(model.Task{Action: model.CompleteTransfer, On: "99"}, nil)
	until(t, func() bool { return p.root.QuerySelector(".failure") != nil })
	assert.Empty(t, p.root.QuerySelectorAll(".detail .failure"))
}

func TestEqualFailuresOfInteractionsThatAreGoneAreOne(t *testing.T) {
	host := wwetest.NewHost()
	ids := []string{host.Ring(wwetest.Call{ANI: "Anna"}), host.Ring(wwetest.Call{ANI: "Bert"})}
	host.Fault(wwetest.Fault{Request: "interaction.accept", Refuse: "not now"})
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return len(p.root.QuerySelectorAll(".row")) == 2 })
	for _, id := range ids {
		p.model.Do(model.Task{Action: model.Accept, On: id}, nil)
	}
	until(t, func() bool { return len(p.model.View().Failures) == 2 })
	for _, id := range ids {
		require.NoError(t, host.Reject(id))
	}
	until(t, func() bool {
		return len(p.root.QuerySelectorAll(".row")) == 0 && len(p.root.QuerySelectorAll(".failure")) == 1
	})
	assert.Contains(t, p.root.QuerySelector(".failure strong").TextContent(), "(2\u00a0×)")
	p.root.QuerySelector("[data-action=dismiss]").Underlying().Call("click")
	until(t, func() bool { return len(p.root.QuerySelectorAll(".failure")) == 0 && len(p.model.View().Failures) == 0 })
}

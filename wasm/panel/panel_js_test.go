package main

import (
	"context"
	"runtime"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/page"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// connected puts a panel that is connected to the host onto the page.
func connected(t *testing.T, host *wwetest.Host, o options) *panel {
	t.Helper()
	root := page.New("div", "")
	js.Global().Get("document").Get("body").Call("append", root.Underlying())
	t.Cleanup(func() { root.Underlying().Call("remove") })
	return newPanelOn(root, o, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {})
}

func until(t *testing.T, holds func() bool) {
	t.Helper()
	require.Eventually(t, holds, 10*time.Second, 10*time.Millisecond)
}

func TestTwoPanelsOnOnePage(t *testing.T) {
	first, second := wwetest.NewHost(), wwetest.NewHost()
	english, german := connected(t, first, options{Lang: "en"}), connected(t, second, options{Lang: "de"})
	first.Ring(wwetest.Call{ANI: "+33 1"})
	until(t, func() bool { return english.root.QuerySelector(".row") != nil })
	assert.Nil(t, german.root.QuerySelector(".row"))
	second.Ring(wwetest.Call{ANI: "+33 2"})
	until(t, func() bool { return german.root.QuerySelector(".row .title") != nil })
	assert.Equal(t, "+33 2", german.root.QuerySelector(".row .title").TextContent())
	english.unmount()
	assert.False(t, english.root.LastChild() != nil)
	german.root.QuerySelector("[data-action=accept]").Underlying().Call("click")
	until(t, func() bool { return second.Interactions()[0].State == wwe.StateTalking })
	german.unmount()
}

func TestTheFirstThatOneSeesIsWhatWWEHolds(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1"})
	p := connected(t, host, options{})
	defer p.unmount()
	p.first.Stop() // however slow this machine is
	until(t, func() bool { return p.root.LastChild() != nil })
	assert.NotNil(t, p.root.QuerySelector(".row"))
}

func TestAPanelWhoseWWEKeepsSilentIsThereSoon(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{})
	p := connected(t, host, options{Lang: "en"})
	defer p.unmount()
	until(t, func() bool { return p.root.LastChild() != nil })
	assert.Equal(t, model.Connecting, p.view.Phase)
}

func TestAPanelThatIsUnmountedBeforeItIsThereNeverComes(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{})
	p := connected(t, host, options{})
	p.unmount()
	assert.False(t, p.first.Stop(), "nothing draws it any more")
	assert.Nil(t, p.root.LastChild())
}

func TestUnmountLeavesNothing(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"k": "v"}})
	root := page.New("div", "")
	for range 3 { // what is made once for all panels
		newPanelOn(root, options{}, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {}).unmount()
	}
	goroutines := 0
	until(t, func() bool { n := runtime.NumGoroutine(); same := n == goroutines; goroutines = n; return same })
	for range 100 {
		p := newPanelOn(root, options{}, func(context.Context) (*wwe.Service, error) { return host.Connect() }, func(string, model.Detail) {})
		until(t, func() bool { return p.model.View().Phase == model.Live })
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
	until(t, func() bool { return p.model.View().Phase == model.Live })
	p.unmount()
	button := page.Button("Try again", "again")
	p.root.AppendChild(button)
	button.Underlying().Call("click")
	assert.Equal(t, button.TextContent(), "Try again")
}

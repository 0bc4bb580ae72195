//go:build js

package main

import (
	"context"
	"errors"
	"strconv"
	"syscall/js"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
)

const retryAfter = 2 * time.Second

// panel shows the agent's interactions in an element of the page.
type panel struct {
	options       options
	notify        func(event string, detail any)
	status, about dom.Element
	interactions  dom.Element
	cancel        context.CancelFunc
	list          *list                        // nil until connected
	states        map[string]interactionDetail // by interaction id, as told last
}

// newPanel fills the empty element root and starts to follow WWE.
func newPanel(root dom.Element, options options, notify func(event string, detail any)) *panel {
	ctx, cancel := context.WithCancel(context.Background())
	p := &panel{
		options:      options,
		notify:       notify,
		status:       page.Text("p", "status", "Connecting…"),
		interactions: page.Element("ul", "interactions"),
		about: page.Element("section", "about", page.Text("h2", "", "This page is an agent panel"),
			page.Text("p", "", "It belongs into an iframe of Genesys Workspace Web Edition (WWE), where it shows the agent's interactions."),
			page.Text("p", "", "To try it, run “make run” in the project's folder and open the simulated desktop on localhost:8080.")),
		cancel: cancel,
	}
	p.status.SetAttribute("role", "status")
	p.interactions.SetAttribute("aria-label", "Interactions")
	page.Hide(p.about, true)
	root.AppendChild(page.Text("h1", "", "Interactions"))
	root.AppendChild(p.status)
	root.AppendChild(p.interactions)
	root.AppendChild(p.about)
	go func() {
		if err := p.run(ctx); ctx.Err() == nil {
			p.fail(err)
		}
	}()
	return p
}

// unmount ends all that the panel does. Its elements are the page's to remove.
func (p *panel) unmount() {
	p.cancel()
	if p.list != nil {
		p.list.release()
	}
}

// run shows the interactions until that is not possible any more.
func (p *panel) run(ctx context.Context) error {
	svc, err := wwe.Connect(ctx, p.options.connect()...)
	if err != nil {
		return err
	}
	defer svc.Close()
	workspace, err := svc.Watch(ctx)
	for errors.Is(err, wwe.ErrTimeout) { // WWE may still be starting
		p.say(err.Error()+". Trying again.", true)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryAfter):
		}
		workspace, err = svc.Watch(ctx)
	}
	if err != nil {
		return err
	}
	list := newList(p.interactions, svc)
	p.list = list
	defer list.show(nil) // nothing there works any more
	allowed := wwe.Async(func() (wwe.AllowedServices, error) { return svc.Allowed(ctx) })
	for {
		interactions := workspace.Interactions()
		list.show(interactions)
		p.tell(interactions)
		if stale := workspace.Stale(); stale != nil {
			p.say("This may be out of date. "+stale.Error(), true)
		} else {
			p.say(summary(interactions), false)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case answer := <-allowed: // none is taken for all: WWE itself says at each action what it does not allow
			list.allowed = answer.Value
			allowed = nil
		case _, open := <-workspace.Changed():
			if !open {
				return workspace.Err()
			}
		}
	}
}

// interactionDetail is the detail of wwe-interaction-changed.
type interactionDetail struct {
	InteractionID string `js:"interactionId"`
	CaseID        string `js:"caseId"`
	State         string `js:"state"`
	PreviousState string `js:"previousState"`
	Media         string `js:"media"`
	Direction     string `js:"direction"`
}

// tell tells the page which interactions have come, changed their state or gone.
func (p *panel) tell(interactions []wwe.Interaction) {
	was := p.states
	p.states = map[string]interactionDetail{}
	for _, i := range interactions {
		now := interactionDetail{i.InteractionID, i.CaseID, string(i.State), was[i.InteractionID].State, i.Media, string(i.Direction)}
		p.states[i.InteractionID] = now
		if now.State != now.PreviousState {
			p.notify("wwe-interaction-changed", now)
		}
	}
	for id, then := range was {
		if _, there := p.states[id]; !there {
			then.State, then.PreviousState = "", then.State
			p.notify("wwe-interaction-changed", then)
		}
	}
}

// say tells it to the agent. The status is a live region, which screen readers
// read out at every change.
func (p *panel) say(text string, isError bool) {
	page.SetText(p.status, text)
	if isError {
		p.status.Class().Add("error")
	} else {
		p.status.Class().Remove("error")
	}
}

// fail says why the panel cannot work, and what it is, to whoever has opened
// it in a place where it cannot.
func (p *panel) fail(err error) {
	if errors.Is(err, wwe.ErrNotEmbedded) && standsAlone() {
		p.say("Not inside WWE.", false)
	} else {
		p.say(err.Error(), true)
	}
	page.Hide(p.about, false)
}

func standsAlone() bool {
	return js.Global().Get("parent").Equal(js.Global().Get("self"))
}

func summary(interactions []wwe.Interaction) string {
	ringing := 0
	for _, i := range interactions {
		if i.State == wwe.StateRinging {
			ringing++
		}
	}
	switch {
	case ringing > 0:
		return "A call is ringing."
	case len(interactions) == 0:
		return "No interactions."
	case len(interactions) == 1:
		return "One interaction."
	}
	return strconv.Itoa(len(interactions)) + " interactions."
}

//go:build js

// Command panel is the agent panel of index.html: it shows the interactions
// that the agent has in WWE and lets the agent act on them.
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

func main() {
	document := dom.GetWindow().Document()
	p := &panel{status: document.GetElementByID("status"), about: document.GetElementByID("about")}
	p.fail(p.run(document))
}

// panel is the page around the list.
type panel struct {
	status, about dom.Element
}

// run shows the interactions until that is not possible any more.
func (p *panel) run(document dom.Document) error {
	ctx := context.Background()
	svc, err := wwe.Connect(ctx, connectOptions(document)...)
	if err != nil {
		return err
	}
	workspace, err := svc.Watch(ctx)
	for errors.Is(err, wwe.ErrTimeout) { // WWE may still be starting
		p.say(err.Error()+". Trying again.", true)
		time.Sleep(retryAfter)
		workspace, err = svc.Watch(ctx)
	}
	if err != nil {
		return err
	}
	list := newList(document.GetElementByID("interactions"), svc)
	defer list.show(nil) // nothing there works any more
	allowed := wwe.Async(func() (wwe.AllowedServices, error) { return svc.Allowed(ctx) })
	for {
		interactions := workspace.Interactions()
		list.show(interactions)
		if stale := workspace.Stale(); stale != nil {
			p.say("This may be out of date. "+stale.Error(), true)
		} else {
			p.say(summary(interactions), false)
		}
		select {
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

// connectOptions are the page's configuration: the origin of WWE in
// <meta name="wwe-origin">, or ?client=object for Genesys' client.
func connectOptions(document dom.Document) []wwe.Option {
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	if client := query.Call("get", "client"); client.Type() == js.TypeString && client.String() == "object" {
		return nil
	}
	origin := ""
	if meta := document.QuerySelector(`meta[name="wwe-origin"]`); meta != nil {
		origin = meta.GetAttribute("content")
	}
	return []wwe.Option{wwe.WithOrigin(origin)}
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

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

	"wwebridge/wasm/wwe"
)

// rereadEvery is how long the list may be older than WWE's own.
const rereadEvery = time.Second

func main() {
	document := dom.GetWindow().Document()
	p := &panel{
		status: document.GetElementByID("status"),
		about:  document.GetElementByID("about"),
	}
	svc, err := wwe.Connect(context.Background(), connectOptions(document)...)
	if err != nil {
		p.cannotConnect(err)
		return
	}
	list := newList(document.GetElementByID("interactions"), svc)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		interactions, err := svc.Interaction.GetInteractions(ctx)
		cancel()
		if err != nil {
			p.say(err.Error(), true)
		} else {
			list.show(interactions)
			p.say(summary(interactions), false)
		}
		select {
		case <-list.acted: // the agent wants to see what came of it
		case <-time.After(rereadEvery):
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
	return []wwe.Option{wwe.WithOrigin(wweOrigin(document))}
}

func wweOrigin(document dom.Document) string {
	if meta := document.QuerySelector(`meta[name="wwe-origin"]`); meta != nil {
		return meta.GetAttribute("content")
	}
	return ""
}

// panel is the page around the list.
type panel struct {
	status, about dom.Element
	said          string
}

// say tells it to the agent, once: the status is a live region, which screen
// readers read out at every change.
func (p *panel) say(text string, isError bool) {
	if text == p.said {
		return
	}
	p.said = text
	p.status.SetTextContent(text)
	if isError {
		p.status.Class().Add("error")
	} else {
		p.status.Class().Remove("error")
	}
}

func (p *panel) cannotConnect(err error) {
	p.say(err.Error(), true)
	if errors.Is(err, wwe.ErrNotEmbedded) {
		p.say("Not inside WWE.", false)
	}
	p.about.RemoveAttribute("hidden")
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

//go:build js

package main

import (
	"context"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/wwe"
)

// list is the list of interactions: a card for each, updated in place so that
// what the agent is typing, and where, survives.
type list struct {
	element dom.Element
	cards   map[string]*card // by interaction id
	svc     *wwe.Service
	acted   chan struct{} // signals that an action has ended
}

// newList fills the element. Two listeners there hear every click and every
// form below it, so that cards come and go without any of their own.
func newList(element dom.Element, svc *wwe.Service) *list {
	l := &list{element: element, cards: map[string]*card{}, svc: svc, acted: make(chan struct{}, 1)}
	element.AddEventListener("click", false, func(e dom.Event) {
		button := e.Target().Closest("button[data-action]")
		if c := l.cardOf(button); c != nil {
			l.act(c, button)
		}
	})
	element.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		if c := l.cardOf(e.Target()); c != nil {
			l.act(c, c.add)
		}
	})
	return l
}

// show makes the list equal to the interactions, in their order.
func (l *list) show(interactions []wwe.Interaction) {
	present := map[string]bool{}
	for _, i := range interactions {
		present[i.InteractionID] = true
		c := l.cards[i.InteractionID]
		if c == nil {
			c = newCard(i.InteractionID)
			l.cards[i.InteractionID] = c
			l.element.AppendChild(c.element)
		}
		c.show(i)
	}
	for id, c := range l.cards {
		if !present[id] {
			delete(l.cards, id)
			l.element.RemoveChild(c.element)
		}
	}
}

func (l *list) cardOf(within dom.Element) *card {
	if within == nil {
		return nil
	}
	element := within.Closest(".card")
	if element == nil {
		return nil
	}
	return l.cards[element.GetAttribute("data-id")]
}

// act does what the button says. It is called by a listener and does not block.
func (l *list) act(c *card, button dom.Element) {
	if button.GetAttribute("aria-disabled") == "true" {
		return // its first press is still under way
	}
	action := button.GetAttribute("data-action")
	if action == "dismiss" {
		c.dismiss()
		return
	}
	do := l.actions()[action]
	button.SetAttribute("aria-disabled", "true")
	key, value := "", ""
	switch action {
	case "add":
		key, value = c.entry()
	case "delete":
		key = c.userData.keyOf(button)
	}
	go func() {
		err := do(context.Background(), c.id, key, value)
		button.SetAttribute("aria-disabled", "false")
		if err != nil {
			c.fail(err)
			return
		}
		if action == "add" {
			c.clearEntry()
		}
		select {
		case l.acted <- struct{}{}:
		default:
		}
	}()
}

// actions are what buttons can do, by their data-action.
func (l *list) actions() map[string]func(ctx context.Context, id, key, value string) error {
	n := l.svc.Interaction
	return map[string]func(ctx context.Context, id, key, value string) error{
		"accept":   func(ctx context.Context, id, _, _ string) error { return n.Accept(ctx, id) },
		"reject":   func(ctx context.Context, id, _, _ string) error { return n.Reject(ctx, id) },
		"markdone": func(ctx context.Context, id, _, _ string) error { return n.MarkDone(ctx, id) },
		"delete":   func(ctx context.Context, id, key, _ string) error { return n.DeleteUserData(ctx, id, key) },
		"add": func(ctx context.Context, id, key, value string) error {
			return n.SetUserData(ctx, id, wwe.UserData{key: value})
		},
	}
}

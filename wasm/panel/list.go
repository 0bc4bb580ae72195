//go:build js

package main

import (
	"context"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
)

// list is the list of interactions: a card for each, updated in place so that
// what the agent is typing, and where, survives.
type list struct {
	element dom.Element
	cards   map[string]*card // by interaction id
	svc     *wwe.Service
	allowed wwe.AllowedServices
	release func() // takes the two listeners away
}

// newList fills the element. Two listeners there hear every click and every
// form below it, so that cards come and go without any of their own.
func newList(element dom.Element, svc *wwe.Service) *list {
	l := &list{element: element, cards: map[string]*card{}, svc: svc}
	click := element.AddEventListener("click", false, func(e dom.Event) {
		button := e.Target().Closest("button[data-action]")
		if c := l.cardOf(button); c != nil && button.GetAttribute("type") != "submit" {
			l.act(c, button)
		}
	})
	submit := element.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		if c := l.cardOf(e.Target()); c != nil {
			l.act(c, c.add)
		}
	})
	l.release = func() {
		element.RemoveEventListener("click", false, click)
		element.RemoveEventListener("submit", false, submit)
	}
	return l
}

// show makes the list equal to the interactions. Each comes after those that
// are there, as a Workspace has them too, and keeps its place.
func (l *list) show(interactions []wwe.Interaction) {
	var ids []string
	for _, i := range interactions {
		ids = append(ids, i.InteractionID)
	}
	page.Sync(l.element, l.cards, ids, newCard)
	for _, i := range interactions {
		l.cards[i.InteractionID].show(i, l.allowed)
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
	key, value := "", ""
	switch action {
	case "add":
		key, value = c.entry()
	case "delete":
		key = c.userData.keyOf(button)
	}
	button.SetAttribute("aria-disabled", "true")
	go func() {
		err := l.do(action, c.id, key, value)
		button.SetAttribute("aria-disabled", "false")
		switch {
		case err != nil:
			c.fail(err)
		case action == "add":
			c.clearEntry(key, value)
		}
	}()
}

func (l *list) do(action, id, key, value string) error {
	n, ctx := l.svc.Interaction, context.Background()
	switch action {
	case "accept":
		return n.Accept(ctx, id)
	case "reject":
		return n.Reject(ctx, id)
	case "markdone":
		return n.MarkDone(ctx, id)
	case "add":
		return n.SetUserData(ctx, id, wwe.UserData{key: value})
	case "delete":
		return n.DeleteUserData(ctx, id, key)
	}
	panic("no button does " + action)
}

package main

import (
	"context"
	"slices"
	"strings"

	"wwebridge/wasm/wwe"
)

// A view is the content of the page. main_js.go draws it; the test only reads it.
type view struct {
	State  string           // of the agent
	States []wwe.MediaState // that the agent can choose from
	Recent []string         // the numbers of calls, the last one first
}

// follow shows a view now and after every change, until ctx ends or WWE ends the connection.
func follow(ctx context.Context, svc *wwe.Service, show func(view)) error {
	// Subscribe first: a change after this line is an event, one before it is in the answers below.
	events, err := svc.Subscribe(ctx, wwe.TopicAgent)
	if err != nil {
		return err
	}
	defer events.Close()
	interactions, err := svc.Watch(ctx) // a live mirror of the agent's interactions
	if err != nil {
		return err
	}
	defer interactions.Close()
	states, err := svc.Agent.GetStateList(ctx)
	if err != nil {
		return err
	}
	state, err := svc.Agent.GetState(ctx)
	if err != nil {
		return err
	}
	var numbers []string
	for interactions.Err() == nil {
		changed := interactions.Changed() // before reading them, so that no change is missed
		numbers = recent(slices.Clone(numbers), interactions.Interactions())
		show(view{state.DisplayName, states, numbers})
		select {
		case <-changed:
		case _, open := <-events.Events():
			if !open {
				return events.Err()
			}
			if state, err = svc.Agent.GetState(ctx); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return interactions.Err()
}

// recent puts the numbers of the interactions before the others, and keeps ten.
func recent(numbers []string, interactions []wwe.Interaction) []string {
	for _, i := range interactions {
		number := i.ANI // the caller; chats and emails have no number
		if i.Direction == wwe.DirectionOut {
			number = i.DNIS
		}
		if number != "" {
			numbers = slices.Insert(slices.DeleteFunc(numbers, func(other string) bool { return other == number }), 0, number)
		}
	}
	return numbers[:min(len(numbers), 10)]
}

// dialled removes the separators from a number. It leaves other characters, which WWE refuses.
func dialled(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "(", "", ")", "", "-", "", ".", "", "/", "").Replace(text)
}

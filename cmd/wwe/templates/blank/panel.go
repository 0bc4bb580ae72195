package main

import (
	"cmp"
	"context"

	"wwebridge/wasm/wwe"
)

// A view is the content of the page. main_js.go draws it; the test only reads it. So this file needs no
// browser.
type view struct {
	Agent, State string
	Interactions []row
	Warning      string // why the interactions may be out of date
}

// A row is an interaction in the words of an agent.
type row struct{ Who, State string }

// follow shows a view now and after every change, until ctx ends or WWE ends the connection.
func follow(ctx context.Context, svc *wwe.Service, show func(view)) error {
	// Subscribe first: a change after this line is an event, one before it is in the answers below.
	events, err := svc.Subscribe(ctx, wwe.TopicAgent)
	if err != nil {
		return err
	}
	defer events.Close()
	agent, err := svc.Agent.Get(ctx)
	if err != nil {
		return err
	}
	state, err := svc.Agent.GetState(ctx)
	if err != nil {
		return err
	}
	interactions, err := svc.Watch(ctx) // a live mirror of the agent's interactions
	if err != nil {
		return err
	}
	defer interactions.Close()
	for interactions.Err() == nil {
		changed := interactions.Changed() // before reading them, so that no change is missed
		v := view{Agent: agent.FullName(), State: state.DisplayName, Warning: explain(interactions.Stale())}
		for _, i := range interactions.Interactions() {
			v.Interactions = append(v.Interactions, row{who(i), stateText(i.State)})
		}
		show(v)
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

// who returns the number or the name of the customer. Only calls have numbers, and only newer WWEs send a contact.
func who(i wwe.Interaction) string {
	if i.Contact != nil && i.Contact.DisplayName != "" {
		return i.Contact.DisplayName
	}
	var party string
	if len(i.Parties) > 0 {
		party = i.Parties[0].Name
	}
	return cmp.Or(i.ANI, i.DNIS, party, i.Media, "Interaction "+i.InteractionID)
}

// stateText covers the states of calls. Chats and emails have more: see the constants of wwe.State.
func stateText(s wwe.State) string {
	texts := map[wwe.State]string{wwe.StateRinging: "Ringing", wwe.StateInvited: "Waiting for you", wwe.StateDialing: "Dialling",
		wwe.StateTalking: "Talking", wwe.StateHeld: "On hold", wwe.StateIdle: "Ended"}
	return cmp.Or(texts[s], "Open")
}

// explain says who can fix an error, and how. The error's own text is for that person.
func explain(err error) string {
	if err == nil {
		return ""
	}
	return wwe.CategoryOf(err).Explain() + " (" + err.Error() + ")"
}

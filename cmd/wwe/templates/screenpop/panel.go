package main

import (
	"context"
	"strings"

	"wwebridge/wasm/wwe"
)

// customerKey is the key of user data that holds the customer's number. The call flow attaches it.
const customerKey = "CustomerID"

// A view is the content of the page: a text, and the customer's record once it has come.
type view struct {
	Status, Failure, Name string
	Fields                [][2]string // labels and values
}

// follow shows the record of the customer whom the agent is looking at. get returns a record as JSON, or
// "" if there is none.
func follow(ctx context.Context, svc *wwe.Service, get func(id string) (string, error), show func(view)) error {
	interactions, err := svc.Watch(ctx) // a live mirror of the agent's interactions
	if err != nil {
		return err
	}
	defer interactions.Close()
	var shown string
	var record chan view
	for interactions.Err() == nil {
		changed := interactions.Changed() // before reading them, so that no change is missed
		if id := customer(interactions.Interactions()); id != shown || record == nil {
			shown, record = id, make(chan view, 1) // nobody reads the record before, if it comes late
			show(view{Status: "Loading…"})
			go func(to chan<- view) { to <- lookUp(id, get) }(record)
		}
		select {
		case <-changed:
		case v := <-record:
			show(v)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return interactions.Err()
}

// customer returns the number of the customer in the selected case, or else in the newest one.
func customer(interactions []wwe.Interaction) (id string) {
	for _, i := range interactions {
		if id = i.UserData.Text(customerKey); i.IsCaseSelected {
			break
		}
	}
	return id
}

func lookUp(id string, get func(id string) (string, error)) view {
	if id == "" {
		return view{Status: "No customer. The record of a call with a " + customerKey + " appears here."}
	}
	text, err := get(id)
	if text == "" && err == nil {
		return view{Status: "There is no record of customer " + id + "."}
	}
	var record wwe.UserData // reads JSON; encoding/json would make the program much larger
	if err == nil {
		err = record.UnmarshalJSON([]byte(text))
	}
	if err != nil {
		return view{Failure: "The record of customer " + id + " cannot be loaded: " + err.Error()}
	}
	v := view{Status: "Customer " + id, Name: record.Text("Name")}
	delete(record, "Name")
	for _, label := range record.Keys() {
		v.Fields = append(v.Fields, [2]string{label, record.Text(label)})
	}
	return v
}

// isSafe reports whether a link may lead there. A javascript: link would run in this page, and a name
// before an @ would hide where a link leads.
func isSafe(link string) bool {
	return strings.HasPrefix(link, "https://") && !strings.Contains(link, "@")
}

//go:build js

package main

import (
	"errors"
	"strings"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// colleagueForm has the agent's actions that involve a colleague: consult,
// transfer, conference, and the completion of a consultation.
type colleagueForm struct {
	element, form, complete dom.Element
	destination             *dom.HTMLInputElement
}

func newColleagueForm(id string) *colleagueForm {
	f := &colleagueForm{destination: html.Input("destination")}
	f.destination.SetAttribute("aria-label", "Colleague or number")
	f.destination.SetAttribute("placeholder", "Colleague or number")
	buttons := html.Element("div", "actions")
	for _, name := range []string{"Consult", "Transfer", "Conference"} {
		buttons.AppendChild(f.button(name, id))
	}
	f.form = html.Element("div", "colleague", f.destination, buttons)
	f.complete = html.Element("div", "actions", f.button("Complete transfer", id), f.button("Complete conference", id))
	f.element = html.Element("div", "with-colleague", f.form, f.complete)
	return f
}

func (f *colleagueForm) button(name, id string) dom.Element {
	b := html.Button(name, name)
	b.SetAttribute("class", "small")
	b.SetAttribute("data-id", id)
	return b
}

// show shows the controls that make sense for an interaction with this look.
func (f *colleagueForm) show(look string, isConsultation bool) {
	isOn := look == "active" || look == "held"
	html.Hide(f.form, !isOn || isConsultation)
	html.Hide(f.complete, !isOn || !isConsultation)
}

// do performs the action of the button with this name. isMine is false if the
// button is not part of the form.
func (f *colleagueForm) do(acts *scenario.Acts, name, id string) (isMine bool, err error) {
	switch name {
	case "Consult", "Transfer", "Conference":
		if f.destination.Value() == "" {
			return true, errors.New("name a colleague or a number first")
		}
		_, err = acts.Do(strings.ToLower(name), id, scenario.Target{Destination: f.destination.Value()})
	case "Complete transfer":
		_, err = acts.Do("completeTransfer", id)
	case "Complete conference":
		_, err = acts.Do("completeConference", id)
	default:
		return false, nil
	}
	return true, err
}

// addColleague adds the functions of window.wweHost for these actions. Each
// returns the id of the interaction that the agent then has. That is the
// consultation for consult, and the customer's interaction for the others.
func addColleague(functions map[string]function, host *wwetest.Host) {
	toTarget := func(do func(id string, to wwe.Target) (string, error)) function {
		return taking(func(a struct {
			ID      string          `js:"id"`
			Options scenario.Target `js:"options"`
		}) (any, error) {
			return do(a.ID, a.Options.ForHost())
		})
	}
	ofCustomer := func(do func(id string, to wwe.Target) error) func(string, wwe.Target) (string, error) {
		return func(id string, to wwe.Target) (string, error) { return id, do(id, to) }
	}
	complete := func(do func(id string) error) function {
		return taking(func(a byID) (any, error) {
			consultation, _ := host.Interaction(a.ID)
			return consultation.ParentInteractionID, do(a.ID)
		})
	}
	functions["consult"] = toTarget(host.Consult)
	functions["transfer"] = toTarget(ofCustomer(host.Transfer))
	functions["conference"] = toTarget(ofCustomer(host.Conference))
	functions["completeTransfer"] = complete(host.CompleteTransfer)
	functions["completeConference"] = complete(host.CompleteConference)
}

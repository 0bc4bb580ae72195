//go:build js

package main

import (
	"slices"
	"strconv"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// caseList shows the agent's cases, each with its interactions.
type caseList struct {
	acts                *scenario.Acts
	host                *wwetest.Host
	list, empty, status dom.Element
	cases               map[string]*caseRow
	cards               map[string]*card // by interaction id, for all cases
}

func newCaseList(acts *scenario.Acts) *caseList {
	l := &caseList{
		acts:   acts,
		host:   acts.Host,
		list:   html.ByID("cases"),
		empty:  html.ByID("no-cases"),
		status: html.ByID("status"),
		cases:  map[string]*caseRow{},
		cards:  map[string]*card{},
	}
	l.list.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button[data-action]"); button != nil {
			l.press(button)
		}
	})
	l.list.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		if c := l.cards[e.Target().GetAttribute("data-id")]; c != nil {
			c.say(c.userData.add(acts))
		}
	})
	go func() {
		for range time.Tick(time.Second) {
			for _, c := range l.cards {
				c.showTime()
			}
		}
	}()
	return l
}

// press performs the action of a button: on the case, on the user data, or on
// the interaction. The last may take time.
func (l *caseList) press(button dom.Element) {
	id := button.GetAttribute("data-id")
	action := button.GetAttribute("data-action")
	switch action {
	case "selectCase":
		_, _ = l.acts.Do("selectCase", id) // it exists, because its button does
		return
	case "toggleCase":
		_ = l.host.ToggleCase(id)
		return
	}
	c := l.cards[id]
	if c == nil || button.GetAttribute("aria-disabled") == "true" {
		return
	}
	switch action {
	case "editUserData":
		c.userData.edit(button.GetAttribute("data-key"))
		return
	case "deleteUserData":
		_, err := l.acts.Do("deleteUserData", id, button.GetAttribute("data-key"))
		c.say(err)
		return
	}
	if isColleagues, err := c.colleague.do(l.acts, action, id); isColleagues {
		c.say(err)
		return
	}
	button.SetAttribute("aria-disabled", "true")
	go func() {
		err := perform(l.acts, wwetest.Action(action), id)
		button.SetAttribute("aria-disabled", "false")
		c.say(err)
	}()
}

// perform performs an action by the function of its name, if there is one.
func perform(acts *scenario.Acts, action wwetest.Action, id string) error {
	var err error
	switch action {
	case wwetest.ActionAnswer, wwetest.ActionReject, wwetest.ActionHold, wwetest.ActionResume, wwetest.ActionHangUp, wwetest.ActionMarkDone:
		_, err = acts.Do(string(action), id)
	default:
		_, err = acts.Do("do", id, string(action))
	}
	return err
}

// show updates the list to the interactions of the Host. It leaves unchanged
// parts alone, because the user may be about to press a button there.
func (l *caseList) show() {
	interactions := l.host.Interactions()
	var order []string
	members := map[string][]wwe.Interaction{}
	for _, i := range interactions {
		if members[i.CaseID] == nil {
			order = append(order, i.CaseID)
		}
		members[i.CaseID] = append(members[i.CaseID], i)
	}
	html.Hide(l.empty, len(interactions) > 0)
	html.SetText(l.status, count(len(interactions), "interaction")+" · "+count(len(order), "case"))
	html.Sync(l.list, l.cases, order, newCaseRow)
	for id := range l.cards {
		if !slices.ContainsFunc(interactions, func(i wwe.Interaction) bool { return i.InteractionID == id }) {
			delete(l.cards, id)
		}
	}
	for _, id := range order {
		l.cases[id].show(members[id])
		for _, i := range members[id] {
			c := l.cases[id].cards[i.InteractionID]
			l.cards[i.InteractionID] = c
			c.show(i, l.cases[id].name, l.host.Actions(i.InteractionID))
		}
	}
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// caseRow shows one case: its header, and the cards of its interactions.
type caseRow struct {
	element, toggle, choose, title, about, list dom.Element
	cards                                       map[string]*card
	name                                        string
}

func newCaseRow(caseID string) *caseRow {
	r := &caseRow{
		toggle: html.Button("", "toggleCase"),
		choose: html.Button("", "selectCase"),
		title:  html.Element("strong", ""),
		about:  html.Element("span", "quiet"),
		list:   html.Element("ul", "cards"),
		cards:  map[string]*card{},
	}
	r.toggle.SetAttribute("class", "icon toggle")
	r.toggle.SetAttribute("data-id", caseID)
	r.choose.SetAttribute("class", "choose")
	r.choose.SetAttribute("data-id", caseID)
	r.choose.SetAttribute("title", "Case "+caseID)
	r.choose.AppendChild(r.title)
	r.choose.AppendChild(r.about)
	r.element = html.Element("li", "case", html.Element("div", "case-header", r.toggle, r.choose), r.list)
	return r
}

// Element implements html.Row.
func (r *caseRow) Element() dom.Element { return r.element }

func (r *caseRow) show(interactions []wwe.Interaction) {
	main := interactions[0]
	var ids []string
	for _, i := range interactions {
		ids = append(ids, i.InteractionID)
		if i.IsMainCaseInteraction {
			main = i
		}
	}
	r.name = title(main)
	html.SetText(r.title, r.name)
	html.SetText(r.about, count(len(interactions), "interaction")+" · case "+main.CaseID[:min(8, len(main.CaseID))])
	action := "Expand "
	if main.IsCaseExpanded {
		action = "Collapse "
	}
	html.SetAttribute(r.toggle, "aria-expanded", strconv.FormatBool(main.IsCaseExpanded))
	html.SetAttribute(r.toggle, "aria-label", action+r.name)
	html.SetAttribute(r.choose, "aria-pressed", strconv.FormatBool(main.IsCaseSelected))
	html.SetAttribute(r.element, "data-expanded", strconv.FormatBool(main.IsCaseExpanded))
	html.SetAttribute(r.element, "data-selected", strconv.FormatBool(main.IsCaseSelected))
	html.Sync(r.list, r.cards, ids, newCard)
}

// title returns the name of the customer or party of the interaction.
func title(i wwe.Interaction) string {
	if i.Contact != nil && i.Contact.DisplayName != "" {
		return i.Contact.DisplayName
	}
	for _, party := range i.Parties {
		if party.Name != "" {
			return party.Name
		}
	}
	return "Interaction " + i.InteractionID
}

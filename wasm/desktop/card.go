//go:build js

package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// card shows one interaction and its possible actions.
type card struct {
	id                             string
	element, title, state, stateIs dom.Element
	mediaIcon, stateIcon           dom.Element
	time, facts, warning           dom.Element
	actions, more, others          dom.Element
	colleague                      *colleagueForm
	userData                       *userDataTable
	shownActions                   string
	lastState                      wwe.State
	since                          time.Time // the start of this state
}

func newCard(id string) *card {
	c := &card{
		id:        id,
		title:     html.Element("h3", ""),
		stateIs:   html.Element("span", ""),
		mediaIcon: html.Icon("callIn"),
		stateIcon: html.Icon("offered"),
		time:      html.Element("span", "time"),
		facts:     html.Element("p", "facts"),
		warning:   html.Element("p", "warning"),
		actions:   html.Element("div", "actions"),
		others:    html.Element("div", "others"),
		colleague: newColleagueForm(id),
		userData:  newUserDataTable(id),
	}
	c.time.SetAttribute("title", "In this state for")
	c.warning.SetAttribute("role", "alert")
	c.state = html.Element("span", "state", c.stateIcon, c.stateIs)
	media := html.Element("span", "media", c.mediaIcon)
	c.more = html.Element("details", "more", html.Text("summary", "", "More"), c.others)
	closeByEscape(c.more)
	c.element = html.Element("li", "card",
		media, html.Element("div", "who", c.title, c.facts), c.state, c.time,
		html.Element("div", "bar-of-actions", c.actions, c.more), c.colleague.element, c.warning, c.userData.element)
	c.element.SetAttribute("aria-label", "Interaction "+id)
	return c
}

// Element implements html.Row.
func (c *card) Element() dom.Element { return c.element }

// show shows the interaction in the case with this title.
func (c *card) show(i wwe.Interaction, caseTitle string, actions []wwetest.Action) {
	if i.State != c.lastState {
		c.lastState, c.since = i.State, time.Now()
		c.showTime()
	}
	name := kindOf(i)
	if with := title(i); with != caseTitle {
		name += " · " + with
	}
	html.SetText(c.title, name)
	html.SetText(c.stateIs, string(i.State))
	look := lookOf(i.State)
	html.SetAttribute(c.element, "data-look", look)
	html.SetAttribute(c.stateIcon.FirstChild().(dom.Element), "href", "#"+look)
	html.SetAttribute(c.mediaIcon.FirstChild().(dom.Element), "href", "#"+mediaIcon(i))
	html.SetText(c.facts, factsOf(i))
	c.showActions(actions, lookOf(i.State) == "offered", rangElsewhere(i))
	c.colleague.show(look, i.IsConsultation)
	c.userData.show(i.UserData, look != "over")
}

func (c *card) showTime() {
	d := time.Since(c.since).Truncate(time.Second)
	html.SetText(c.time, fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60))
}

// factsOf returns the line of further facts about the interaction.
func factsOf(i wwe.Interaction) string {
	facts := []string{"#" + i.InteractionID}
	add := func(more ...string) {
		for _, fact := range more {
			if fact != "" {
				facts = append(facts, fact)
			}
		}
	}
	switch i.Direction {
	case wwe.DirectionIn:
		add("from " + i.ANI)
		if i.DNIS != "" {
			add("to " + i.DNIS)
		}
	case wwe.DirectionOut:
		add("to " + i.DNIS)
	}
	if i.IsConsultation {
		add("consultation of #" + i.ParentInteractionID)
	}
	if len(i.Parties) > 1 {
		var names []string
		for _, party := range i.Parties {
			names = append(names, party.Name)
		}
		add("with " + strings.Join(names, ", "))
	}
	if subject, ok := i.UserData["Subject"].(string); ok {
		add("“" + subject + "”")
	}
	if i.RecordingState != "" && i.RecordingState != wwe.RecordingStateStopped {
		add("recording: " + strings.ToLower(string(i.RecordingState)))
	}
	add(strings.ToLower(string(i.RonaCallState)), "was "+string(i.PreviousState))
	return strings.Join(facts, " · ")
}

// showActions shows a button for each action. It replaces the buttons only if
// they change, and then keeps the focus in the card.
func (c *card) showActions(actions []wwetest.Action, offered, elsewhere bool) {
	text := fmt.Sprint(actions, offered, elsewhere)
	if text == c.shownActions {
		return
	}
	c.shownActions = text
	hadFocus := c.element.QuerySelector(".actions :focus, .others :focus") != nil
	html.Empty(c.actions)
	html.Empty(c.others)
	for _, action := range actions {
		label := action.Label()
		by := action.By()
		switch {
		case elsewhere && action == wwetest.ActionAnswer:
			label = "They answer"
		case elsewhere && action == wwetest.ActionReject:
			label = "They refuse"
		case offered && action == wwetest.ActionHangUp:
			label, by = "They hang up", "customer"
		}
		button := html.Button(label, string(action))
		button.SetAttribute("data-id", c.id)
		if by == "agent" {
			c.actions.AppendChild(button)
			continue
		}
		button.SetAttribute("title", "By the "+by)
		c.others.AppendChild(button)
	}
	html.Hide(c.more, !c.others.HasChildNodes())
	if first := c.element.QuerySelector(".actions button, .others button"); hadFocus && first != nil {
		first.Underlying().Call("focus")
	}
}

// rangElsewhere reports whether the other side has to answer, not the agent.
func rangElsewhere(i wwe.Interaction) bool {
	return i.State == wwe.StateDialing || i.State == wwe.StateTransferring || i.IsConsultation
}

// say shows the error of an action, such as the warning of a widget that blocks
// mark done. A nil error clears the warning.
func (c *card) say(err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	html.SetText(c.warning, text)
}

// lookOf returns the look of a state.
func lookOf(s wwe.State) string { return cmp.Or(look.Of(s), "active") }

// kindOf returns the kind of the interaction in a word or two.
func kindOf(i wwe.Interaction) string {
	switch {
	case i.IsConsultation:
		return "Consultation"
	case i.Media == "voice" && i.CallType != "":
		callType := string(i.CallType)
		return callType[:1] + strings.ToLower(callType[1:]) + " call"
	case i.Media == "voice":
		return "Call"
	case i.Media == "outboundpreview":
		return "Preview"
	case i.Media == "workitem":
		return "Work item"
	case i.Media != "":
		return strings.ToUpper(i.Media[:1]) + i.Media[1:]
	}
	return "Interaction"
}

func mediaIcon(i wwe.Interaction) string {
	switch i.Media {
	case "voice":
		if i.Direction == wwe.DirectionOut {
			return "callOut"
		}
		return "callIn"
	case "email":
		if i.State == wwe.StateCreated {
			return "emailOut"
		}
		return "emailIn"
	case "outboundpreview":
		return "preview"
	case "workitem":
		return "workItem"
	}
	return "chat"
}

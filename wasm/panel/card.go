//go:build js

package main

import (
	"strings"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
)

// card shows one interaction.
type card struct {
	id      string
	element dom.Element

	title, state, facts dom.Element
	accept, reject      dom.Element
	markDone            dom.Element
	forbidden, failure  dom.Element
	userData            *userDataTable
	key, value          *dom.HTMLInputElement
	form, add           dom.Element
}

func newCard(id string) *card {
	c := &card{
		id:       id,
		title:    page.Element("h2", ""),
		state:    page.Element("span", "state"),
		facts:    page.Element("p", "facts"),
		accept:   page.Button("Accept", "accept"),
		reject:   page.Button("Reject", "reject"),
		markDone: page.Button("Mark done", "markdone"),
		failure:  page.Element("div", "failure"),

		forbidden: page.Element("p", "facts"),
		userData:  newUserDataTable(),
		key:       page.Input("Key"),
		value:     page.Input("Value"),
		add:       page.Button("Add user data", "add"),
	}
	c.accept.Class().Add("primary")
	c.failure.SetAttribute("role", "alert")
	c.add.SetAttribute("type", "submit")
	c.key.SetRequired(true)
	c.form = page.Element("form", "add", page.Labelled("Key", c.key), page.Labelled("Value", c.value), c.add)
	c.element = page.Element("li", "card",
		page.Element("header", "", c.title, c.state), c.facts,
		page.Element("div", "actions", c.accept, c.reject, c.markDone),
		c.forbidden, c.failure, c.userData.element, c.form)
	c.element.SetAttribute("data-id", id)
	page.Hide(c.failure, true)
	return c
}

// Element implements page.Row.
func (c *card) Element() dom.Element { return c.element }

func (c *card) show(i wwe.Interaction, allowed wwe.AllowedServices) {
	page.SetText(c.title, heading(i))
	page.SetText(c.state, string(i.State))
	c.state.SetAttribute("data-state", string(i.State))
	page.SetText(c.facts, facts(i))
	page.Hide(c.accept, i.State != wwe.StateRinging)
	page.Hide(c.reject, i.State != wwe.StateRinging)
	page.Hide(c.markDone, i.State != wwe.StateIdle)
	page.Hide(c.form, i.State == wwe.StateIdle)
	c.userData.show(i.UserData, i.State != wwe.StateIdle)
	c.forbid(allowed)
}

// forbid makes the buttons unavailable whose requests WWE does not allow this
// page, and says why.
func (c *card) forbid(allowed wwe.AllowedServices) {
	var missing []string
	forbid := func(request string, buttons ...dom.Element) {
		if len(buttons) == 0 || allowed.Allows(request) {
			return
		}
		missing = append(missing, request)
		for _, button := range buttons {
			button.SetAttribute("aria-disabled", "true")
			button.SetAttribute("title", "WWE does not allow this page "+request)
		}
	}
	forbid("interaction.accept", c.accept)
	forbid("interaction.reject", c.reject)
	forbid("interaction.markdone", c.markDone)
	forbid("interaction.setUserData", c.add)
	forbid("interaction.deleteUserData", c.userData.deletes()...)
	if len(missing) > 0 {
		page.SetText(c.forbidden, "WWE does not allow this page "+strings.Join(missing, ", ")+
			". Its option service-client-api.accepted-web-content-origins decides.")
	}
	page.Hide(c.forbidden, len(missing) == 0)
}

// heading names the interaction by whom it is with.
func heading(i wwe.Interaction) string {
	switch {
	case i.Contact != nil && i.Contact.DisplayName != "":
		return i.Contact.DisplayName
	case i.Direction == wwe.DirectionIn && i.ANI != "":
		return i.ANI
	case len(i.Parties) > 0 && i.Parties[0].Name != "":
		return i.Parties[0].Name
	}
	return "Interaction " + i.InteractionID
}

func facts(i wwe.Interaction) string {
	text := "Interaction " + i.InteractionID
	if i.Media != "" {
		text += " · " + i.Media
	}
	if i.CallType != "" {
		text += " · " + string(i.CallType)
	}
	if i.IsConsultation {
		text += " · consultation of " + i.ParentInteractionID
	}
	return text
}

// fail shows why an action failed until the agent dismisses it.
func (c *card) fail(err error) {
	c.failure.SetTextContent("")
	c.failure.AppendChild(page.Text("p", "", err.Error()))
	c.failure.AppendChild(page.Button("Dismiss", "dismiss"))
	page.Hide(c.failure, false)
}

func (c *card) dismiss() {
	page.Hide(c.failure, true)
	c.failure.SetTextContent("")
}

func (c *card) entry() (key, value string) { return c.key.Value(), c.value.Value() }

// clearEntry clears the fields, unless the agent has typed something else meanwhile.
func (c *card) clearEntry(key, value string) {
	if nowKey, nowValue := c.entry(); nowKey == key && nowValue == value {
		c.key.SetValue("")
		c.value.SetValue("")
	}
}

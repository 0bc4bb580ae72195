//go:build js

package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwetest"
)

// agentBar shows the agent who is logged in, and lets the user change the
// agent's states.
type agentBar struct {
	host           *wwetest.Host
	name, initials dom.Element
	state          dom.Element
	media          map[string]dom.Element // the select element of each media
}

func newAgentBar(acts *scenario.Acts) *agentBar {
	host := acts.Host
	b := &agentBar{
		host:     host,
		name:     html.ByID("agent-name"),
		initials: html.ByID("initials"),
		state:    html.ByID("agent-state"),
		media:    map[string]dom.Element{},
	}
	b.offerStates(b.state, func(state string) error { _, err := acts.Do("agentState", state); return err })
	for _, m := range host.Media() {
		choice := html.Element("select", "")
		b.offerStates(choice, func(state string) error { _, err := acts.Do("mediaState", m.Name, state); return err })
		b.media[m.Name] = choice
		html.ByID("media-states").AppendChild(html.Labelled(m.Name, choice))
	}
	closeByEscape(html.ByID("media"))
	return b
}

// offerStates fills a select element with the agent's states, and calls set
// when the user chooses one.
func (b *agentBar) offerStates(choice dom.Element, set func(operationName string) error) {
	for _, state := range b.host.AgentStates() {
		option := html.Text("option", "", state.DisplayName)
		option.SetAttribute("value", state.OperationName)
		choice.AppendChild(option)
	}
	choice.AddEventListener("change", false, func(dom.Event) {
		if err := set(html.Value(choice)); err != nil {
			announce(err.Error())
		}
	})
}

func (b *agentBar) show() {
	agent, state := b.host.Agent(), b.host.AgentState()
	html.SetText(b.name, agent.FullName())
	html.SetText(b.initials, initial(agent.FirstName)+initial(agent.LastName))
	html.SetValue(b.state, state.OperationName)
	html.SetAttribute(b.initials, "data-state", state.Type)
	for _, m := range b.host.Media() {
		html.SetValue(b.media[m.Name], m.State.OperationName)
	}
}

func initial(name string) string {
	for _, letter := range name {
		return string(letter)
	}
	return ""
}

// closeByEscape has Escape close an open details element. The focus then moves
// to its summary.
func closeByEscape(details dom.Element) {
	details.AddEventListener("keydown", false, func(e dom.Event) {
		if e.Underlying().Get("key").String() == "Escape" && details.HasAttribute("open") {
			details.RemoveAttribute("open")
			details.QuerySelector("summary").Underlying().Call("focus")
		}
	})
}

//go:build js

package main

import (
	"maps"
	"slices"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// view is the agent's desktop around the widget: what the Host holds.
type view struct {
	host         *wwetest.Host
	status, list dom.Element
	ring         dom.Element
}

func newView(document dom.Document, host *wwetest.Host) *view {
	return &view{
		host:   host,
		status: document.GetElementByID("status"),
		list:   document.GetElementByID("interactions"),
		ring:   document.GetElementByID("ring"),
	}
}

func (v *view) onRing(do func(ani, key, value string)) {
	field := func(name string) *dom.HTMLInputElement {
		return v.ring.QuerySelector("[name=" + name + "]").(*dom.HTMLInputElement)
	}
	ani, key, value := field("ani"), field("key"), field("value")
	v.ring.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		do(ani.Value(), key.Value(), value.Value())
	})
}

func (v *view) onHangUp(do func(id string)) {
	v.list.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			do(button.GetAttribute("data-id"))
		}
	})
}

// show draws what the Host holds now.
func (v *view) show() {
	interactions := v.host.Interactions()
	v.status.SetTextContent(summary(len(interactions)))
	v.list.SetTextContent("")
	for _, i := range interactions {
		v.list.AppendChild(row(i))
	}
}

func summary(count int) string {
	switch count {
	case 0:
		return "No interactions. Ring a call to begin."
	case 1:
		return "1 interaction"
	}
	return strconv.Itoa(count) + " interactions"
}

func row(i wwe.Interaction) dom.Element {
	state := string(i.State) + " (was " + string(i.PreviousState) + ") · " + string(i.CallType) + " · case " + i.CaseID
	item := page.Element("li", "interaction", page.Text("h3", "", title(i)), page.Text("p", "", state))
	item.SetAttribute("data-id", i.InteractionID)
	if i.State != wwe.StateIdle {
		hangUp := page.Button("Hang up", "hangUp")
		hangUp.SetAttribute("data-id", i.InteractionID)
		item.AppendChild(hangUp)
	}
	if len(i.UserData) > 0 {
		list := page.Element("dl", "")
		for _, key := range slices.Sorted(maps.Keys(i.UserData)) {
			list.AppendChild(page.Text("dt", "", key))
			list.AppendChild(page.Text("dd", "", page.ValueText(i.UserData[key])))
		}
		item.AppendChild(list)
	}
	return item
}

func title(i wwe.Interaction) string {
	text := i.InteractionID
	for _, party := range i.Parties {
		text += " · " + party.Name
	}
	return text
}

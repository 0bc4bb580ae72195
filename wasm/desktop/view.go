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
	rows         map[string]*row // by interaction id
	actions      map[string]func(id string) error
}

func newView(document dom.Document, host *wwetest.Host) *view {
	v := &view{
		host:    host,
		status:  document.GetElementByID("status"),
		list:    document.GetElementByID("interactions"),
		ring:    document.GetElementByID("ring"),
		rows:    map[string]*row{},
		actions: map[string]func(id string) error{},
	}
	v.list.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			v.act(button)
		}
	})
	return v
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

// onAction sets what buttons with this data-action do. It may take its time.
func (v *view) onAction(name string, do func(id string) error) { v.actions[name] = do }

func (v *view) act(button dom.Element) {
	r := v.rows[button.GetAttribute("data-id")]
	do := v.actions[button.GetAttribute("data-action")]
	if r == nil || do == nil || button.GetAttribute("aria-disabled") == "true" {
		return
	}
	button.SetAttribute("aria-disabled", "true")
	go func() {
		err := do(r.id)
		button.SetAttribute("aria-disabled", "false")
		r.say(err)
		v.show()
	}()
}

// show makes the page equal to what the Host holds now, and leaves alone what
// has not changed: somebody may be about to press a button there.
func (v *view) show() {
	interactions := v.host.Interactions()
	page.SetText(v.status, summary(len(interactions)))
	var ids []string
	for _, i := range interactions {
		ids = append(ids, i.InteractionID)
	}
	page.Sync(v.list, v.rows, ids, newRow)
	for _, i := range interactions {
		v.rows[i.InteractionID].show(i)
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

// row shows one interaction.
type row struct {
	id                             string
	element, title, facts, warning dom.Element
	hangUp, markDone, userData     dom.Element
	shown                          string // of the user data
}

func newRow(id string) *row {
	r := &row{
		id:       id,
		title:    page.Element("h3", ""),
		facts:    page.Element("p", ""),
		warning:  page.Element("p", "warning"),
		hangUp:   page.Button("Hang up", "hangUp"),
		markDone: page.Button("Done", "markDone"),
		userData: page.Element("dl", ""),
	}
	for _, button := range []dom.Element{r.hangUp, r.markDone} {
		button.SetAttribute("data-id", id)
	}
	r.warning.SetAttribute("role", "alert")
	r.element = page.Element("li", "interaction", r.title, r.facts, page.Element("div", "actions", r.hangUp, r.markDone), r.warning, r.userData)
	return r
}

// Element implements page.Row.
func (r *row) Element() dom.Element { return r.element }

func (r *row) show(i wwe.Interaction) {
	title := i.InteractionID
	for _, party := range i.Parties {
		title += " · " + party.Name
	}
	page.SetText(r.title, title)
	page.SetText(r.facts, string(i.State)+" (was "+string(i.PreviousState)+") · "+string(i.CallType)+" · case "+i.CaseID)
	page.Hide(r.hangUp, i.State == wwe.StateIdle)
	page.Hide(r.markDone, i.State != wwe.StateIdle)
	r.showUserData(i.UserData)
}

func (r *row) showUserData(data wwe.UserData) {
	text := page.ValueText(map[string]any(data))
	if text == r.shown {
		return
	}
	r.shown = text
	r.userData.SetTextContent("")
	for _, key := range slices.Sorted(maps.Keys(data)) {
		r.userData.AppendChild(page.Text("dt", "", key))
		r.userData.AppendChild(page.Text("dd", "", page.ValueText(data[key])))
	}
}

// say shows why WWE did not do what the agent wanted: the warning of a widget
// that has blocked mark done, for one.
func (r *row) say(err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	page.SetText(r.warning, text)
}

//go:build js

package main

import (
	"slices"
	"strconv"
	"strings"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// workPanel gives the agent new work.
type workPanel struct {
	acts           *scenario.Acts
	host           *wwetest.Host
	form           dom.Element
	rows           dom.Element // of user data
	lastRow        int
	workbin        dom.Element
	shownInWorkbin string
}

func newWorkPanel(acts *scenario.Acts) *workPanel {
	p := &workPanel{
		acts:    acts,
		host:    acts.Host,
		form:    html.ByID("work-form"),
		rows:    html.ByID("user-data-rows"),
		workbin: html.ByID("workbin-list"),
	}
	p.addRow("CustomerSegment", "Gold")
	p.form.AddEventListener("change", false, func(e dom.Event) {
		if e.Target().GetAttribute("name") == "kind" {
			p.showFields()
		}
	})
	p.form.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		p.place()
	})
	html.ByID("add-row").AddEventListener("click", false, func(dom.Event) {
		p.addRow("", "").QuerySelector("input").Underlying().Call("focus")
	})
	p.rows.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			p.rows.RemoveChild(button.Closest(".row"))
			html.ByID("add-row").Underlying().Call("focus")
		}
	})
	p.workbin.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			if _, err := acts.Do("pull", button.GetAttribute("data-id")); err != nil {
				announce(err.Error())
			}
		}
	})
	p.showFields()
	return p
}

func (p *workPanel) addRow(key, value string) dom.Element {
	p.lastRow++
	n := strconv.Itoa(p.lastRow)
	keyInput, valueInput := html.Input("key"), html.Input("value")
	keyInput.SetAttribute("aria-label", "Key "+n)
	keyInput.SetAttribute("placeholder", "Key")
	keyInput.SetValue(key)
	valueInput.SetAttribute("aria-label", "Value "+n)
	valueInput.SetAttribute("placeholder", "Value")
	valueInput.SetValue(value)
	remove := html.Button("×", "")
	remove.SetAttribute("class", "icon")
	remove.SetAttribute("aria-label", "Remove row "+n)
	row := html.Element("div", "row", keyInput, valueInput, remove)
	p.rows.AppendChild(row)
	return row
}

// showFields shows the fields of the chosen kind of work.
func (p *workPanel) showFields() {
	chosen := p.form.QuerySelector("[name=kind]:checked")
	html.SetText(html.ByID("work-submit"), chosen.GetAttribute("data-submit"))
	for _, field := range p.form.QuerySelectorAll("[data-for]") {
		kinds := strings.Fields(field.GetAttribute("data-for"))
		html.Hide(field, !slices.Contains(kinds, html.Value(chosen)))
	}
}

func (p *workPanel) field(name string) string {
	return html.Value(p.form.QuerySelector("[name=" + name + "]"))
}

func (p *workPanel) userData() wwe.UserData {
	data := wwe.UserData{}
	for _, row := range p.rows.QuerySelectorAll(".row") {
		if key := html.Value(row.QuerySelector("[name=key]")); key != "" {
			data[key] = html.Value(row.QuerySelector("[name=value]"))
		}
	}
	return data
}

func (p *workPanel) contact() scenario.Contact {
	return scenario.Contact{FirstName: p.field("firstName"), LastName: p.field("lastName")}
}

// say shows the reason why WWE did not take the work. A nil error clears it.
func (p *workPanel) say(err error) {
	text := ""
	if err != nil {
		text = "Not dialled: " + err.Error() + "."
	}
	html.SetText(html.ByID("work-error"), text)
}

func (p *workPanel) place() {
	p.say(nil)
	data, contact := scenario.ObjectOf(p.userData()), p.contact()
	call := scenario.Call{ANI: p.field("ani"), DNIS: p.field("dnis"), UserData: data, Contact: contact}
	var err error
	switch html.Value(p.form.QuerySelector("[name=kind]:checked")) {
	case "callIn":
		_, err = p.acts.Do("ring", call)
	case "transfer":
		_, err = p.acts.Do("transferIn", call, p.field("colleague"))
	case "callOut":
		_, err = p.acts.Do("dial", scenario.Call{DNIS: p.field("phone"), UserData: data, Contact: contact})
	case "preview":
		_, err = p.acts.Do("preview", scenario.Preview{Campaign: p.field("campaign"), Phone: p.field("phone"), UserData: data, Contact: contact})
	case "chat":
		conference := html.Checked(p.form.QuerySelector("[name=conference]"))
		_, err = p.acts.Do("chat", scenario.Chat{From: p.field("customer"), Media: p.field("chatMedia"), Conference: conference, UserData: data, Contact: contact})
	case "emailIn":
		_, err = p.acts.Do("email", scenario.Email{From: p.field("from"), Subject: p.field("subject"), UserData: data, Contact: contact})
	case "emailOut":
		_, err = p.acts.Do("compose", scenario.Email{To: p.field("to"), Subject: p.field("subject"), UserData: data, Contact: contact})
	case "workItem":
		_, err = p.acts.Do("workItem", scenario.WorkItem{From: p.field("customer"), Media: p.field("itemMedia"), UserData: data, Contact: contact})
	}
	p.say(err)
}

// show lists the interactions in the workbin, so that the agent can pull them.
func (p *workPanel) show() {
	saved := p.host.Workbin()
	text := ""
	for _, i := range saved {
		text += i.InteractionUUID + "\n"
	}
	if text == p.shownInWorkbin {
		return
	}
	p.shownInWorkbin = text
	html.Hide(html.ByID("workbin"), len(saved) == 0)
	html.Empty(p.workbin)
	for _, i := range saved {
		pull := html.Button("Pull", "pull")
		pull.SetAttribute("class", "small")
		pull.SetAttribute("data-id", i.InteractionUUID)
		p.workbin.AppendChild(html.Element("li", "", html.Text("span", "", title(i)+" · "+i.Media), pull))
	}
}

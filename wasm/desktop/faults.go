//go:build js

package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// requestNames are the requests that the form suggests for a fault. The user
// can type any other.
var requestNames = []string{
	"subscribe", "unsubscribe", "agent.get", "agent.getState", "agent.getStateList", "agent.setState",
	"configuration.getOption", "email.create", "interaction.accept", "interaction.blockMarkdone",
	"interaction.completeConference", "interaction.completeTransfer", "interaction.consult",
	"interaction.deleteUserData", "interaction.getByInteractionId", "interaction.getInteractions",
	"interaction.markdone", "interaction.reject", "interaction.selectCaseByCaseId", "interaction.setUserData",
	"interaction.singleStepConference", "interaction.singleStepTransfer", "interaction.unblockMarkdone",
	"media.getMediaByName", "media.getMediaList", "media.setState", "messenger.broadcastMessage",
	"system.getAllowedServices", "voice.answer", "voice.dial", "voice.hangUp", "voice.hold", "voice.resume",
}

// faultPanel adds faults to WWE and lists the active ones.
type faultPanel struct {
	host                                       *wwetest.Host
	form, warning, explanation                 dom.Element
	active, none, clear                        dom.Element
	kind, scope, request, topic                dom.Element
	next, probability                          dom.Element
	refuse, data, delay, eventCount, byteCount dom.Element
	shown                                      string
}

func newFaultPanel(acts *scenario.Acts) *faultPanel {
	form := html.ByID("fault-form")
	control := func(name string) dom.Element { return form.QuerySelector("[name=" + name + "]") }
	p := &faultPanel{
		host: acts.Host, form: form,
		warning: html.ByID("fault-error"), explanation: html.ByID("fault-explanation"),
		active: html.ByID("active-faults"), none: html.ByID("no-faults"), clear: html.ByID("clear-faults"),
		kind: control("kind"), scope: control("scope"), request: control("request"), topic: control("topic"),
		next: control("next"), probability: control("probability"),
		refuse: control("refuse"), data: control("data"), delay: control("delay"),
		eventCount: control("events"), byteCount: control("bytes"),
	}
	for _, kind := range wwetest.FaultKinds() {
		option := html.Text("option", "", faultNames[kind])
		option.SetAttribute("value", string(kind))
		p.kind.AppendChild(option)
	}
	for _, name := range requestNames {
		option := html.Element("option", "")
		option.SetAttribute("value", name)
		html.ByID("request-names").AppendChild(option)
	}
	form.AddEventListener("change", false, func(dom.Event) { p.showFields() })
	form.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		html.SetText(p.warning, "")
		fault, err := p.entered()
		if err == nil {
			err = fault.Validate()
		}
		if err != nil {
			html.SetText(p.warning, err.Error())
			return
		}
		if _, err := acts.Do("fault", scenario.FaultOf(fault)); err != nil {
			html.SetText(p.warning, err.Error())
		}
	})
	p.clear.AddEventListener("click", false, func(dom.Event) {
		_, _ = acts.Do("clearFaults") // it cannot fail
		p.kind.Underlying().Call("focus")
	})
	p.showFields()
	return p
}

// showFields shows the fields of the chosen kind and scope.
func (p *faultPanel) showFields() {
	kind, scope := html.Value(p.kind), html.Value(p.scope)
	html.SetText(p.explanation, wwetest.FaultKind(kind).Explain()+" In scripts: "+kind)
	for _, field := range p.form.QuerySelectorAll("[data-kind]") {
		html.Hide(field, field.GetAttribute("data-kind") != kind)
	}
	for _, field := range p.form.QuerySelectorAll("[data-scope]") {
		html.Hide(field, field.GetAttribute("data-scope") != scope)
	}
}

func (p *faultPanel) entered() (f wwetest.Fault, err error) {
	f.Kind = wwetest.FaultKind(html.Value(p.kind))
	switch html.Value(p.scope) {
	case "request":
		f.Request = strings.TrimSpace(html.Value(p.request))
	case "topic":
		f.Topic = wwe.Topic(strings.TrimSpace(html.Value(p.topic)))
	}
	if f.Next, err = number(p.next); err != nil {
		return f, err
	}
	if text := html.Value(p.probability); text != "" {
		if f.Probability, err = strconv.ParseFloat(text, 64); err != nil {
			return f, err
		}
		if f.Probability == 0 { // for the Host, 0 means always
			return f, errors.New("with a probability of 0 nothing would ever go wrong")
		}
	}
	switch f.Kind {
	case wwetest.FaultKindRefuse:
		f.Refuse = html.Value(p.refuse)
	case wwetest.FaultKindData:
		f.Data = wwe.JSON(html.Value(p.data))
	case wwetest.FaultKindDelay:
		var ms int
		ms, err = number(p.delay)
		f.Delay = time.Duration(ms) * time.Millisecond
	case wwetest.FaultKindBurst:
		f.Count, err = number(p.eventCount)
	case wwetest.FaultKindHuge:
		f.Count, err = number(p.byteCount)
	}
	return f, err
}

// number parses a whole number. An empty field is 0.
func number(control dom.Element) (int, error) {
	text := html.Value(control)
	if text == "" {
		return 0, nil
	}
	return strconv.Atoi(text)
}

func (p *faultPanel) show() {
	var texts []string
	for _, f := range p.host.Faults() {
		texts = append(texts, describe(f))
	}
	text := strings.Join(texts, "\n")
	if text == p.shown {
		return
	}
	p.shown = text
	html.Hide(p.none, len(texts) > 0)
	html.Hide(p.clear, len(texts) == 0)
	html.Empty(p.active)
	for _, text := range texts {
		p.active.AppendChild(html.Text("li", "", text))
	}
	tab := "Faults"
	if len(texts) > 0 {
		tab += " (" + strconv.Itoa(len(texts)) + ")"
	}
	html.SetText(html.ByID("tab-faults"), tab)
}

// describe returns a line with the kind of a fault and the messages that it
// affects, such as "WWE refuses · next 2 · interaction.accept".
func describe(f wwetest.Fault) string {
	text := faultNames[f.Kind]
	if f.Next > 0 {
		text += " · next " + strconv.Itoa(f.Next)
	} else {
		text += " · all"
	}
	switch {
	case f.Request != "":
		text += " · " + f.Request
	case f.Topic != "":
		text += " · events of " + string(f.Topic)
	default:
		text += " · every request"
	}
	if f.Probability > 0 && f.Probability < 1 {
		text += " · probability " + strconv.FormatFloat(f.Probability, 'f', -1, 64)
	}
	return text
}

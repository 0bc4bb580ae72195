//go:build js

package main

import (
	"bytes"
	"encoding/json"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/page"
	"wwebridge/wasm/wwetest"
)

// logRow is one message in the log. What it holds is laid out when the person
// opens it: most are never opened, and some are megabytes.
type logRow struct {
	message       wwetest.Message
	element, body dom.Element
}

// What is shown of a message before and after it is opened.
const (
	shownInRow  = 400
	shownInBody = 200_000
)

func newLogRow(m wwetest.Message) *logRow {
	r := &logRow{message: m, body: page.Element("div", "opened")}
	way := "WWE → " + strconv.Itoa(m.Frame)
	if m.FromWidget {
		way = strconv.Itoa(m.Frame) + " → WWE"
	}
	summary := page.Element("summary", "",
		page.Text("time", "", m.At.Format("15:04:05.000")),
		page.Text("span", "way", way),
		page.Text("span", "name", nameOf(m.Text)),
		page.Text("code", "", clip(m.Text, shownInRow)))
	r.element = page.Element("li", wayOf(m), page.Element("details", "", summary, r.body))
	return r
}

func wayOf(m wwetest.Message) string {
	if m.FromWidget {
		return "from-widget"
	}
	return "from-wwe"
}

func (r *logRow) open() {
	if r.body.HasChildNodes() {
		return
	}
	var pretty bytes.Buffer
	text := r.message.Text
	if json.Indent(&pretty, []byte(text), "", "  ") == nil {
		text = pretty.String()
	}
	copyOne := page.Button("Copy", "copy")
	copyOne.SetAttribute("class", "small")
	r.body.AppendChild(copyOne)
	r.body.AppendChild(page.Text("pre", "", clip(text, shownInBody)))
}

func clip(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return string([]rune(text[:length])) + "… (" + strconv.Itoa(len(text)) + " bytes)"
}

// nameOf tells what a message is: the request, the event's type, or "answer"
// where WWE does not name the request.
func nameOf(text string) string {
	var request, event, eventType string
	failed, subscribed := false, false
	r := jsontext.NewReader(text)
	for name := range r.Object() {
		switch name {
		case "request":
			request = r.String()
		case "event":
			event = r.String()
		case "errorMessage":
			failed = true
			r.Skip()
		case "subscriptionId":
			subscribed = true
			r.Skip()
		case "data":
			eventType = typeOf(r.Raw())
		default:
			r.Skip()
		}
	}
	switch {
	case r.Err() != nil:
		return "not JSON"
	case failed:
		return "refused " + request
	case request != "":
		return request
	case eventType != "":
		return eventType
	case event != "":
		return event
	case subscribed:
		return "subscribed"
	}
	return "answer"
}

func typeOf(data string) string {
	var text string
	r := jsontext.NewReader(data)
	if len(data) == 0 || data[0] != '{' {
		return ""
	}
	for name := range r.Object() {
		if name == "eventType" {
			text = r.String()
			continue
		}
		r.Skip()
	}
	return text
}

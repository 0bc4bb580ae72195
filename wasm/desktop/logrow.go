//go:build js

package main

import (
	"bytes"
	"encoding/json"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/wwetest"
)

// The maximum length of a message on the page, in bytes, before and after the
// user opens it.
const (
	shownInRow  = 400
	shownInBody = 200_000
)

// rowOf returns the row of a message in the log: the class of the row, and the
// texts of its columns.
func rowOf(m wwetest.Message) [5]string {
	who := "WWE → " + strconv.Itoa(m.Frame)
	if m.FromWidget {
		who = strconv.Itoa(m.Frame) + " → WWE"
	}
	return [5]string{wayOf(m), m.At.Format("15:04:05.000"), who, nameOf(m.Text), clip(m.Text, shownInRow)}
}

func wayOf(m wwetest.Message) string {
	if m.FromWidget {
		return "from-widget"
	}
	return "from-wwe"
}

// open adds the contents of a message to its row. It does so only on demand,
// because users open few messages and some are megabytes.
func open(details dom.Element, m wwetest.Message) {
	if details.QuerySelector(".opened") != nil {
		return
	}
	var pretty bytes.Buffer
	text := m.Text
	if json.Indent(&pretty, []byte(text), "", "  ") == nil {
		text = pretty.String()
	}
	copyOne := html.Button("Copy", "copy")
	copyOne.SetAttribute("class", "small")
	details.AppendChild(html.Element("div", "opened", copyOne, html.Text("pre", "", clip(text, shownInBody))))
	details.Underlying().Call("scrollIntoView", map[string]any{"block": "nearest"})
}

func clip(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return string([]rune(text[:length])) + "… (" + strconv.Itoa(len(text)) + " bytes)"
}

// nameOf returns the name of a message: the request or the type of the event.
// It returns "answer" if WWE does not name the request.
func nameOf(text string) string {
	var request, event, eventType string
	failed, subscribed := false, false
	r := jsontext.NewReader(text)
	for o := r.Object(); o.Next(); {
		switch o.Name {
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
	for o := r.Object(); o.Next(); {
		if o.Name == "eventType" {
			text = r.String()
			continue
		}
		r.Skip()
	}
	return text
}

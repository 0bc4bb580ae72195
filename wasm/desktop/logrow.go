//go:build js

package main

import (
	"bytes"
	"encoding/json"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/messages"
)

// The maximum length of a message on the page, in bytes, before and after the
// user opens it.
const (
	shownInRow  = 400
	shownInBody = 200_000
)

// rowOf returns the row of a message in the log: the class of the row, and the
// texts of its columns.
func rowOf(e messages.Entry) [6]string {
	who := "WWE → " + strconv.Itoa(e.Frame)
	if e.FromWidget {
		who = strconv.Itoa(e.Frame) + " → WWE"
	}
	class, name, content, pair := wayOf(e), e.Name, e.Content, ""
	switch {
	case e.Pair == 0:
	case e.Kind == messages.Request:
		class, pair = class+" asks", "#"+strconv.Itoa(e.Pair)
	default:
		class, pair = class+" answers", "#"+strconv.Itoa(e.Pair)+" "+messages.Took(e.Took)
	}
	if e.Kind == messages.Answer {
		name = "↳ " + name
	}
	if e.Refused {
		class, name = class+" refused", "refused "+e.Name
	}
	return [6]string{class, e.At.Format("15:04:05.000"), who, name, clip(content, shownInRow), pair}
}

func wayOf(e messages.Entry) string {
	if e.FromWidget {
		return "from-widget"
	}
	return "from-wwe"
}

// open adds the contents of a message to its row. It does so only on demand,
// because users open few messages and some are megabytes.
func open(details dom.Element, e messages.Entry) {
	if details.QuerySelector(".opened") != nil {
		return
	}
	var pretty bytes.Buffer
	text := e.Text
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

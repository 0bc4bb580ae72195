//go:build js

package main

import (
	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/wwetest"
)

// maxLog bounds the log: the page may be open for days.
const maxLog = 500

// messageLog shows the messages between WWE and the widget, the newest last.
type messageLog struct {
	list   dom.Element
	length int
}

func newMessageLog(document dom.Document) *messageLog {
	l := &messageLog{list: document.GetElementByID("messages")}
	document.GetElementByID("clear").AddEventListener("click", false, func(dom.Event) {
		l.list.SetTextContent("")
		l.length = 0
	})
	return l
}

func (l *messageLog) add(m wwetest.Message) {
	direction, who := "WWE → widget", "from-wwe"
	if m.FromWidget {
		direction, who = "widget → WWE", "from-widget"
	}
	atEnd := l.isAtEnd()
	summary := page.Element("summary", "", page.Text("span", "", direction), page.Text("code", "", m.Text))
	l.list.AppendChild(page.Element("li", who, page.Element("details", "", summary))) // open, the message is shown whole
	if l.length++; l.length > maxLog {
		l.list.RemoveChild(l.list.FirstChild())
		l.length--
	}
	if atEnd {
		l.list.Underlying().Set("scrollTop", l.list.Underlying().Get("scrollHeight"))
	}
}

// isAtEnd: the person has not scrolled up to read.
func (l *messageLog) isAtEnd() bool {
	list := l.list.Underlying()
	return list.Get("scrollTop").Float()+list.Get("clientHeight").Float() >= list.Get("scrollHeight").Float()-4
}

//go:build js

package main

import (
	"strings"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// logOffQuestion asks for confirmation before the agent or a media is logged off. It replaces the list of
// states.
type logOffQuestion struct {
	_                   [0]func() // not comparable: less code
	choice              *stateChoice
	element             *elements.Element
	buttons, stay, does *elements.Element
	state               wwe.MediaState // the state that the agent has chosen
}

// logsOff reports whether the state logs off the agent or a media.
func logsOff(s wwe.MediaState) bool {
	return strings.HasPrefix(s.Type, "LOGOUT") || s.OperationName == "LogOff"
}

// ask asks for confirmation of a state that logs off.
func (c *stateChoice) ask(state wwe.MediaState) {
	if c.question == nil {
		c.question = newLogOffQuestion(c)
		c.popup.AppendChild(c.question.element)
	}
	q := c.question
	q.state = state
	elements.Hide(q.element, false)
	settle(q.buttons) // the key or finger that chose the state may still be down
	c.place()
	q.stay.Focus()
}

func newLogOffQuestion(c *stateChoice) *logOffQuestion {
	w := c.bar.p.words
	text := w.LogOffAgent
	if c.media != "" {
		text = words.Fill(w.LogOffMedia, c.media, "")
	}
	q := &logOffQuestion{choice: c, stay: elements.Text("button", "", w.Stay), does: elements.Text("button", "danger", w.LogOff)}
	q.buttons = elements.New("div", "buttons", q.stay, q.does)
	for _, b := range []*elements.Element{q.stay, q.does} {
		b.SetAttribute("type", "button")
	}
	question := elements.Text("p", "", text)
	id := uniqueID()
	question.SetAttribute("id", id)
	q.element = elements.New("div", "question", question, q.buttons)
	q.element.SetAttribute("role", "dialog")
	q.element.SetAttribute("aria-labelledby", id)
	return q
}

func (q *logOffQuestion) isOpen() bool { return q != nil && !q.element.HasAttribute("hidden") }

func (q *logOffQuestion) hide() {
	if q != nil {
		elements.Hide(q.element, true)
	}
}

func (q *logOffQuestion) click(on *elements.Element) {
	button := on.Closest("button")
	if button == nil || isSettling(button) {
		return
	}
	logsOff := button.Is(q.does)
	q.choice.close()
	if logsOff {
		q.choice.bar.choose(q.choice.media, q.state.OperationName)
	}
}

//go:build js

package main

import (
	"strings"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// announcer tells who uses a screen reader what happens. Its regions are empty
// at first, as what is there from the beginning is not read out.
type announcer struct {
	element           *elements.Element
	polite, assertive *elements.Element
	said              time.Time
}

func newAnnouncer() *announcer {
	a := &announcer{polite: elements.New("div", ""), assertive: elements.New("div", "")}
	a.polite.SetAttribute("role", "status")
	a.assertive.SetAttribute("role", "alert")
	a.element = elements.New("div", "unseen", a.polite, a.assertive)
	return a
}

// mostAtOnce bounds what is said of a burst: who listens wants the latest.
const mostAtOnce = 3

func (a *announcer) say(w *words.Words, notices []*model.Entry) {
	var polite, assertive []string
	for _, e := range notices {
		if e.Level == model.Assertive {
			assertive = append(assertive, w.Entry(e))
		} else {
			polite = append(polite, w.Entry(e))
		}
		if e.Kind == model.Succeeded && e.Action == model.DeleteUserData {
			polite = append(polite, w.MayUndo)
		}
	}
	if len(polite) > 0 {
		a.politely(latest(polite))
	}
	if len(assertive) > 0 {
		a.put(a.assertive, latest(assertive))
	}
}

func (a *announcer) politely(text string) { a.put(a.polite, text) }

func latest(texts []string) string {
	if surplus := len(texts) - mostAtOnce; surplus > 0 {
		texts = texts[surplus:]
	}
	return strings.Join(texts, ". ")
}

// put says the text also if it is the same as before: then a space is added.
func (a *announcer) put(region *elements.Element, text string) {
	a.said = time.Now()
	if region.TextContent() == text {
		text += "\u00a0"
	}
	region.SetTextContent(text)
}

// stays is how long what was said stays on the page, where who reads it there
// would take it for what is so now.
const stays = 3 * time.Second

func (a *announcer) tick(now time.Time) {
	if now.Sub(a.said) > stays {
		elements.SetText(a.polite, "")
		elements.SetText(a.assertive, "")
	}
}

//go:build js

package main

import (
	"strings"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// announcer announces events to screen readers. Its regions are empty at first, because screen readers do
// not read out initial content.
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

// mostAtOnce is the maximum number of announcements of a burst. Only the latest are read out.
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

// put announces the text. A repeated text gets a trailing space, otherwise it would not be announced
// again.
func (a *announcer) put(region *elements.Element, text string) {
	a.said = time.Now()
	if region.TextContent() == text {
		text += "\u00a0"
	}
	region.SetTextContent(text)
}

// stays is how long an announcement stays on the page. Later, a user who reads the page would take it for
// current.
const stays = 3 * time.Second

func (a *announcer) tick(now time.Time) {
	if now.Sub(a.said) > stays {
		elements.SetText(a.polite, "")
		elements.SetText(a.assertive, "")
	}
}

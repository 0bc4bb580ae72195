//go:build !js

package wwe_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"wwebridge/wasm/wwe"
)

// history is everything that WWE has held, and checks what a mirror shows
// against it.
type history struct {
	mu    sync.Mutex
	lives map[string]*life // by nameOf
	sent  []string         // messages that are not in lives yet
}

// life is one interaction's.
type life struct {
	was   []wwe.Interaction // in order
	over  bool              // WWE does not hold it any more
	shown int               // the mirror has shown the versions up to this one; -1 before it has shown any
	left  bool              // the mirror does not show it any more
	heard int               // the number of the newest event that was let through
	late  *wwe.Interaction  // what an event tells that was let through since the last look, after a newer one
}

// nameOf names an interaction: an id may be another one's after a restart.
func nameOf(i wwe.Interaction) string { return i.InteractionID + " " + i.InteractionUUID }

func (h *history) life(i wwe.Interaction) *life {
	l := h.lives[nameOf(i)]
	if l == nil {
		l = &life{shown: -1}
		h.lives[nameOf(i)] = l
	}
	return l
}

// hold notes what WWE holds after a change.
func (h *history) hold(now []wwe.Interaction) {
	h.mu.Lock()
	defer h.mu.Unlock()
	held := map[string]bool{}
	for _, i := range now {
		held[nameOf(i)] = true
		l := h.life(i)
		if l.over { // it is pulled, and has the same id as before
			*l = life{shown: -1}
		}
		if n := len(l.was); n == 0 || !reflect.DeepEqual(l.was[n-1], i) {
			l.was = append(l.was, i)
		}
	}
	for id, l := range h.lives {
		l.over = !held[id]
	}
}

// send notes what WWE says of an interaction in the midst of a change, or as it
// goes. It comes at any time after the change, so settle takes it in before the
// next one.
func (h *history) send(message string) {
	h.mu.Lock()
	h.sent = append(h.sent, message)
	h.mu.Unlock()
}

// settle is called between two changes, when nothing moves.
func (h *history) settle() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, message := range h.sent {
		h.take(message)
	}
	h.sent = nil
}

// interactionOf is what an event says of an interaction.
func interactionOf(message string) (i wwe.Interaction, found bool) {
	var m struct {
		Event string
		Data  json.RawMessage
	}
	if json.Unmarshal([]byte(message), &m) != nil {
		return i, false
	}
	e, ok := wwe.ReadEvent(m.Event, string(m.Data)).(wwe.InteractionEvent)
	return plain([]wwe.Interaction{e.Interaction})[0], ok
}

// hear notes that an event is let through.
func (h *history) hear(event letter) {
	i, found := interactionOf(event.text)
	if !found {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.life(i)
	if event.number < l.heard {
		l.late = &i
	}
	l.heard = max(l.heard, event.number)
}

func (h *history) take(message string) {
	i, found := interactionOf(message)
	if !found {
		return
	}
	l := h.life(i)
	for _, was := range l.was {
		if reflect.DeepEqual(was, i) {
			return
		}
	}
	end := len(l.was)
	if !l.over && end > 0 && l.shown < end-1 {
		end-- // before what came of the change
	}
	l.was = append(l.was[:end:end], append([]wwe.Interaction{i}, l.was[end:]...)...)
}

// check returns what is wrong with what the mirror shows now: of each
// interaction it must be something that WWE held, and not before what the
// mirror showed last, unless a late event tells just that. What is gone does not
// come back.
func (h *history) check(now []wwe.Interaction) (faults []string) {
	h.settle()
	h.mu.Lock()
	defer h.mu.Unlock()
	shown := map[string]bool{}
	for _, i := range now {
		shown[nameOf(i)] = true
		l := h.life(i)
		n := l.find(i, max(l.shown, 0))
		if n == len(l.was) && l.late != nil && reflect.DeepEqual(*l.late, i) {
			n = l.find(i, 0)
		}
		switch {
		case l.left:
			faults = append(faults, "it has come back: "+nameOf(i))
		case n == len(l.was):
			faults = append(faults, fmt.Sprintf("it was not so after version %d:\n%s", l.shown, describe(append(l.was, i))))
		default:
			l.shown = l.find(i, 0)
		}
	}
	for id, l := range h.lives {
		l.late = nil
		if l.shown < 0 || l.left || shown[id] {
			continue
		}
		l.left = true
		if !l.over {
			faults = append(faults, "it is not gone: "+id)
		}
	}
	return faults
}

// find returns the first version from this one on that is so, or how many there are.
func (l *life) find(i wwe.Interaction, from int) int {
	for from < len(l.was) && !reflect.DeepEqual(l.was[from], i) {
		from++
	}
	return from
}

func describe(all []wwe.Interaction) string {
	var b strings.Builder
	for n, i := range all {
		fmt.Fprintf(&b, "  %d: %s %s←%s %v parties=%d selected=%v expanded=%v rec=%s\n", n, i.InteractionID, i.State, i.PreviousState,
			i.UserData, len(i.Parties), i.IsCaseSelected, i.IsCaseExpanded, i.RecordingState)
	}
	return b.String()
}

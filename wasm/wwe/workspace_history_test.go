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
	lives map[string]*life
	sent  []string // messages that are not in lives yet
}

// life is one interaction's.
type life struct {
	was   []wwe.Interaction // in order
	over  bool              // WWE does not hold it any more
	shown int               // the mirror has shown the versions up to this one; -1 before it has shown any
	left  bool              // the mirror does not show it any more
}

func (h *history) life(id string) *life {
	l := h.lives[id]
	if l == nil {
		l = &life{shown: -1}
		h.lives[id] = l
	}
	return l
}

// hold notes what WWE holds after a change.
func (h *history) hold(now []wwe.Interaction) {
	h.mu.Lock()
	defer h.mu.Unlock()
	held := map[string]bool{}
	for _, i := range now {
		held[i.InteractionID] = true
		l := h.life(i.InteractionID)
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

func (h *history) take(message string) {
	var m struct {
		Event string
		Data  json.RawMessage
	}
	if json.Unmarshal([]byte(message), &m) != nil {
		return
	}
	e, ok := wwe.ReadEvent(m.Event, string(m.Data)).(wwe.InteractionEvent)
	if !ok {
		return
	}
	l := h.life(e.Interaction.InteractionID)
	for _, was := range l.was {
		if reflect.DeepEqual(was, e.Interaction) {
			return
		}
	}
	end := len(l.was)
	if !l.over && end > 0 && l.shown < end-1 {
		end-- // before what came of the change
	}
	l.was = append(l.was[:end:end], append([]wwe.Interaction{e.Interaction}, l.was[end:]...)...)
}

// check returns what is wrong with what the mirror shows now: of each
// interaction it must be something that WWE held, and not before what the
// mirror showed last. What is gone does not come back.
func (h *history) check(now []wwe.Interaction) (faults []string) {
	h.settle()
	h.mu.Lock()
	defer h.mu.Unlock()
	shown := map[string]bool{}
	for _, i := range now {
		shown[i.InteractionID] = true
		l := h.life(i.InteractionID)
		n := max(l.shown, 0)
		for n < len(l.was) && !reflect.DeepEqual(l.was[n], i) {
			n++
		}
		switch {
		case l.left:
			faults = append(faults, "it has come back: "+i.InteractionID)
		case n == len(l.was):
			faults = append(faults, fmt.Sprintf("it was not so after version %d:\n%s", l.shown, describe(append(l.was, i))))
		default:
			l.shown = n
		}
	}
	for id, l := range h.lives {
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

func describe(all []wwe.Interaction) string {
	var b strings.Builder
	for n, i := range all {
		fmt.Fprintf(&b, "  %d: %s %s←%s %v parties=%d selected=%v expanded=%v rec=%s\n", n, i.InteractionID, i.State, i.PreviousState,
			i.UserData, len(i.Parties), i.IsCaseSelected, i.IsCaseExpanded, i.RecordingState)
	}
	return b.String()
}

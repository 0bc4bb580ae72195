//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
)

// settleTime is for how long the buttons of a part do nothing after they have
// changed or moved: a press that is on its way was meant for what was there before.
const settleTime = 400 * time.Millisecond

// settling are the parts that have changed lately, of all panels, each once and
// the latest last, so that one timer is enough.
var (
	settling []unsteady
	settler  *time.Timer // nil while there are none
)

type unsteady struct {
	part  *elements.Element
	until time.Time
}

// settle keeps the buttons of a part from acting for the settleTime, with their
// looks and with the focus if one has it. The part has the attribute
// data-settling meanwhile.
func settle(part *elements.Element) {
	for n := range settling {
		if settling[n].part.Is(part) {
			settling = append(settling[:n], settling[n+1:]...)
			break
		}
	}
	settling = append(settling, unsteady{part, time.Now().Add(settleTime)})
	part.SetAttribute("data-settling", "")
	part.SetAttribute("role", "group")
	part.SetAttribute("aria-disabled", "true") // of all buttons in it; theirs tell whether WWE lets the agent press them
	if settler == nil {
		settler = time.AfterFunc(settleTime, endSettling)
	}
}

func endSettling() {
	now := time.Now()
	unsettle(func(s unsteady) bool { return now.Sub(s.until) >= 0 })
}

// unsettle ends it for some of the parts.
func unsettle(which func(unsteady) bool) {
	var rest []unsteady
	for _, s := range settling {
		if !which(s) {
			rest = append(rest, s)
			continue
		}
		s.part.RemoveAttribute("data-settling")
		s.part.RemoveAttribute("aria-disabled")
	}
	settling = rest
	if settler != nil {
		settler.Stop()
		settler = nil
	}
	if len(rest) > 0 {
		settler = time.AfterFunc(time.Until(rest[0].until), endSettling)
	}
}

// isSettling tells whether a press on the element counts for nothing.
func isSettling(e *elements.Element) bool { return e.Closest("[data-settling]") != nil }

// steadyPart is a part of the panel whose buttons settle when others are offered
// there, or when drawing has moved it.
type steadyPart struct {
	element *elements.Element
	offered string // by the buttons; "" for nothing
	was     string
	at      box
	shown   bool
}

// measure notes where the part is before the panel is drawn.
func (s *steadyPart) measure() {
	if s.offered != "" {
		s.at = boxOf(s.element)
		s.shown = s.at.bottom > s.at.top
	}
}

// settle is called after the panel was drawn.
func (s *steadyPart) settle() {
	if s.offered != "" {
		at := boxOf(s.element)
		if at.bottom > at.top && (!s.shown || s.offered != s.was || at != s.at) {
			settle(s.element)
		}
	}
	s.was, s.shown = s.offered, false
}

// eachSteady calls do for each part with buttons that act on interactions.
func (p *panel) eachSteady(do func(*steadyPart)) {
	bars := []*bar{p.dock.bar, p.dock.microphone}
	for _, d := range p.details {
		bars = append(bars, d.bar)
	}
	for _, b := range bars {
		for n := range b.steady {
			do(&b.steady[n])
		}
	}
	for _, place := range p.dock.offers.places {
		if r := place.row; r != nil && r.offers != nil {
			do(&r.steady)
		}
	}
}

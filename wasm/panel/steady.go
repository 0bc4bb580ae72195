//go:build js

package main

import (
	"slices"
	"time"

	"wwebridge/wasm/internal/elements"
)

// settleTime is for how long the buttons of a part do nothing after they have
// changed or moved: a press that is on its way was meant for what was there before.
const settleTime = 400 * time.Millisecond

// settling are the parts that have changed lately, of all panels, oldest first,
// so that one timer is enough.
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
	unsettle(func(s unsteady) bool { return !s.until.After(now) })
}

// unsettle ends it for some of the parts, unless they have changed again since.
func unsettle(which func(unsteady) bool) {
	var over []unsteady
	settling = slices.DeleteFunc(settling, func(s unsteady) bool {
		is := which(s)
		if is {
			over = append(over, s)
		}
		return is
	})
	for _, s := range over {
		if !slices.ContainsFunc(settling, func(other unsteady) bool { return other.part == s.part }) {
			s.part.RemoveAttribute("data-settling")
			s.part.RemoveAttribute("aria-disabled")
		}
	}
	if settler != nil {
		settler.Stop()
		settler = nil
	}
	if len(settling) > 0 {
		settler = time.AfterFunc(time.Until(settling[0].until), endSettling)
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
	bars := []*bar{p.dock.bar}
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

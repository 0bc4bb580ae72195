//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
)

// settleTime is how long the buttons of a part ignore presses after they have changed or moved. A press
// in this time was meant for the earlier button.
const settleTime = 400 * time.Millisecond

// settling lists the parts of all panels that have changed recently, each once and the latest last. So
// one timer is enough.
var (
	settling []unsteady
	settler  *time.Timer // nil while settling is empty
)

type unsteady struct {
	part  *elements.Element
	until time.Time
}

// settle makes the buttons of a part ignore presses for the settleTime. They keep their looks and their
// focus. Meanwhile the part has the attribute data-settling.
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
	part.SetAttribute("aria-disabled", "true") // for all buttons in it
	if settler == nil {
		settler = time.AfterFunc(settleTime, endSettling)
	}
}

func endSettling() {
	now := time.Now()
	unsettle(func(s unsteady) bool { return now.Sub(s.until) >= 0 })
}

// unsettle makes the matching parts accept presses again.
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

// isSettling reports whether the element ignores presses now.
func isSettling(e *elements.Element) bool { return e.Closest("[data-settling]") != nil }

// steadyPart is a part of the panel whose buttons settle when they change or move.
type steadyPart struct {
	_       [0]func() // not comparable: less code
	element *elements.Element
	offered string // by the buttons; "" for nothing
	was     string
	at      box
	shown   bool
}

// measure records the position of the part before the panel is drawn.
func (s *steadyPart) measure() {
	if s.offered != "" {
		s.at = boxOf(s.element)
		s.shown = s.at.bottom > s.at.top
	}
}

// settle settles the part after the panel was drawn, if its buttons have changed or moved.
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

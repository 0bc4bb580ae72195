package model

import "wwebridge/internal/eventloop"

// stepsAtOnce is how many small steps of long work are done before the panel
// looks at the clock.
const stepsAtOnce = 16

// newRest returns what to call after each step of long work: it gives the
// browser a turn where that is due.
func newRest() func() {
	steps := 0
	return func() {
		if steps++; steps%stepsAtOnce == 0 && eventloop.IsDue() {
			eventloop.Yield()
		}
	}
}

package model

import "wwebridge/internal/eventloop"

// stepsAtOnce is how many small steps of long work run before the panel checks the clock.
const stepsAtOnce = 16

// newRest returns a function to call after each step of long work. The function yields to the browser
// when that is due.
func newRest() func() {
	steps := 0
	return func() {
		if steps++; steps%stepsAtOnce == 0 && eventloop.IsDue() {
			eventloop.Yield()
		}
	}
}

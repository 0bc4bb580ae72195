//go:build js

package main

import "time"

// work bounds how many new elements one drawing makes, so that the browser can
// hear the agent in between. What is left is for the next drawing.
type work struct {
	began  time.Time
	done   int
	isLeft bool
}

// atATime is how long a drawing goes on making elements; atLeast is how many it
// makes however slow the machine is.
const (
	atATime = 12 * time.Millisecond
	atLeast = 4
)

// goesOn reports whether the drawing may make one more. If not, it is left.
func (w *work) goesOn() bool {
	if w.isLeft || w.done >= atLeast && time.Since(w.began) > atATime {
		w.isLeft = true
		return false
	}
	w.done++
	return true
}

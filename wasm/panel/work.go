//go:build js

package main

import "time"

// work limits how many new elements one drawing makes, so that the browser can handle input in between.
// The next drawing makes the rest.
type work struct {
	began  time.Time
	done   int
	isLeft bool
}

// atATime is how long a drawing makes elements; atLeast is how many it makes even on a slow machine.
const (
	atATime = 12 * time.Millisecond
	atLeast = 4
)

// goesOn reports whether the drawing may make another element. If not, isLeft is set.
func (w *work) goesOn() bool {
	if w.isLeft || w.done >= atLeast && time.Since(w.began) > atATime {
		w.isLeft = true
		return false
	}
	w.done++
	return true
}

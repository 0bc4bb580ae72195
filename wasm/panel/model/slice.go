package model

import "time"

// atATime is how long the panel works before the browser gets a turn. The
// browser shows what it has drawn and hears the agent's clicks only then.
const atATime = 8 * time.Millisecond

// slice is a stretch of work between two turns of the browser.
type slice struct {
	began time.Time
	steps int
}

// rest gives the browser a turn if the slice has lasted long enough. It blocks
// on a timer, as runtime.Gosched would not return to the browser.
func (s *slice) rest() {
	if s.steps++; s.steps%16 != 0 || time.Since(s.began) < atATime {
		return
	}
	<-after(time.Millisecond)
	s.began = time.Now()
}

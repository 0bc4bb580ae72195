package calls

import "time"

// Silence is how InFlight tells that WWE does not answer, and that it does
// again. Its methods are called without the lock and must not block.
type Silence interface {
	// Began tells that a call waited its whole time without a sign of life. One
	// request that WWE ignores looks the same: it is time to send another.
	Began()

	// Ended tells of the first sign of life after Began.
	Ended()
}

// standstill is how late a timer must be for the page to have stood still. WWE
// may have stood still with it, and had no fair chance to answer in time.
const standstill = 2 * time.Second

// Heard takes note of a sign of life of WWE: every answer is one, and every event.
func (f *InFlight) Heard() {
	if f.hear() {
		f.silence.Ended()
	}
}

// hear counts a sign of life, and reports whether Silence is to be told.
func (f *InFlight) hear() (ended bool) {
	f.mu.Lock()
	f.heard++
	ended = f.silent && f.silence != nil
	f.silent = false
	f.mu.Unlock()
	return ended
}

// suspect takes WWE for silent if it gave no sign of life while the call waited.
func (f *InFlight) suspect(c *call) {
	f.mu.Lock()
	began := !f.silent && !f.closed && c.patient && c.sent && c.heard == f.heard && f.now()-c.ends < standstill
	f.silent = f.silent || began
	f.mu.Unlock()
	if began && f.silence != nil {
		f.silence.Began()
	}
}

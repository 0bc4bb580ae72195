package calls

import "time"

// Silence is how InFlight tells that WWE does not answer, and that it does
// again. Its methods are called without the lock and must not block.
type Silence interface {
	// Began tells that a call waited its whole time without a sign of life. One
	// request that WWE ignores looks the same: it is time to send another.
	Began()

	// Lasts tells that WWE gave no sign of life for as long again after Began.
	Lasts()

	// Ended tells of the first sign of life after Began.
	Ended()
}

// Heard takes note of a sign of life of WWE: every answer is one, and every event.
func (f *InFlight) Heard() {
	f.mu.Lock()
	f.heard++
	ended := f.lasting != nil
	f.noise()
	f.mu.Unlock()
	if ended {
		f.silence.Ended()
	}
}

// noise ends the silence. The InFlight is locked.
func (f *InFlight) noise() {
	if f.lasting != nil {
		f.lasting.Stop()
		f.lasting = nil
	}
}

// suspect takes WWE for silent if it gave no sign of life while the call waited.
func (f *InFlight) suspect(c *call) {
	f.mu.Lock()
	began := f.silence != nil && f.lasting == nil && !f.closed && c.patient && c.sent && c.heard == f.heard
	if began {
		heard := f.heard
		f.lasting = time.AfterFunc(f.now()-c.began, func() { f.turn(func() { f.lasts(heard) }) })
	}
	f.mu.Unlock()
	if began {
		f.silence.Began()
	}
}

// lasts confirms the silence, if nothing was heard since it began.
func (f *InFlight) lasts(heard uint64) {
	f.mu.Lock()
	lasts := f.lasting != nil && f.heard == heard
	f.mu.Unlock()
	if lasts {
		f.silence.Lasts()
	}
}

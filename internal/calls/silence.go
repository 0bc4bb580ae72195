package calls

import "time"

// Silence is notified when WWE stops answering and when it answers again. Its methods
// are called without the lock and must not block.
type Silence interface {
	// Began reports that a call has waited until its deadline without a sign of life
	// from WWE. WWE may also have ignored just that request, so another request should
	// be sent to find out.
	Began()

	// Ended reports the first sign of life after Began.
	Ended()
}

// standstill is how late a timer must fire to show that the page was suspended. WWE may
// have been suspended with it, without a fair chance to answer in time.
const standstill = 2 * time.Second

// Heard records a sign of life from WWE. Every answer and every event is one.
func (f *InFlight) Heard() {
	if f.hear() {
		f.silence.Ended()
	}
}

// hear counts a sign of life and reports whether to call Silence.Ended.
func (f *InFlight) hear() (ended bool) {
	f.mu.Lock()
	f.heard++
	ended = f.silent && f.silence != nil
	f.silent = false
	f.mu.Unlock()
	return ended
}

// suspect considers WWE silent if it has given no sign of life while the call waited.
func (f *InFlight) suspect(c *call) {
	f.mu.Lock()
	began := !f.silent && !f.closed && c.patient && c.sent && c.heard == f.heard && f.now()-c.ends < standstill
	f.silent = f.silent || began
	f.mu.Unlock()
	if began && f.silence != nil {
		f.silence.Began()
	}
}

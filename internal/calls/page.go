package calls

import (
	"time"

	"wwebridge/internal/blame"
)

// ErrHandler is the outcome of a call that an event handler waits for.
var ErrHandler = blame.New(blame.Author, "called in a JavaScript event handler: use a goroutine, Service.Go or Async, "+
	"and do not wait for the answer before the handler returns")

// glance is how often the page is looked after while calls wait.
const glance = 150 * time.Millisecond

// watchPage looks after the page while calls wait. The InFlight is locked.
func (f *InFlight) watchPage() {
	if f.blocked != nil && !f.watching {
		f.watching = true
		time.AfterFunc(glance, f.look)
	}
}

// look ends a call if the event loop has not turned since the last time, and a
// blocked event handler is the reason: the call that began last, for which it
// is likely to wait. If that was not the one, the next look ends another.
func (f *InFlight) look() {
	f.mu.Lock()
	newest := f.ring.before
	for newest.lasting {
		newest = newest.before
	}
	waits := newest != &f.ring
	stands := f.turning
	f.watching = false
	if waits {
		f.turning = true
		f.watchPage()
	}
	f.mu.Unlock()
	switch {
	case !waits:
	case !stands:
		f.turn(func() {
			f.mu.Lock()
			f.turning = false
			f.mu.Unlock()
		})
	case f.blocked():
		f.End(f.ref(newest.number), ErrHandler)
	}
}

package calls

import (
	"errors"
	"time"
)

// ErrHandler is the outcome of a call that an event handler waits for.
var ErrHandler = errors.New("called in a JavaScript event handler: use a goroutine, Service.Go or Async, " +
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

// mark notes the calls that began before the event handlers that run now have
// returned. A later handler is not likely to wait for one of them.
func (f *InFlight) mark() {
	f.mu.Lock()
	mark := f.blocked != nil && !f.marked
	f.marked = f.marked || mark
	f.mu.Unlock()
	if mark {
		f.pause(func() {
			f.mu.Lock()
			f.marked, f.looks, f.before = false, 0, f.last
			f.mu.Unlock()
		})
	}
}

// look ends a call if the event loop has not turned since the last look, and a
// blocked event handler is the reason: the call that began last, for which it
// is likely to wait. If that was not the one, the next look ends another.
// A call that began before the handler ends only some time after its deadline:
// the handler may wait for something else, and WWE may do what the call asks for.
func (f *InFlight) look() {
	f.mu.Lock()
	f.looks++
	f.watching = false
	overdue := f.now() - standstill
	var ends *call
	late := false
	for c := f.ring.before; c != &f.ring && ends == nil; c = c.before {
		if c.lasting {
			continue
		}
		f.watchPage()
		late = c.number <= f.before
		if !late || !c.arrived && c.ends <= overdue {
			ends = c
		}
	}
	stands := f.looks > 1
	f.mu.Unlock()
	switch {
	case !stands:
		f.mark()
	case ends == nil || !f.blocked():
	case late:
		f.timeOut(f.ref(ends.number), 0, ErrHandler)
	default:
		f.End(f.ref(ends.number), ErrHandler)
	}
}

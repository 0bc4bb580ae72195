package calls

import (
	"errors"
	"time"
)

// ErrHandler is the outcome of a call that a JavaScript event handler waits for.
var ErrHandler = errors.New("called in a JavaScript event handler: use a goroutine, Service.Go or Async, " +
	"and do not wait for the answer before the handler returns")

// glance is the interval between two calls of look.
const glance = 150 * time.Millisecond

// watchPage schedules a call of look, if none is scheduled. The InFlight must be
// locked.
func (f *InFlight) watchPage() {
	if f.blocked != nil && !f.watching {
		f.watching = true
		time.AfterFunc(glance, f.look)
	}
}

// mark notes which calls began before the event handlers that are running now have
// returned. Handlers that start later are unlikely to wait for those calls.
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

// look ends a call if a blocked event handler has kept the event loop from turning
// since the last look. It ends the newest call, because the handler is most likely
// waiting for that one. If it is not, the next look ends another call.
//
// A call that began before the handler ends only some time after its deadline: the
// handler may be waiting for something else, and WWE may still do as the call asks.
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

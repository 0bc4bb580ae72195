package calls

import (
	"sync"
	"time"

	"wwebridge/internal/blame"
)

// ErrHandler is the outcome of a call that an event handler waits for.
var ErrHandler = blame.New(blame.Author, "called in a JavaScript event handler: use a goroutine, Service.Go or Async, "+
	"and leave the handler without waiting for the answer, which cannot arrive before")

// How the page is watched while calls wait: soon after one has begun, then
// ever more seldom. A page that stands still for a standstill gives WWE, which
// may stand still with it, no fair chance to answer in time.
const (
	firstGlance = 50 * time.Millisecond
	lastGlance  = 400 * time.Millisecond
	standstill  = 2 * time.Second
)

// longestTurn bounds how long a deadline waits for an event loop that does not
// say that it turns.
const longestTurn = 10 * time.Second

// afterTurn calls end once the answers that have reached the page are
// delivered. After a long task or a suspension, they are still queued when the
// deadline's timer fires.
func (f *InFlight) afterTurn(end func()) {
	var once sync.Once
	late := time.AfterFunc(longestTurn, func() { once.Do(end) })
	f.turn(func() {
		late.Stop()
		once.Do(end)
	})
}

// watchPage looks after the event loop while calls wait. The InFlight is locked.
func (f *InFlight) watchPage() {
	if f.blocked == nil {
		return
	}
	f.glance = firstGlance
	if !f.watching {
		f.watching = true
		f.lookIn(firstGlance)
	}
}

func (f *InFlight) lookIn(pause time.Duration) {
	f.lookAt = f.now() + pause
	time.AfterFunc(pause, f.look)
}

// look ends a call if the event loop has not turned since the last time, and a
// blocked event handler is the reason: the call that began last, for which it
// is likely to wait. If that was not the one, the next look ends another.
func (f *InFlight) look() {
	f.mu.Lock()
	f.stoodStill(f.now() - f.lookAt)
	stands := f.turning
	ref := f.youngest()
	f.watching = ref != ""
	if f.watching {
		f.turning = true
		f.glance = min(2*f.glance, lastGlance)
		f.lookIn(f.glance)
	}
	f.mu.Unlock()
	switch {
	case ref == "":
	case !stands:
		f.turn(func() {
			f.mu.Lock()
			f.turning = false
			f.mu.Unlock()
		})
	case f.blocked():
		f.End(ref, ErrHandler)
	}
}

// youngest is the call that began last and that somebody waits for. The
// InFlight is locked.
func (f *InFlight) youngest() (ref string) {
	var last uint64
	for r, c := range f.calls {
		if !c.lasting && c.number > last {
			ref, last = r, c.number
		}
	}
	return ref
}

// stoodStill takes note that a timer was so late, which only a page that
// stands still makes it: the calls that waited meanwhile say nothing of WWE.
// The InFlight is locked.
func (f *InFlight) stoodStill(late time.Duration) {
	if late < standstill {
		return
	}
	for _, c := range f.calls {
		c.patient = false
	}
}

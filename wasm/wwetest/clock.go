package wwetest

import (
	"slices"
	"sync"
	"time"
)

// clock is what a Host takes the time from.
type clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func())
}

// machineClock is the time of the machine, or of the synctest bubble that the test is in.
type machineClock struct{}

func (machineClock) Now() time.Time                      { return time.Now() }
func (machineClock) AfterFunc(d time.Duration, f func()) { time.AfterFunc(d, f) }

// Clock is a time that stands still until a test moves it on, for WithClock.
// Its methods may be called from any goroutine.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
}

type timer struct {
	at time.Time
	do func()
}

// NewClock returns a Clock at noon of the first of January 2026, UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
}

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc has f called by the Advance that passes the moment d from now.
func (c *Clock) AfterFunc(d time.Duration, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers = append(c.timers, timer{c.now.Add(max(d, 0)), f})
	slices.SortStableFunc(c.timers, func(a, b timer) int { return a.at.Compare(b.at) })
}

// Advance moves the time on and does, before it returns and in order, what is
// due until then, each thing at its own time.
func (c *Clock) Advance(d time.Duration) {
	end := c.Now().Add(d)
	for {
		c.mu.Lock()
		if len(c.timers) == 0 || c.timers[0].at.After(end) {
			c.now = end
			c.mu.Unlock()
			return
		}
		next := c.timers[0]
		c.timers = c.timers[1:]
		c.now = next.at
		c.mu.Unlock()
		next.do()
	}
}

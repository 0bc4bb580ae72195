package wwetest

import (
	"slices"
	"sync"
	"time"
)

// clock is a Host's source of time.
type clock interface {
	Now() time.Time
	AfterFunc(d time.Duration, f func())
}

// machineClock is the machine's clock, or the clock of the test's synctest
// bubble.
type machineClock struct{}

func (machineClock) Now() time.Time                      { return time.Now() }
func (machineClock) AfterFunc(d time.Duration, f func()) { time.AfterFunc(d, f) }

// Clock is a clock that stands still until a test advances it. Pass it to
// WithClock. Its methods may be called from any goroutine.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
}

type timer struct {
	at time.Time
	do func()
}

// NewClock returns a Clock set to noon of 1 January 2026, UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc registers f to be called d from now, by the Advance that reaches
// that time.
func (c *Clock) AfterFunc(d time.Duration, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers = append(c.timers, timer{c.now.Add(max(d, 0)), f})
	slices.SortStableFunc(c.timers, func(a, b timer) int { return a.at.Compare(b.at) })
}

// Advance moves the clock forward by d. Before it returns, it calls the
// functions that are due in that period, in order, each at its own time.
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

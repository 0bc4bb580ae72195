// Package calls keeps the calls in flight: each has an id, a deadline and
// exactly one outcome, whatever WWE does or leaves undone.
package calls

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/internal/wire"
)

// ErrClosed is the outcome of calls that Close found in flight or that began after it.
var ErrClosed = errors.New("the service is closed")

// Done takes the outcome of a call: WWE's reply or the error that came instead
// of one. It is called once and must not block.
type Done func(wire.Reply, error)

// InFlight holds the calls that have no outcome yet.
type InFlight struct {
	prefix  string
	silence Silence // nil if nobody wants to know

	// The page around the calls, and the time: tests have their own.
	turn    func(do func()) // calls do once the page has delivered its messages
	pause   func(do func()) // calls do once no event handler runs
	blocked func() bool     // by an event handler; nil where none can block
	now     func() moment

	mu       sync.Mutex
	last     uint64
	calls    map[string]*call
	ring     call // around which the calls are, from the oldest to the newest
	reads    int  // of the calls that have yet to read their reply's data
	closed   bool
	over     func() // what to do once no call is left after Close; nil before
	replied  uint64 // the newest call that WWE has replied to
	stray    int
	heard    uint64 // signs of life so far
	fair     moment // by which a WWE that accepts this page gives one; 0 before the first request
	silent   bool
	sent     rate
	watching bool   // the page is looked after
	looks    int    // since its event loop turned
	marked   bool   // its next turn will be noted
	before   uint64 // the last call that began before its last turn

	// One timer for all deadlines, as each would cost the browser one. It fires
	// at due or before the first deadline; nil where no call has one.
	timer *time.Timer
	due   moment
}

// hasty is the longest wait for WWE's first sign of life that does not yet show
// that WWE ignores this page: it may just be slow. It is a little under two
// seconds, because a context's two seconds begin before its request is sent.
const hasty = 1900 * time.Millisecond

// moment is a time since the InFlight began: to know it is to ask the browser
// once, to know a time.Time twice.
type moment = time.Duration

type call struct {
	number  uint64
	done    Done
	read    wire.Read // of its reply's data, until somebody has it
	began   moment
	ends    moment        // its deadline
	timed   bool          // the deadline is its own, not its context's
	arrived bool          // its answer is there and is being read
	sent    bool          // its request has gone out
	burst   int           // requests in the minute before that, if they were many
	never   bool          // WWE has given no sign of life by its end, though it had time
	heard   uint64        // signs of life when it began
	patient bool          // it waits long enough to tell silence from haste
	lasting bool          // it outlives Close
	over    chan struct{} // closed at its end; nil if no context can end it
	last    bool          // it is the last one that outlived Close

	before, after *call // in the ring
}

// New returns an InFlight whose ids start with a random prefix, because the
// official client and other widgets count their own ids in the same window.
// silence may be nil.
func New(silence Silence) *InFlight {
	began := time.Now()
	f := &InFlight{
		prefix:  "go-" + strconv.FormatUint(rand.Uint64(), 36),
		silence: silence,
		turn:    eventloop.Turn,
		pause:   eventloop.Pause,
		blocked: eventloop.Blocked,
		now:     func() moment { return time.Since(began) },
		calls:   map[string]*call{},
	}
	f.ring.before, f.ring.after = &f.ring, &f.ring
	return f
}

// Untracked returns an id for a request whose answer nobody waits for.
func (f *InFlight) Untracked() string {
	f.mu.Lock()
	f.last++
	n := f.last
	f.mu.Unlock()
	return f.prefix + "." + strconv.FormatUint(n, 10)
}

// Begin puts a call in flight; Sent tells that its request goes out. Its
// outcome is the first of: Settle, End, the end of ctx, timeout where ctx has
// no deadline, and Close. Read, which may be nil, is what reads the reply's data.
func (f *InFlight) Begin(ctx context.Context, timeout time.Duration, read wire.Read, done Done) (ref string, err error) {
	defer f.mark()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return "", ErrClosed
	}
	f.last++
	ref = f.ref(f.last)
	c := &call{number: f.last, done: done, read: read, began: f.now(), heard: f.heard, patient: true, timed: true}
	f.add(ref, c)
	if read != nil {
		f.reads++
	}
	wait := timeout
	if deadline, has := ctx.Deadline(); has {
		wait = time.Until(deadline)
		c.patient, c.timed = wait >= timeout, false
	}
	c.ends = c.began + min(wait, math.MaxInt64-c.began)
	if c.timed {
		f.wakeAt(c.ends)
	}
	if ctx.Done() != nil {
		c.over = make(chan struct{})
		go f.watch(ctx, ref, c)
	}
	f.watchPage()
	return ref, nil
}

func (f *InFlight) ref(number uint64) string { return f.prefix + "-" + strconv.FormatUint(number, 10) }

func (f *InFlight) add(ref string, c *call) {
	newest := f.ring.before
	c.before, c.after = newest, &f.ring
	newest.after, f.ring.before = c, c
	f.calls[ref] = c
}

func (f *InFlight) remove(ref string, c *call) {
	c.before.after, c.after.before = c.after, c.before
	delete(f.calls, ref)
}

// Outlive makes a call one whose reply counts even if nobody waits for it any
// more: Close leaves it in flight.
func (f *InFlight) Outlive(ref string) {
	f.mu.Lock()
	if c := f.calls[ref]; c != nil {
		c.lasting = true
	}
	f.mu.Unlock()
}

// Reading gives what reads the data of the call's reply, to the first who asks.
func (f *InFlight) Reading(ref string) (read wire.Read) {
	f.mu.Lock()
	if c := f.calls[ref]; c != nil {
		read = f.readOf(c)
	}
	f.mu.Unlock()
	return read
}

// readOf takes what reads the call's reply from it. The InFlight is locked.
func (f *InFlight) readOf(c *call) wire.Read {
	read := c.read
	if read != nil {
		c.read = nil
		f.reads--
	}
	return read
}

// Reads reports whether any call has yet to read its reply's data.
func (f *InFlight) Reads() bool {
	f.mu.Lock()
	reads := f.reads > 0
	f.mu.Unlock()
	return reads
}

// Arrived takes note that the answer to a call is there but has yet to be read:
// from then on no deadline ends the call before Settle, only Close and a context
// that is cancelled. It reports whether the call still waits.
func (f *InFlight) Arrived(ref string) (waits bool) {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		c.timed, c.arrived = false, true
	}
	f.mu.Unlock()
	if c != nil {
		f.Heard()
	}
	return c != nil
}

// wakeAt sees to it that the timer fires in time for a deadline.
func (f *InFlight) wakeAt(due moment) {
	switch {
	case f.timer == nil:
		f.timer = time.AfterFunc(due-f.now(), f.endOverdue)
	case due < f.due:
		f.timer.Reset(due - f.now())
	default:
		return
	}
	f.due = due
}

// endOverdue ends the calls whose deadline has passed, and waits for the next.
// After a long task or a suspension of the page, answers to them may be queued
// when the timer fires: those count first.
func (f *InFlight) endOverdue() {
	now := f.now()
	f.mu.Lock()
	if f.timer == nil || now < f.due { // it was stopped, or set anew, as it fired
		f.mu.Unlock()
		return
	}
	f.timer = nil
	var overdue []*call
	var next moment
	for c := f.ring.after; c != &f.ring; c = c.after {
		switch {
		case !c.timed:
		case c.ends <= now:
			overdue = append(overdue, c)
			c.timed = false
		case next == 0 || c.ends < next:
			next = c.ends
		}
	}
	if next != 0 {
		f.wakeAt(next)
	}
	f.mu.Unlock()
	if len(overdue) == 0 {
		return
	}
	f.turn(func() {
		for _, c := range overdue {
			f.expire(c, now-c.began, nil)
		}
	})
}

// watch ends the call with its context. (context.AfterFunc would do the same
// with code for contexts that can be cancelled in every program.)
func (f *InFlight) watch(ctx context.Context, ref string, c *call) {
	select {
	case <-ctx.Done():
	case <-c.over:
		return
	}
	cause := context.Cause(ctx)
	if !isDeadline(ctx) {
		f.End(ref, cause)
		return
	}
	waited := f.now() - c.began
	f.turn(func() { f.expire(c, waited, cause) })
}

// expire ends a call whose deadline has passed, unless its answer is there.
func (f *InFlight) expire(c *call, waited time.Duration, cause error) {
	f.mu.Lock()
	arrived := c.arrived
	f.mu.Unlock()
	if !arrived {
		f.timeOut(f.ref(c.number), waited, cause)
	}
}

// Settle gives the call its outcome. A reply without a call, because it comes
// too late or a second time, is only counted.
func (f *InFlight) Settle(ref string, reply wire.Reply, err error) {
	ended := false
	if reply.TimedOut {
		ended = f.timeOut(ref, 0, nil)
	} else {
		if err == nil && f.hear() { // before the outcome, which lets other calls begin
			defer f.silence.Ended()
		}
		ended = f.end(ref, reply, err, true)
	}
	if !ended {
		f.countStray(ref)
	}
}

// End gives the call an outcome that is not a reply.
func (f *InFlight) End(ref string, err error) { f.end(ref, wire.Reply{}, err, false) }

func (f *InFlight) end(ref string, reply wire.Reply, err error, replied bool) (waited bool) {
	c := f.take(ref, replied)
	if c != nil {
		f.give(c, reply, err)
	}
	return c != nil
}

// give gives the call its outcome.
func (f *InFlight) give(c *call, reply wire.Reply, err error) {
	c.done(reply, err)
	if c.last {
		f.leave()
	}
}

// timeOut ends the call because it has waited so long; 0 is until now. The
// cause is that of its context.
func (f *InFlight) timeOut(ref string, waited time.Duration, cause error) bool {
	c := f.take(ref, false)
	if c == nil {
		return false
	}
	if waited == 0 {
		waited = f.now() - c.began
	}
	f.give(c, wire.Reply{}, &Timeout{Waited: waited, Sent: c.sent, Burst: c.burst, Never: c.never, Cause: cause})
	f.suspect(c)
	return true
}

func (f *InFlight) take(ref string, replied bool) *call {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		f.remove(ref, c)
		c.last = f.closed && len(f.calls) == 0
		if replied {
			f.replied = max(f.replied, c.number)
		}
		f.readOf(c)
		c.stop()
		c.never = f.heard == 0 && f.fair > 0 && f.fair <= f.now()
	}
	f.mu.Unlock()
	return c
}

// countStray leaves the ids of other clients out: they are not ours to answer for.
func (f *InFlight) countStray(ref string) {
	if strings.HasPrefix(ref, f.prefix+"-") {
		f.mu.Lock()
		f.stray++
		f.mu.Unlock()
	}
}

func (c *call) stop() {
	if c.over != nil {
		close(c.over)
	}
}

// Sent takes note that the request of a call goes out now, and tells whether
// the call still waits for its outcome: if not, it need not go out.
func (f *InFlight) Sent(ref string) (waits bool) { return f.goesOut(ref, 1) }

// Shares is Sent for a call without a request of its own: it waits for what
// other calls have asked for, and ends by End.
func (f *InFlight) Shares(ref string) { f.goesOut(ref, 0) }

func (f *InFlight) goesOut(ref string, requests int) (waits bool) {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		c.sent, c.heard = true, f.heard
		now := f.now()
		if f.fair == 0 {
			f.fair = now + hasty
		}
		c.patient = c.patient && now-c.began < time.Second // what was kept back has less time left
		if before := f.sent.count(now, requests); before >= burst {
			c.burst = before
		}
	}
	f.mu.Unlock()
	return c != nil
}

// Close ends every call in flight with ErrClosed, but for those that Outlive
// it, and lets none begin. It reports whether it was the first to do so. What
// has outlived it has no outcome any more unless by Settle; see Leave.
func (f *InFlight) Close() bool {
	f.mu.Lock()
	first := !f.closed
	f.closed = true
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	var open []*call
	for c := f.ring.after; c != &f.ring; c = c.after {
		if !c.lasting {
			open = append(open, c)
			f.remove(f.ref(c.number), c)
		}
	}
	f.reads = 0
	f.mu.Unlock()
	for _, c := range open {
		c.stop()
		c.done(wire.Reply{}, ErrClosed)
	}
	return first
}

// Len is the number of calls in flight.
func (f *InFlight) Len() int {
	f.mu.Lock()
	n := len(f.calls)
	f.mu.Unlock()
	return n
}

// Stray is the number of answers that found no call of ours.
func (f *InFlight) Stray() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stray
}

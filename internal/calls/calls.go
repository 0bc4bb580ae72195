// Package calls keeps the calls in flight. Each call has an id, a deadline and exactly
// one outcome, even if WWE never answers.
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

// ErrClosed is the outcome of a call that is in flight when Close is called or that
// begins later.
var ErrClosed = errors.New("the service is closed")

// Done receives the outcome of a call: WWE's reply, or an error if there is none. It is
// called once and must not block.
type Done func(wire.Reply, error)

// InFlight holds the calls that have no outcome yet.
type InFlight struct {
	prefix  string
	silence Silence // may be nil

	// The browser's event loop and the clock. Tests replace them.
	turn    func(do func()) // calls do once the page has delivered its queued messages
	pause   func(do func()) // calls do once no event handler is running
	blocked func() bool     // reports whether an event handler is blocked; nil if none can be
	now     func() moment

	mu       sync.Mutex
	last     uint64
	calls    map[string]*call
	ring     call // sentinel of a ring of the calls, oldest first
	reads    int  // number of calls whose Read has not been used
	closed   bool
	over     func() // called once no call is left after Close; nil before Leave
	replied  uint64 // newest call that WWE has replied to
	stray    int
	heard    uint64 // number of signs of life so far
	fair     moment // deadline for WWE's first sign of life; 0 before the first request
	silent   bool
	sent     rate
	watching bool   // a timer will call look
	looks    int    // number of looks since the event loop last turned
	marked   bool   // mark waits for the event loop's next turn
	before   uint64 // last call that began before the event loop's last turn

	// A single timer serves all deadlines, because each timer has a cost in the
	// browser. It fires at due, which is not later than the first deadline. It is nil
	// if no call has a deadline of its own.
	timer *time.Timer
	due   moment
}

// hasty is how long WWE's first sign of life may take before the wait suggests that WWE
// ignores this page. After a shorter wait, WWE may just be slow. hasty is slightly less
// than two seconds, because the two seconds of a context begin before the request is
// sent.
const hasty = 1900 * time.Millisecond

// moment is the time since the InFlight was created. Reading it takes one call to the
// browser; a time.Time takes two.
type moment = time.Duration

type call struct {
	number  uint64
	done    Done
	read    wire.Read // for the data of the reply; nil once used
	began   moment
	ends    moment        // deadline
	timed   bool          // its deadline is its own and not its context's
	arrived bool          // its answer has arrived and is being read
	sent    bool          // its request has been sent
	burst   int           // number of requests in the minute before it, if at least burst
	never   bool          // WWE had time to give a sign of life before the call ended but never gave any
	heard   uint64        // number of signs of life when it began
	patient bool          // its wait is long enough to show that WWE is silent
	lasting bool          // it stays in flight after Close
	over    chan struct{} // closed when the call ends; nil if no context can end it
	last    bool          // the last of the calls that stayed in flight after Close

	before, after *call // neighbours in the ring
}

// New returns an InFlight. Its ids start with a random prefix, because the official
// client and other widgets use ids of their own in the same window. silence may be nil.
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

// Untracked returns an id for a request whose answer is ignored.
func (f *InFlight) Untracked() string {
	f.mu.Lock()
	f.last++
	n := f.last
	f.mu.Unlock()
	return f.prefix + "." + strconv.FormatUint(n, 10)
}

// Begin puts a call in flight; the caller reports its request with Sent. The call ends
// with the first of Settle, End, the end of ctx, the timeout if ctx has no deadline,
// and Close. read, which may be nil, reads the data of the reply.
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

// Outlive keeps a call in flight after Close, because its reply matters even if no
// caller waits for it.
func (f *InFlight) Outlive(ref string) {
	f.mu.Lock()
	if c := f.calls[ref]; c != nil {
		c.lasting = true
	}
	f.mu.Unlock()
}

// Reading returns the Read of a call the first time it is called, and nil after that.
func (f *InFlight) Reading(ref string) (read wire.Read) {
	f.mu.Lock()
	if c := f.calls[ref]; c != nil {
		read = f.readOf(c)
	}
	f.mu.Unlock()
	return read
}

// readOf removes the Read from a call and returns it. The InFlight must be locked.
func (f *InFlight) readOf(c *call) wire.Read {
	read := c.read
	if read != nil {
		c.read = nil
		f.reads--
	}
	return read
}

// Reads reports whether the Read of any call has not been used yet.
func (f *InFlight) Reads() bool {
	f.mu.Lock()
	reads := f.reads > 0
	f.mu.Unlock()
	return reads
}

// Arrived records that the answer to a call has arrived but has not been read yet. From
// then on only Settle, Close or the cancellation of its context ends the call, and no
// deadline does. Arrived reports whether the call is still in flight.
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

// wakeAt ensures that the timer fires in time for a deadline.
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

// endOverdue ends the calls whose deadline has passed and sets the timer for the next
// deadline. After a long task or a suspension of the page, their answers may still be
// queued when the timer fires. Such answers are delivered first.
func (f *InFlight) endOverdue() {
	now := f.now()
	f.mu.Lock()
	if f.timer == nil || now < f.due { // the timer was stopped or reset while it fired
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

// watch ends a call when its context ends. context.AfterFunc would do the same, but
// would add the code of cancellable contexts to every program.
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

// expire ends a call whose deadline has passed, unless its answer has arrived.
func (f *InFlight) expire(c *call, waited time.Duration, cause error) {
	f.mu.Lock()
	arrived := c.arrived
	f.mu.Unlock()
	if !arrived {
		f.timeOut(f.ref(c.number), waited, cause)
	}
}

// Settle ends a call with this outcome. If no such call is in flight, because the reply
// is late or a duplicate, Settle only counts the reply.
func (f *InFlight) Settle(ref string, reply wire.Reply, err error) {
	ended := false
	if reply.TimedOut {
		ended = f.timeOut(ref, 0, nil)
	} else {
		if err == nil && f.hear() { // before the outcome, because other calls may begin on receiving it
			defer f.silence.Ended()
		}
		ended = f.end(ref, reply, err, true)
	}
	if !ended {
		f.countStray(ref)
	}
}

// End ends a call with an error instead of a reply.
func (f *InFlight) End(ref string, err error) { f.end(ref, wire.Reply{}, err, false) }

func (f *InFlight) end(ref string, reply wire.Reply, err error, replied bool) (waited bool) {
	c := f.take(ref, replied)
	if c != nil {
		f.give(c, reply, err)
	}
	return c != nil
}

func (f *InFlight) give(c *call, reply wire.Reply, err error) {
	c.done(reply, err)
	if c.last {
		f.leave()
	}
}

// timeOut ends a call because its deadline has passed. waited is how long it has
// waited; 0 means until now. cause is the cause of its context.
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

// countStray counts a reply without a call, unless its id belongs to another client.
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

// Sent records that the request of a call is about to be sent. It reports whether the
// call is still in flight; if not, the request need not be sent.
func (f *InFlight) Sent(ref string) (waits bool) { return f.goesOut(ref, 1) }

// Shares is Sent for a call without a request of its own. The call waits for the
// requests of other calls and is ended by End.
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
		c.patient = c.patient && now-c.began < time.Second // a call that was held back has less time left
		if before := f.sent.count(now, requests); before >= burst {
			c.burst = before
		}
	}
	f.mu.Unlock()
	return c != nil
}

// Close ends every call in flight with ErrClosed, except those marked by Outlive, and
// lets no further call begin. It reports whether this is the first Close. From then on
// only Settle can end the remaining calls; see Leave.
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

// Len returns the number of calls in flight.
func (f *InFlight) Len() int {
	f.mu.Lock()
	n := len(f.calls)
	f.mu.Unlock()
	return n
}

// Stray returns the number of replies for which no call was in flight.
func (f *InFlight) Stray() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stray
}

// Package calls keeps the calls in flight: each has an id, a deadline and
// exactly one outcome, whatever WWE does or leaves undone.
package calls

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/blame"
	"wwebridge/internal/eventloop"
	"wwebridge/internal/wire"
)

// ErrClosed is the outcome of calls that Close found in flight or that began after it.
var ErrClosed = blame.New(blame.Author, "the service is closed")

// Done takes the outcome of a call: WWE's reply or the error that came instead
// of one. It is called once and must not block.
type Done func(wire.Reply, error)

// InFlight holds the calls that have no outcome yet.
type InFlight struct {
	prefix  string
	silence Silence // nil if nobody wants to know

	// The page around the calls, and the time: tests have their own.
	turn    func(do func()) // calls do once the page has delivered its messages
	blocked func() bool     // by an event handler; nil where none can block
	now     func() moment

	mu      sync.Mutex
	last    uint64
	calls   map[string]*call
	closed  bool
	left    func() // what to do once no call is in flight; nil before WhenLeft
	stray   int
	heard   uint64      // signs of life so far
	lasting *time.Timer // of the silence that has begun; nil for none
	sent    rate

	// How the page is watched, see watchPage.
	watching bool
	turning  bool // the event loop has not turned since the last look
	glance   time.Duration
	lookAt   moment

	// One timer for all deadlines, as each would cost the browser one. It fires
	// at due or before the first deadline; nil where no call has one.
	timer *time.Timer
	due   moment
}

// moment is a time since the InFlight began: to know it is to ask the browser
// once, to know a time.Time twice.
type moment = time.Duration

type call struct {
	number  uint64
	done    Done
	read    wire.Read // of its reply's data, until somebody has it
	began   moment
	sent    bool          // its request has gone out
	burst   int           // requests in the minute before that, if they were many
	never   bool          // WWE has given no sign of life by its end
	heard   uint64        // signs of life when it began
	patient bool          // it waits long enough to tell silence from haste
	lasting bool          // Close leaves it its farewell
	due     moment        // its own deadline; 0 if its context has one
	over    chan struct{} // closed at its end; nil if no context can end it
	left    func()        // what to do after its end: WhenLeft's, if it is the last
}

func nothing() {}

// New returns an InFlight whose ids start with a random prefix, because the
// official client and other widgets count their own ids in the same window.
// silence may be nil.
func New(silence Silence) *InFlight {
	began := time.Now()
	return &InFlight{
		prefix:  "go-" + strconv.FormatUint(rand.Uint64(), 36),
		silence: silence,
		turn:    eventloop.Turn,
		blocked: eventloop.Blocked,
		now:     func() moment { return time.Since(began) },
		calls:   map[string]*call{},
	}
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
	f.mu.Lock()
	defer f.mu.Unlock()
	ref, _, err = f.begin(ctx, timeout, read, done)
	if err == nil {
		f.watchPage()
	}
	return ref, err
}

// Await is Begin for the wait for what other calls have asked for. Nothing
// needs to be sent for it, and it ends by End.
func (f *InFlight) Await(ctx context.Context, timeout time.Duration, done Done) (ref string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ref, c, err := f.begin(ctx, timeout, nil, done)
	if err == nil {
		f.watchPage()
		c.goesOut(f, f.sent.before(f.now()))
	}
	return ref, err
}

// BeginLasting is Begin for a call whose reply counts even if nobody waits for
// it any more. Close ends it only after the time of a farewell.
func (f *InFlight) BeginLasting(timeout time.Duration, done Done) (ref string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ref, c, err := f.begin(context.Background(), timeout, nil, done)
	if err == nil {
		c.lasting = true
	}
	return ref, err
}

func (f *InFlight) begin(ctx context.Context, timeout time.Duration, read wire.Read, done Done) (ref string, c *call, err error) {
	if f.closed {
		return "", nil, ErrClosed
	}
	f.last++
	ref = f.prefix + "-" + strconv.FormatUint(f.last, 10)
	c = &call{number: f.last, done: done, read: read, began: f.now(), heard: f.heard}
	f.calls[ref] = c
	ends := c.began + min(timeout, math.MaxInt64-c.began)
	if deadline, has := ctx.Deadline(); has {
		left := time.Until(deadline)
		c.patient = left >= timeout
		ends = c.began + min(left, math.MaxInt64-c.began)
	} else {
		c.patient = true
		c.due = ends
		f.wakeAt(c.due)
	}
	if ctx.Done() != nil {
		c.over = make(chan struct{})
		go f.watch(ctx, ref, c, ends)
	}
	return ref, c, nil
}

// Reading gives what reads the data of the call's reply, to the first who asks.
func (f *InFlight) Reading(ref string) (read wire.Read) {
	f.mu.Lock()
	if c := f.calls[ref]; c != nil {
		read, c.read = c.read, nil
	}
	f.mu.Unlock()
	return read
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
func (f *InFlight) endOverdue() {
	now := f.now()
	f.mu.Lock()
	if f.timer == nil || now < f.due { // it was stopped, or set anew, as it fired
		f.mu.Unlock()
		return
	}
	f.timer = nil
	f.stoodStill(now - f.due)
	overdue := map[string]*call{}
	var next moment
	for ref, c := range f.calls {
		switch {
		case c.due == 0:
		case c.due <= now:
			overdue[ref] = c
			c.due = 0
		case next == 0 || c.due < next:
			next = c.due
		}
	}
	if next != 0 {
		f.wakeAt(next)
	}
	f.mu.Unlock()
	if len(overdue) == 0 {
		return
	}
	f.afterTurn(func() {
		for ref, c := range overdue {
			f.timeOut(ref, now-c.began, nil)
		}
	})
}

// watch ends the call with its context. (context.AfterFunc would do the same
// with code for contexts that can be cancelled in every program.)
func (f *InFlight) watch(ctx context.Context, ref string, c *call, ends moment) {
	select {
	case <-ctx.Done():
	case <-c.over:
		return
	}
	if !isDeadline(ctx) {
		f.End(ref, context.Cause(ctx))
		return
	}
	now := f.now()
	f.mu.Lock()
	f.stoodStill(now - ends)
	f.mu.Unlock()
	f.afterTurn(func() { f.timeOut(ref, now-c.began, context.Cause(ctx)) })
}

// Settle gives the call its outcome. A reply without a call, because it comes
// too late or a second time, is only counted.
func (f *InFlight) Settle(ref string, reply wire.Reply, err error) {
	if err == nil && reply.TimedOut {
		f.mu.Lock()
		c := f.calls[ref]
		f.mu.Unlock()
		if c != nil {
			f.timeOut(ref, f.now()-c.began, nil)
			return
		}
	}
	if err == nil && !reply.TimedOut {
		defer f.Heard()
	}
	if !f.end(ref, reply, err) {
		f.countStray(ref)
	}
}

// End gives the call an outcome that is not a reply.
func (f *InFlight) End(ref string, err error) { f.end(ref, wire.Reply{}, err) }

func (f *InFlight) end(ref string, reply wire.Reply, err error) (waited bool) {
	c := f.take(ref)
	if c == nil {
		return false
	}
	c.done(reply, err)
	c.left()
	return true
}

// timeOut ends the call because it has waited so long. The cause is that of
// its context.
func (f *InFlight) timeOut(ref string, waited time.Duration, cause error) {
	c := f.take(ref)
	if c == nil {
		return
	}
	c.done(wire.Reply{}, &TimeoutError{
		Waited: waited.Round(time.Millisecond), Burst: c.burst, Unsent: !c.sent, Never: c.never, cause: cause,
	})
	c.left()
	f.suspect(c)
}

func (f *InFlight) take(ref string) *call {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		delete(f.calls, ref)
		c.stop()
		c.never = f.heard == 0
		c.left = nothing
		if len(f.calls) == 0 && f.left != nil {
			c.left, f.left = f.left, nil
		}
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
func (f *InFlight) Sent(ref string) (waits bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.calls[ref]
	if c == nil {
		return false
	}
	now := f.now()
	c.patient = c.patient && now-c.began < time.Second // what was kept back has less time left
	c.goesOut(f, f.sent.count(now))
	return true
}

// goesOut notes what the call has to be judged by: how many requests went out
// before it, and what was heard by then.
func (c *call) goesOut(f *InFlight, before int) {
	c.sent, c.heard = true, f.heard
	if before >= burst {
		c.burst = before
	}
}

// farewell is how long after Close a lasting call may still be answered.
const farewell = 2 * time.Second

// Close ends every call in flight with ErrClosed, and lets none begin. Lasting
// calls keep the time of a farewell. It reports whether it was the first to do so.
func (f *InFlight) Close() bool {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return false
	}
	f.closed = true
	f.noise()
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	end := f.now() + farewell
	var ended []*call
	for ref, c := range f.calls {
		if c.lasting {
			c.due = min(c.due, end)
			f.wakeAt(c.due)
			continue
		}
		ended = append(ended, c)
		delete(f.calls, ref)
	}
	f.mu.Unlock()
	for _, c := range ended {
		c.stop()
		c.done(wire.Reply{}, ErrClosed)
	}
	return true
}

// WhenLeft calls do once no call is in flight, which may be at once. It is for
// after Close.
func (f *InFlight) WhenLeft(do func()) {
	f.mu.Lock()
	waits := len(f.calls) > 0
	if waits {
		f.left = do
	}
	f.mu.Unlock()
	if !waits {
		do()
	}
}

// Len is the number of calls in flight.
func (f *InFlight) Len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.calls)
}

// Stray is the number of answers that found no call of ours.
func (f *InFlight) Stray() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stray
}

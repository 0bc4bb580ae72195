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

	"wwebridge/internal/blame"
	"wwebridge/internal/wire"
)

// ErrClosed is the outcome of calls that Close found in flight or that began after it.
var ErrClosed = blame.New(blame.Author, "the service is closed")

// ErrTimeout is what every TimeoutError is.
var ErrTimeout = blame.New(blame.Connection, "no answer from WWE in time")

// TimeoutError is the outcome of a call that WWE did not answer in time.
type TimeoutError struct {
	Waited time.Duration
	Burst  int  // how many requests had gone out within the minute before this one, if they were many; else 0
	Unsent bool // the request was kept back until then
	Never  bool // WWE has not given any sign of life to this page yet

	// Forbidden: WWE has said that it does not allow the page this request. It
	// is set by whoever knows.
	Forbidden bool

	cause error // of the context whose deadline passed; nil for the service's own deadline
}

func (e *TimeoutError) Error() string {
	if e.Unsent {
		return "not sent: the limit of WithRateLimit kept it back for " + e.Waited.String()
	}
	const origins = "service-client-api.accepted-web-content-origins"
	text := "no answer from WWE within " + e.Waited.String()
	switch {
	case e.Forbidden:
		text += "; it does not allow this page the request, see its option " + origins
	case e.Burst > 0:
		text += "; " + strconv.Itoa(e.Burst) + " requests had gone out within a minute before it, so WWE's rate limit is the likely " +
			"cause: it ignores requests for a time, see its options service-client-api.rate-limit and " +
			"service-client-api.rate-limit-quarantine-delay, and WithRateLimit"
	case e.Never:
		text += ", nor to anything before: does its option " + origins + " name the origin of this page?"
	}
	return text
}

// Category is the connection, but WWE's configuration after a burst, where WWE
// does not allow the request and where it has never answered at all, and the
// widget's author where the request never went out.
func (e *TimeoutError) Category() blame.Category {
	switch {
	case e.Unsent:
		return blame.Author
	case e.Forbidden, e.Never, e.Burst > 0:
		return blame.Configuration
	}
	return blame.Connection
}

// Timeout marks the error as a time-out for callers that ask as net.Error does.
func (e *TimeoutError) Timeout() bool { return true }

// Unwrap makes the error match ErrTimeout, context.DeadlineExceeded and the context's cause.
func (e *TimeoutError) Unwrap() []error {
	all := []error{ErrTimeout, context.DeadlineExceeded}
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// Silence is how InFlight tells that WWE does not answer, and that it does again.
type Silence interface {
	Began() // a call waited its whole time, and WWE gave no sign of life
	Ended() // WWE has given one
}

// Done takes the outcome of a call: WWE's reply or the error that came instead
// of one. It is called once and must not block.
type Done func(wire.Reply, error)

// InFlight holds the calls that have no outcome yet.
type InFlight struct {
	prefix  string
	silence Silence // nil if nobody wants to know

	mu     sync.Mutex
	last   uint64
	calls  map[string]*call
	reads  int // of the calls that have yet to read their reply's data
	closed bool
	stray  int
	heard  uint64 // signs of life so far
	silent bool
	began  time.Time // of the InFlight
	sent   rate

	// One timer for all deadlines, as each would cost the browser one. It fires
	// at due or before the first deadline; nil where no call has one.
	timer *time.Timer
	due   moment
}

// moment is a time since the InFlight began: to know it is to ask the browser
// once, to know a time.Time twice.
type moment = time.Duration

func (f *InFlight) now() moment { return time.Since(f.began) }

type call struct {
	done    Done
	read    wire.Read // of its reply's data, until somebody has it
	began   moment
	sent    bool          // its request has gone out
	burst   int           // requests in the minute before that, if they were many
	never   bool          // WWE has given no sign of life by its end
	heard   uint64        // signs of life when it began
	patient bool          // it waits long enough to tell silence from haste
	due     moment        // its own deadline; 0 if its context has one
	over    chan struct{} // closed at its end; nil if no context can end it
}

// New returns an InFlight whose ids start with a random prefix, because the
// official client and other widgets count their own ids in the same window.
// silence may be nil; its methods are called without the lock and must not block.
func New(silence Silence) *InFlight {
	return &InFlight{
		prefix:  "go-" + strconv.FormatUint(rand.Uint64(), 36),
		silence: silence,
		calls:   map[string]*call{},
		began:   time.Now(),
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
// outcome is the first of: Settle, the end of ctx, timeout where ctx has no
// deadline, and Close. Read, which may be nil, is what reads the reply's data.
func (f *InFlight) Begin(ctx context.Context, timeout time.Duration, read wire.Read, done Done) (ref string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return "", ErrClosed
	}
	f.last++
	ref = f.prefix + "-" + strconv.FormatUint(f.last, 10)
	c := &call{done: done, read: read, began: f.now(), heard: f.heard}
	f.calls[ref] = c
	if read != nil {
		f.reads++
	}
	if ctx.Done() != nil {
		c.over = make(chan struct{})
		go f.watch(ctx, ref, c)
	}
	if deadline, has := ctx.Deadline(); has {
		c.patient = time.Until(deadline) >= timeout
	} else {
		c.patient = true
		c.due = c.began + min(timeout, math.MaxInt64-c.began)
		f.wakeAt(c.due)
	}
	return ref, nil
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
// from then on only its context and Close can end the call before Settle. It
// reports whether the call still waits.
func (f *InFlight) Arrived(ref string) (waits bool) {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		c.due = 0
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
func (f *InFlight) endOverdue() {
	now := f.now()
	f.mu.Lock()
	if f.timer == nil || now < f.due { // it was stopped, or set anew, as it fired
		f.mu.Unlock()
		return
	}
	f.timer = nil
	overdue := map[string]*call{}
	var next moment
	for ref, c := range f.calls {
		switch {
		case c.due == 0:
		case c.due <= now:
			overdue[ref] = c
		case next == 0 || c.due < next:
			next = c.due
		}
	}
	if next != 0 {
		f.wakeAt(next)
	}
	f.mu.Unlock()
	for ref, c := range overdue {
		f.end(ref, TimedOut(now-c.began))
	}
}

// watch ends the call with its context. (context.AfterFunc would do the same
// with code for contexts that can be cancelled in every program.)
func (f *InFlight) watch(ctx context.Context, ref string, c *call) {
	select {
	case <-ctx.Done():
		f.end(ref, ContextError(ctx, f.now()-c.began))
	case <-c.over:
	}
}

// ContextError is the outcome of a call that has waited so long when its context
// ended: the context's cause, or a TimeoutError if its deadline passed.
func ContextError(ctx context.Context, waited time.Duration) error {
	cause := context.Cause(ctx)
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return cause
	}
	timeout := TimedOut(waited)
	timeout.cause = cause
	return timeout
}

// TimedOut is the outcome of what has waited so long and was not answered in time.
func TimedOut(waited time.Duration) *TimeoutError {
	return &TimeoutError{Waited: waited.Round(time.Millisecond)}
}

// Settle gives the call its outcome. A reply without a call, because it comes
// too late or a second time, is only counted.
func (f *InFlight) Settle(ref string, reply wire.Reply, err error) {
	if err == nil && !reply.TimedOut {
		defer f.Heard()
	}
	c := f.take(ref)
	if c == nil {
		f.countStray(ref)
		return
	}
	if reply.TimedOut {
		err = c.blamed(TimedOut(f.now() - c.began))
		defer f.suspect(c)
	}
	c.done(reply, err)
}

// end gives the call an outcome that is not a reply.
func (f *InFlight) end(ref string, err error) {
	c := f.take(ref)
	if c == nil {
		return
	}
	c.done(wire.Reply{}, c.blamed(err))
	if errors.Is(err, ErrTimeout) && c.patient {
		f.suspect(c)
	}
}

// Heard takes note of a sign of life of WWE: every answer is one, and every event.
func (f *InFlight) Heard() {
	f.mu.Lock()
	f.heard++
	ended := f.silent
	f.silent = false
	f.mu.Unlock()
	if ended && f.silence != nil {
		f.silence.Ended()
	}
}

// suspect takes WWE for silent if it gave no sign of life while the call waited.
func (f *InFlight) suspect(c *call) {
	f.mu.Lock()
	began := !f.silent && !f.closed && c.sent && c.heard == f.heard
	f.silent = f.silent || began
	f.mu.Unlock()
	if began && f.silence != nil {
		f.silence.Began()
	}
}

func (f *InFlight) take(ref string) *call {
	f.mu.Lock()
	c := f.calls[ref]
	if c != nil {
		delete(f.calls, ref)
		f.readOf(c)
		c.stop()
		c.never = f.heard == 0
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

// blamed tells a time-out of the burst that it may come from.
func (c *call) blamed(err error) error {
	if timeout, ok := errors.AsType[*TimeoutError](err); ok {
		timeout.Burst, timeout.Unsent, timeout.Never = c.burst, !c.sent, c.never
	}
	return err
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
	c.sent, c.heard = true, f.heard
	now := f.now()
	c.patient = c.patient && now-c.began < time.Second // what was kept back has less time left
	if before := f.sent.count(now); before >= burst {
		c.burst = before
	}
	return true
}

// Close ends every call in flight with ErrClosed, and lets none begin. It
// tells whether it was the first to do so.
func (f *InFlight) Close() bool {
	f.mu.Lock()
	first := !f.closed
	f.closed = true
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	open := f.calls
	f.calls = map[string]*call{}
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
	defer f.mu.Unlock()
	return len(f.calls)
}

// Stray is the number of answers that found no call of ours.
func (f *InFlight) Stray() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stray
}

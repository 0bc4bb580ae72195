package wwe

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/category"
	"wwebridge/internal/jsontext"
)

// ErrTooLate: the function of a MarkDoneGuard, or WWE's answer to its block, did
// not come within the time that WWE waits. The interaction may have been marked
// done.
var ErrTooLate = category.Error(CategoryAuthor, "too late to block mark done")

var (
	errMissed = category.Error(CategoryConnection, "an announcement of mark done may have been missed")
	errReused = category.Error(CategoryConnection, "WWE may have restarted, and the id may be another interaction's: read the interactions again")
)

// usualMarkDoneTimeout counts where WWE does not say how long it waits: what
// WWE was seen to announce.
const usualMarkDoneTimeout = time.Second

// MarkDoneGuard keeps the agent from marking interactions done for as long as a
// function says so: see Service.GuardMarkDone. Its methods may be called from
// any goroutine.
type MarkDoneGuard struct {
	s   *Service
	sub *Subscription
	f   func(ctx context.Context, i Interaction) (warning string, block bool)

	mu       sync.Mutex
	session  context.Context          // ends with the guard, and when WWE may have restarted
	end      context.CancelCauseFunc  // of the session
	busy     map[string]chan struct{} // interactions that are being checked; closed after that
	blocked  map[string]string        // the warnings of blocks that WWE may hold, by interaction
	failures chan error               // has one writer at a time, so that it can make room
	over     bool                     // failures is closed
}

// GuardMarkDone calls f each time WWE announces that an interaction is about to
// be marked done, and has WWE do what f answers: if block is true, it blocks
// mark done with the warning, which WWE shows to the agent; if not, it takes
// back a block of an earlier attempt.
//
// WWE keeps a block, and may announce no further attempt meanwhile. So call
// MarkDoneGuard.Recheck whenever f may answer otherwise than before: when the
// agent has filled in the form. See the Example for all of it. Not every WWE
// lets user data change after a call has ended. If f looks at user data alone,
// such a call can never be closed.
//
// WWE waits for about a second, the timeout that it announces (option
// service-client-api.block-markdone-timeout). The context of f ends then, and
// when WWE restarts or falls silent, and with the guard. An answer after that
// does not count. f is called on a goroutine of its own, for several
// interactions at the same time, and for one interaction again only after it
// has answered or its context has ended.
//
// GuardMarkDone returns once WWE has granted the subscription to TopicMarkDone.
// It guards until Close, the end of ctx, the end of the Service, or until WWE
// takes the subscription away.
func (s *Service) GuardMarkDone(ctx context.Context, f func(ctx context.Context, i Interaction) (warning string, block bool)) (*MarkDoneGuard, error) {
	sub, err := s.Subscribe(ctx, TopicMarkDone)
	if err != nil {
		return nil, err
	}
	g := &MarkDoneGuard{s: s, sub: sub, f: f, busy: map[string]chan struct{}{}, failures: make(chan error, 16)}
	g.begin()
	go g.run(ctx)
	return g, nil
}

// Errors gives an error for each attempt at which mark done was not blocked
// although f might have wanted it: ErrTooLate if f did not answer in time, the
// value with which f panicked, WWE's refusal or its silence. It also gives an
// error when announcements may have been missed, which includes an event of an
// unknown type, and WWE's reason if it has taken the subscription away. The
// channel is closed at the end of the guard. If nobody reads it, the oldest
// errors are dropped.
func (g *MarkDoneGuard) Errors() <-chan error { return g.failures }

// Close ends the guard and takes back its blocks, as nobody else would. It waits
// neither for WWE nor for f, and may be called from anywhere, any number of
// times; it returns nil.
func (g *MarkDoneGuard) Close() error {
	_ = g.sub.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.end(&callError{guardMarkDone, ErrClosed})
	for _, id := range slices.Sorted(maps.Keys(g.blocked)) {
		g.s.start(context.Background(), unblockRequest, []argument{argInteractionID(id)})
	}
	clear(g.blocked)
	return nil
}

// Recheck reads the interaction from WWE and calls f with it. If f does not
// block, Recheck takes the block back, also one that this guard knows nothing
// of, as after a reload of the page. If f still blocks, the block stays; should
// the warning have changed, WWE gets the new one.
//
// It returns nil once WWE has done so. It returns ErrNotFound if WWE holds no
// such interaction, ErrClosed after the end of the guard, the value with which f
// panicked, ErrTimeout if f does not answer before the deadline of ctx (without
// one: WithTimeout), and otherwise what InteractionNamespace.GetByInteractionID,
// UnblockMarkDone and BlockMarkDone return.
func (g *MarkDoneGuard) Recheck(ctx context.Context, interactionID string) error {
	g.mu.Lock()
	session := g.session
	g.mu.Unlock()
	if _, has := ctx.Deadline(); !has {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, g.s.timeout)
		defer cancel()
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(session, func() { cancel(context.Cause(session)) })()
	leave, err := g.enter(ctx, session, interactionID)
	if err != nil {
		return err
	}
	defer leave()
	i, err := g.s.Interaction.GetByInteractionID(ctx, interactionID)
	if err != nil {
		return err
	}
	return g.check(ctx, session, i, true)
}

// run guards until the events end.
func (g *MarkDoneGuard) run(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { _ = g.Close() })()
	var attempts sync.WaitGroup
	for event := range g.sub.Events() {
		switch e := event.(type) {
		case MarkDoneEvent:
			// No other type is documented, so one that is missing or cannot be read is this one.
			if e.Type != "" && !strings.EqualFold(string(e.Type), string(EventMarkDoneApply)) {
				g.fail(&callError{guardMarkDone, errMissed})
				continue
			}
			session := g.session
			attempts.Go(func() { g.attempt(session, e) })
		case Overflow:
			g.fail(&callError{guardMarkDone, errMissed})
			if e.Dropped == 0 {
				g.end(&callError{guardMarkDone, errReused})
				g.begin()
			}
		case UnknownEvent:
			g.fail(&callError{guardMarkDone, errMissed})
		}
	}
	_ = g.Close()
	attempts.Wait()
	if err := g.sub.Err(); !errors.Is(err, ErrClosed) {
		g.fail(err)
	}
	g.mu.Lock()
	g.over = true
	close(g.failures)
	g.mu.Unlock()
}

const (
	guardMarkDone  = "GuardMarkDone"
	unblockRequest = "interaction.unblockMarkdone"
)

// begin begins a session: what the guard knows of interactions by their ids does
// not hold in the next.
func (g *MarkDoneGuard) begin() {
	session, end := context.WithCancelCause(context.Background())
	g.mu.Lock()
	g.session, g.end, g.blocked = session, end, map[string]string{}
	g.mu.Unlock()
}

// attempt is what becomes of an agent's attempt to mark done.
func (g *MarkDoneGuard) attempt(session context.Context, e MarkDoneEvent) {
	timeout := e.Timeout
	if timeout == 0 {
		timeout = usualMarkDoneTimeout
	}
	ctx, cancel := context.WithTimeoutCause(session, timeout, ErrTooLate)
	defer cancel()
	leave, err := g.enter(ctx, session, e.Interaction.InteractionID)
	if err == nil {
		err = g.check(ctx, session, e.Interaction, false)
		leave()
	}
	if err != nil && session.Err() == nil {
		g.fail(err)
	}
}

// enter waits until nobody else checks the interaction: WWE must end up with
// what f has answered last. With an error there is nothing to leave.
func (g *MarkDoneGuard) enter(ctx, session context.Context, id string) (leave func(), err error) {
	for {
		g.mu.Lock()
		busy := g.busy[id]
		if busy == nil {
			mine := make(chan struct{})
			g.busy[id] = mine
			g.mu.Unlock()
			return func() {
				g.mu.Lock()
				delete(g.busy, id)
				g.mu.Unlock()
				close(mine)
			}, nil
		}
		g.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, unanswered(ctx, session, id)
		}
	}
}

// check asks f and has WWE do what it says.
func (g *MarkDoneGuard) check(ctx, session context.Context, i Interaction, recheck bool) error {
	id := strings.Clone(i.InteractionID) // which would keep all of WWE's answer in memory
	warning, block, err := g.ask(ctx, session, i)
	if err != nil {
		return err
	}
	g.mu.Lock()
	held, isHeld := g.blocked[id]
	var blocking <-chan Result[JSON]
	switch {
	case session.Err() != nil:
		err = context.Cause(session)
	case block && (!recheck || isHeld && held != warning):
		g.blocked[id] = warning
		blocking = g.s.start(ctx, blockRequest, []argument{argInteractionID(id), text("warningMessage", warning)}) // before Close takes it back
	}
	g.mu.Unlock()
	switch {
	case err != nil:
		return err
	case blocking != nil:
		return (<-blocking).Err
	case block || !recheck && !isHeld:
		return nil
	case !recheck:
		ctx = session // WWE need not have done it in the time to block
	}
	err = g.s.Interaction.UnblockMarkDone(ctx, id)
	if err == nil {
		g.mu.Lock()
		delete(g.blocked, id)
		g.mu.Unlock()
	}
	return err
}

// ask calls f, and waits for its answer until ctx ends.
func (g *MarkDoneGuard) ask(ctx, session context.Context, i Interaction) (warning string, block bool, err error) {
	type answer struct {
		warning string
		block   bool
		err     error
	}
	answers := make(chan answer) // only if ask still waits
	go func() {
		var a answer
		defer func() {
			if value := recover(); value != nil {
				a.err = &callError{guardMarkDone, newPanicError(i.InteractionID, value)}
			}
			select {
			case answers <- a:
			case <-ctx.Done():
				if a.err != nil {
					g.fail(a.err)
				}
			}
		}()
		a.warning, a.block = g.f(ctx, i)
	}()
	select {
	case a := <-answers:
		if ctx.Err() == nil {
			return a.warning, a.block, a.err
		}
		if a.err != nil {
			g.fail(a.err)
		}
	case <-ctx.Done():
	}
	return "", false, unanswered(ctx, session, i.InteractionID)
}

// fail reports an error, unless the guard has ended.
func (g *MarkDoneGuard) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.over {
		select {
		case g.failures <- err:
			return
		default:
		}
		select {
		case <-g.failures: // the oldest makes room
		default:
		}
	}
}

// unanswered is the error where ctx ended before f had answered.
func unanswered(ctx, session context.Context, id string) error {
	switch {
	case session.Err() != nil:
		return context.Cause(session)
	case ctx.Err() == context.DeadlineExceeded:
		return &callError{guardMarkDone, unansweredError{id, context.Cause(ctx)}}
	}
	return context.Cause(ctx)
}

// unansweredError says that f had not answered about an interaction at the
// deadline.
type unansweredError struct {
	id    string
	cause error // of the context
}

func (e unansweredError) Error() string {
	return "interaction " + e.id + ": no answer from the guard: " + e.cause.Error()
}
func (e unansweredError) Unwrap() []error {
	return []error{ErrTimeout, context.DeadlineExceeded, e.cause}
}
func (e unansweredError) Category() Category { return CategoryAuthor }

// panicError is what f panicked with. It has the value's text from then, as
// the value may change.
type panicError struct {
	text  string
	cause error // the value, if it is an error
}

func newPanicError(id string, value any) *panicError {
	cause, _ := value.(error)
	return &panicError{"interaction " + id + ": the guard panicked, and nothing was blocked or unblocked: " + textOf(value), cause}
}

func (e *panicError) Error() string      { return e.text }
func (e *panicError) Unwrap() error      { return e.cause }
func (e *panicError) Category() Category { return CategoryAuthor }

// textOf is a panic's value as text.
func textOf(value any) (text string) {
	defer func() {
		if recover() != nil { // Error of a js.Error that is not one of JavaScript's Errors
			text = "a value without a text"
		}
	}()
	switch v := value.(type) {
	case error:
		return v.Error()
	case interface{ String() string }:
		return v.String()
	case string:
		return v
	}
	b, err := jsontext.AppendAny(nil, value)
	if err != nil {
		return "a value without a text"
	}
	return string(b)
}

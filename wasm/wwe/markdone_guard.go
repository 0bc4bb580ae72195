package wwe

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// usualMarkDoneTimeout applies if WWE announces no timeout. WWE has been seen
// to announce this one.
const usualMarkDoneTimeout = time.Second

// MarkDoneGuard prevents the agent from marking interactions done while a
// function objects: see Service.GuardMarkDone. Its methods may be called from
// any goroutine.
type MarkDoneGuard struct {
	s   *Service
	ctx context.Context // of GuardMarkDone
	sub *Subscription
	f   func(ctx context.Context, i Interaction) (warning string, block bool)

	close func() // called by Close of the Service

	mu       sync.Mutex
	session  context.Context         // ends with the guard, and when WWE may have restarted
	end      context.CancelCauseFunc // of the session
	busy     map[string]*checking    // running checks, by interaction
	blocked  map[string]string       // warnings of the blocks that WWE may hold, by interaction
	failures chan error              // written to under mu, so that fail can drop the oldest error
	over     bool                    // failures is closed
}

// checking is one check of an interaction.
type checking struct {
	over   chan struct{}           // closed at its end
	giveUp context.CancelCauseFunc // cancels a Recheck, or the unblock of an attempt
}

// GuardMarkDone calls f whenever WWE announces an attempt to mark an
// interaction done. If f returns block, the guard blocks mark done, and WWE
// shows the warning to the agent. Otherwise, the guard removes its own block,
// if an earlier attempt left one.
//
// WWE keeps a block, and may not announce further attempts while it does. So
// call MarkDoneGuard.Recheck whenever the answer of f may have changed, for
// example after the agent has filled in a form. Not every WWE accepts user data
// after the end of a call. There, the agent could never close a call if f
// depended on user data alone. The Example works with every WWE.
//
// WWE waits about a second, the timeout that it announces (its option
// service-client-api.block-markdone-timeout). The context of f ends then, and a
// later answer is ignored. The context also ends with the guard, and when WWE
// restarts or falls silent. Each call of f has its own goroutine. Calls for
// different interactions run at the same time. Calls for one interaction do not
// overlap, unless f outlasts its context.
//
// GuardMarkDone returns once WWE has granted the subscription to TopicMarkDone.
// The guard is active until its Close, the end of ctx, the end of the Service,
// or until WWE ends the subscription.
func (s *Service) GuardMarkDone(ctx context.Context, f func(ctx context.Context, i Interaction) (warning string, block bool)) (*MarkDoneGuard, error) {
	if f == nil {
		return nil, &ArgumentError{guardMarkDone, "f", "is nil"}
	}
	sub, err := s.Subscribe(ctx, TopicMarkDone)
	if err != nil {
		return nil, err
	}
	g := &MarkDoneGuard{s: s, ctx: ctx, sub: sub, f: f, busy: map[string]*checking{}, failures: make(chan error, 16)}
	g.begin()
	g.close = func() { _ = g.Close() }
	s.mu.Lock()
	s.guards = append(s.guards, &g.close)
	s.mu.Unlock()
	go g.run()
	return g, nil
}

// Errors returns a channel of the errors that occur outside of Recheck:
//   - If f fails to answer an attempt: ErrTooLate at WWE's deadline, or an
//     error that reports its panic or runtime.Goexit.
//   - If WWE refuses a block: the refusal. If WWE does not answer it: an error
//     that matches ErrTooLate and ErrTimeout.
//   - If WWE refuses an unblock or does not answer it: that error, unless
//     another attempt interrupted the unblock.
//   - After an event of an unknown type or a gap in the events: an error,
//     because announcements may have been missed.
//   - If WWE ends the subscription: its reason, as the last error.
//
// The end of the guard closes the channel. If nobody reads it, the oldest
// errors are dropped.
func (g *MarkDoneGuard) Errors() <-chan error { return g.failures }

// Close ends the guard and removes its blocks, which nobody else would do. The
// end of the guard's context and Close of the Service do the same. Close waits
// neither for WWE nor for f. It may be called from anywhere, any number of
// times, and returns nil.
//
// Blocks from before WWE restarted or fell silent stay, because their ids may
// belong to other interactions now. To remove them, call Recheck for those
// interactions before Close.
//
// The guard is not notified if others unblock an interaction, or if a blocked
// interaction ends. Close unblocks these too, or the interaction that has the
// id by then.
func (g *MarkDoneGuard) Close() error {
	_ = g.sub.Close()
	g.s.mu.Lock()
	g.s.guards = slices.DeleteFunc(g.s.guards, func(close *func()) bool { return close == &g.close })
	g.s.mu.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.end(&callError{guardMarkDone, ErrClosed})
	for id := range g.blocked { // in any order
		g.s.farewell(unblockRequest, argInteractionID(id))
	}
	clear(g.blocked)
	return nil
}

// Recheck reads the interaction from WWE and calls f with it. If f does not
// return block, Recheck unblocks mark done in WWE, even if the block is not the
// guard's: for example, if this page set it before a reload. If f still returns
// block, the block stays, and WWE receives the warning if it has changed.
//
// Recheck never blocks an interaction that the guard has not already blocked.
// But if somebody else has unblocked the interaction meanwhile, a changed
// warning blocks it again.
//
// Recheck returns:
//   - ErrNotFound if WWE has no such interaction.
//   - ErrClosed after the end of the guard.
//   - An error with the panic value if f panics, or one that reports
//     runtime.Goexit.
//   - A *TimeoutError if f does not return before the deadline, or if another
//     check of the interaction is still running then. Its Request is
//     "GuardMarkDone" and its Sent is false. The deadline is that of ctx, or
//     that of WithTimeout if ctx has none.
//   - The errors of InteractionNamespace.GetByInteractionID, UnblockMarkDone
//     and BlockMarkDone.
func (g *MarkDoneGuard) Recheck(ctx context.Context, interactionID string) error {
	began := time.Now()
	if g.ctx.Err() != nil {
		_ = g.Close() // run may not have called it yet
	}
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
	for {
		err := g.recheck(ctx, session, began, interactionID)
		if err != (interrupted{}) {
			return err
		}
	}
}

func (g *MarkDoneGuard) recheck(ctx, session context.Context, began time.Time, id string) error {
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	leave, err := g.enter(ctx, session, began, id, giveUp, true)
	if err != nil {
		return err
	}
	defer leave()
	i, err := g.s.Interaction.GetByInteractionID(ctx, id)
	if err == nil {
		err = g.check(ctx, ctx, session, began, i, true)
	}
	if cause := context.Cause(ctx); err != nil && cause == (interrupted{}) {
		return cause
	}
	return err
}

// run handles the events until they end.
func (g *MarkDoneGuard) run() {
	defer context.AfterFunc(g.ctx, func() { _ = g.Close() })()
	var attempts sync.WaitGroup
	for event := range g.sub.Events() {
		switch e := event.(type) {
		case MarkDoneEvent:
			// No other type is documented. A type that is missing or cannot be
			// read counts as this one.
			if e.Type != "" && !strings.EqualFold(string(e.Type), string(EventTypeMarkDoneApply)) {
				g.fail(missed())
				continue
			}
			session := g.session
			attempts.Go(func() { g.attempt(session, e) })
		case Overflow:
			g.fail(missed())
			if e.Dropped == 0 {
				g.end(reused())
				g.begin()
			}
		case UnknownEvent:
			g.fail(missed())
		}
	}
	_ = g.Close()
	attempts.Wait()
	if err := g.sub.Err(); err != nil && !errors.Is(err, ErrClosed) {
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

// begin starts a session. Ids from the previous one may now belong to other
// interactions.
func (g *MarkDoneGuard) begin() {
	session, end := context.WithCancelCause(context.Background())
	g.mu.Lock()
	g.session, g.end, g.blocked = session, end, map[string]string{}
	g.mu.Unlock()
}

// attempt handles an announced attempt to mark done.
func (g *MarkDoneGuard) attempt(session context.Context, e MarkDoneEvent) {
	timeout := e.Timeout
	if timeout == 0 {
		timeout = usualMarkDoneTimeout
	}
	began := time.Now()
	ctx, cancel := context.WithTimeoutCause(session, timeout, ErrTooLate)
	defer cancel()
	// WWE's timeout for blocking does not apply to unblocking.
	unblocking, giveUp := context.WithCancelCause(session)
	defer giveUp(nil)
	leave, err := g.enter(ctx, session, began, e.Interaction.InteractionID, giveUp, false)
	if err == nil {
		err = g.check(ctx, unblocking, session, began, e.Interaction, false)
		leave()
	}
	if err != nil && err != (interrupted{}) && session.Err() == nil {
		g.fail(err)
	}
}

// enter waits until no other check of the interaction runs, so that f's last
// answer is the one that reaches WWE last. An attempt, for which WWE waits,
// interrupts a Recheck and the unblock of an earlier attempt. If enter returns
// an error, leave is nil.
func (g *MarkDoneGuard) enter(ctx, session context.Context, began time.Time, id string, giveUp context.CancelCauseFunc, recheck bool) (leave func(), err error) {
	mine := &checking{make(chan struct{}), giveUp}
	leave = func() {
		g.mu.Lock()
		if g.busy[id] == mine {
			delete(g.busy, id)
		}
		g.mu.Unlock()
		close(mine.over)
	}
	for {
		if session.Err() != nil {
			return nil, context.Cause(session)
		}
		g.mu.Lock()
		busy := g.busy[id]
		interrupts := busy != nil && !recheck
		if busy == nil || interrupts {
			g.busy[id] = mine
		}
		g.mu.Unlock()
		if busy == nil {
			return leave, nil
		}
		if interrupts {
			busy.giveUp(interrupted{})
		}
		select {
		case <-busy.over:
			if interrupts {
				return leave, nil
			}
		case <-ctx.Done():
			if interrupts {
				leave()
			}
			return nil, unanswered(ctx, session, began, id, "another check of it is not over")
		}
	}
}

// check calls f and blocks or unblocks accordingly. ctx limits f and a block;
// unblocking limits an unblock.
func (g *MarkDoneGuard) check(ctx, unblocking, session context.Context, began time.Time, i Interaction, recheck bool) error {
	id := strings.Clone(i.InteractionID) // the original id would keep all of WWE's answer in memory
	warning, block, err := g.ask(ctx, session, began, i)
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
		// Sent while g.mu is held, so that an unblock by Close follows it.
		g.blocked[id] = warning
		blocking = g.s.start(ctx, blockRequest, []argument{argInteractionID(id), text("warningMessage", warning)})
	}
	g.mu.Unlock()
	switch {
	case err != nil:
		return err
	case blocking != nil:
		if err = (<-blocking).Err; !notTaken(err) {
			return err
		}
	case block || !recheck && !isHeld:
		return nil
	default:
		if err = g.s.Interaction.UnblockMarkDone(unblocking, id); err != nil {
			return err
		}
		isHeld = false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case session.Err() != nil: // the id may be another interaction's now
	case isHeld:
		g.blocked[id] = held
	default:
		delete(g.blocked, id)
	}
	return err
}

// ask calls f and waits for its answer until ctx ends.
func (g *MarkDoneGuard) ask(ctx, session context.Context, began time.Time, i Interaction) (warning string, block bool, err error) {
	type answer struct {
		warning string
		block   bool
		err     error
	}
	answers := make(chan answer) // unbuffered: received only if ask still waits
	go func() {
		var a answer
		returned := false
		defer func() {
			if value := recover(); !returned {
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
		returned = true
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
	return "", false, unanswered(ctx, session, began, i.InteractionID, "no answer from the guard")
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
		case <-g.failures: // drop the oldest error
		default:
		}
	}
}

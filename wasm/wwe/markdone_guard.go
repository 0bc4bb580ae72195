package wwe

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// usualMarkDoneTimeout is the timeout that WWE was seen to announce. It counts
// where WWE announces none.
const usualMarkDoneTimeout = time.Second

// MarkDoneGuard keeps the agent from marking interactions done while a function
// objects: see Service.GuardMarkDone. Its methods may be called from any
// goroutine.
type MarkDoneGuard struct {
	s   *Service
	ctx context.Context // of GuardMarkDone
	sub *Subscription
	f   func(ctx context.Context, i Interaction) (warning string, block bool)

	close func() // for the Service

	mu       sync.Mutex
	session  context.Context         // ends with the guard, and when WWE may have restarted
	end      context.CancelCauseFunc // of the session
	busy     map[string]*checking    // interactions that are being checked
	blocked  map[string]string       // the warnings of blocks that WWE may hold, by interaction
	failures chan error              // has one writer at a time, so that it can make room
	over     bool                    // failures is closed
}

// checking is one check of an interaction.
type checking struct {
	over   chan struct{}           // closed at its end
	giveUp context.CancelCauseFunc // ends a Recheck, or the unblock of an attempt
}

// GuardMarkDone calls f at each attempt to mark an interaction done that WWE
// announces. If f returns block, the guard blocks mark done, and WWE shows the
// warning to the agent. If not, the guard takes back its block of an earlier
// attempt.
//
// WWE keeps a block, and may not announce another attempt meanwhile. So call
// MarkDoneGuard.Recheck whenever the answer of f may have changed, such as after
// the agent has filled in a form. Not every WWE lets user data change after the
// end of a call: if f depends on user data alone, such a call can never be
// closed. The Example shows a way that works with both.
//
// WWE waits for about a second, the timeout that it announces (option
// service-client-api.block-markdone-timeout). The context of f ends then. It
// also ends with the guard, and when WWE restarts or falls silent. A later
// answer does not count. Each call of f has a goroutine of its own, and calls
// for several interactions run at the same time. Calls for one interaction do
// not, unless f outlasts its context.
//
// GuardMarkDone returns once WWE has granted the subscription to TopicMarkDone.
// It guards until Close, the end of ctx, the end of the Service, or until WWE
// takes the subscription away.
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

// Errors returns the channel of everything that went wrong outside of Recheck.
// Each attempt at which f failed to answer gives an error: ErrTooLate at WWE's
// deadline, the value of its panic, or that it ended by runtime.Goexit. So does
// each block that WWE refused or did not answer (ErrTooLate and ErrTimeout), and
// each such unblock, unless another attempt came meanwhile. An event of an unknown
// type, or a gap in the events, gives an error because announcements may have been
// missed. If WWE takes the subscription away, its reason comes last. The end of
// the guard closes the channel. If nobody reads it, the oldest errors are dropped.
func (g *MarkDoneGuard) Errors() <-chan error { return g.failures }

// Close ends the guard and takes back its blocks, as nobody else would. So do
// the end of the guard's context and Close of the Service. Blocks from before
// WWE restarted or fell silent stay, as their ids may be other interactions' now:
// Recheck those interactions before. Close waits neither for WWE nor for f. It may
// be called from anywhere, any number of times; it returns nil.
//
// The guard does not hear if others unblock an interaction, or if a blocked one
// ends. At its end it unblocks these too, or the interaction that has the id now.
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
// return block, Recheck unblocks mark done in WWE, even if the block came from
// elsewhere: from this page before a reload, for example. If f still returns
// block, the block stays, and WWE gets the warning if that has changed. Recheck
// blocks no interaction that the guard has not blocked before. But a changed
// warning blocks again if somebody else has unblocked the interaction meanwhile.
//
// Recheck returns ErrNotFound if WWE holds no such interaction, ErrClosed after
// the end of the guard, and an error if f panics, with the value, or ends by
// runtime.Goexit. If f does not answer before the deadline, or another check of
// the interaction is not over then, it returns a *TimeoutError, for a request
// "GuardMarkDone" that was not sent; the deadline is that of ctx or, without one,
// of WithTimeout. Other errors are those of
// InteractionNamespace.GetByInteractionID, UnblockMarkDone and BlockMarkDone.
func (g *MarkDoneGuard) Recheck(ctx context.Context, interactionID string) error {
	began := time.Now()
	if g.ctx.Err() != nil {
		_ = g.Close() // run may not have done so yet
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

// run guards until the events end.
func (g *MarkDoneGuard) run() {
	defer context.AfterFunc(g.ctx, func() { _ = g.Close() })()
	var attempts sync.WaitGroup
	for event := range g.sub.Events() {
		switch e := event.(type) {
		case MarkDoneEvent:
			// No other type is documented, so one that is missing or cannot be read is this one.
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

// begin begins a session. The ids of the last one may be other interactions' now.
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
	unblocking, giveUp := context.WithCancelCause(session) // WWE need not have unblocked in the time to block
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

// enter waits until nobody else checks the interaction, so that the last answer of
// f is the one that counts in WWE. An attempt, which WWE waits for, interrupts a
// Recheck and the unblock of an earlier attempt. After an error there is nothing
// to leave.
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

// check asks f, and blocks or, before the end of unblocking, unblocks as it answers.
func (g *MarkDoneGuard) check(ctx, unblocking, session context.Context, began time.Time, i Interaction, recheck bool) error {
	id := strings.Clone(i.InteractionID) // which would keep all of WWE's answer in memory
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
		g.blocked[id] = warning
		blocking = g.s.start(ctx, blockRequest, []argument{argInteractionID(id), text("warningMessage", warning)}) // before Close takes it back
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
	case session.Err() != nil: // it may be another interaction's id now
	case isHeld:
		g.blocked[id] = held
	default:
		delete(g.blocked, id)
	}
	return err
}

// ask calls f, and waits for its answer until ctx ends.
func (g *MarkDoneGuard) ask(ctx, session context.Context, began time.Time, i Interaction) (warning string, block bool, err error) {
	type answer struct {
		warning string
		block   bool
		err     error
	}
	answers := make(chan answer) // only if ask still waits
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
		case <-g.failures: // the oldest makes room
		default:
		}
	}
}

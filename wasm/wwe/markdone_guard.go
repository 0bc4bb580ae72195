package wwe

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/category"
)

// ErrTooLate: the guard of GuardMarkDone wanted to block, but the time that WWE
// waits was over, and the interaction may have been marked done.
var ErrTooLate = category.Error(CategoryAuthor, "too late to block mark done")

var (
	errMissed   = category.Error(CategoryConnection, "an announcement of mark done may have been missed")
	errPanicked = category.Error(CategoryAuthor, "the guard panicked, and mark done was not blocked")
)

// usualMarkDoneTimeout counts where WWE does not say how long it waits: what
// WWE was seen to announce.
const usualMarkDoneTimeout = time.Second

// GuardMarkDone asks guard each time an interaction is about to be marked
// done, and blocks that by BlockMarkDone with the guard's warning if it says
// block. A block stays until UnblockMarkDone.
//
// WWE waits for about a second, the timeout that it announces (option
// service-client-api.block-markdone-timeout); the context that guard gets ends
// then, and if WWE restarts or falls silent: nothing is blocked then. Guards run
// at the same time for several interactions, and each on a goroutine of its own.
//
// It returns once WWE has granted the subscription to TopicMarkDone, and
// guards until ctx ends, the Service is closed, or WWE takes the subscription
// away. The channel then is closed. Before that it gives an error for each
// block that did not come about: ErrTooLate, WWE's refusal or its silence; for
// a guard that panicked, which blocks nothing; when announcements may have been
// missed, which includes an event of another type; and for the end, if it was
// WWE's. Who does not read it misses the oldest errors and nothing else.
func (s *Service) GuardMarkDone(ctx context.Context, guard func(ctx context.Context, i Interaction) (warning string, block bool)) (<-chan error, error) {
	sub, err := s.Subscribe(ctx, TopicMarkDone)
	if err != nil {
		return nil, err
	}
	g := &markDoneGuard{s: s, guard: guard, failures: make(chan error, 16)}
	go func() {
		stop := context.AfterFunc(ctx, func() { _ = sub.Close() })
		defer stop()
		var running sync.WaitGroup
		for g.session(ctx, sub.Events(), &running) {
		}
		if err := sub.Err(); !errors.Is(err, ErrClosed) {
			g.fail(err)
		}
		close(g.failures)
	}()
	return g.failures, nil
}

type markDoneGuard struct {
	s     *Service
	guard func(ctx context.Context, i Interaction) (warning string, block bool)

	mu       sync.Mutex // failures has one writer at a time, so that it can make room
	failures chan error
}

// session guards until events end, and all guards with it, or until WWE may have
// restarted, which is when it reports true: the ids of guards that are still
// running may be other interactions' then.
func (g *markDoneGuard) session(ctx context.Context, events <-chan Event, running *sync.WaitGroup) bool {
	ctx, end := context.WithCancel(ctx)
	defer end()
	for event := range events {
		switch e := event.(type) {
		case MarkDoneEvent:
			// No other type is documented, so one that is missing or cannot be read is this one.
			if e.Type == "" || strings.EqualFold(string(e.Type), string(EventMarkDoneApply)) {
				running.Go(func() { g.answer(ctx, e) })
			} else {
				g.fail(&callError{"GuardMarkDone", errMissed})
			}
		case Overflow:
			g.fail(&callError{"GuardMarkDone", errMissed})
			if e.Dropped == 0 {
				return true
			}
		case UnknownEvent:
			g.fail(&callError{"GuardMarkDone", errMissed})
		}
	}
	running.Wait()
	return false
}

func (g *markDoneGuard) answer(ctx context.Context, e MarkDoneEvent) {
	const request = blockRequest
	defer func() {
		if reason := recover(); reason != nil {
			g.fail(&callError{"GuardMarkDone", errPanicked})
		}
	}()
	timeout := e.Timeout
	if timeout == 0 {
		timeout = usualMarkDoneTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	id := e.Interaction.InteractionID
	warning, block := g.guard(limited, e.Interaction)
	if !block || ctx.Err() != nil {
		return
	}
	if limited.Err() != nil {
		g.fail(&callError{request, ErrTooLate})
		return
	}
	err := g.s.Interaction.BlockMarkDone(limited, id, warning)
	if errors.Is(err, ErrTimeout) {
		err = lateError{err}
	}
	if err != nil && ctx.Err() == nil {
		g.fail(err)
	}
}

// lateError is a block's time-out. Unlike those of errors.Join its text is one line.
type lateError struct{ err error }

func (e lateError) Error() string   { return e.err.Error() + "; " + ErrTooLate.Error() }
func (e lateError) Unwrap() []error { return []error{e.err, ErrTooLate} }

func (g *markDoneGuard) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for {
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

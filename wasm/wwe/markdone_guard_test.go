//go:build !js

package wwe_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// form is a widget that guards mark done: the agent has to fill in two fields.
type form struct {
	t     *testing.T
	host  *wwetest.Host
	svc   *wwe.Service
	guard *wwe.MarkDoneGuard
	call  string // IDLE

	asked   atomic.Int32
	missing atomic.Value              // the warning; "" lets it pass
	think   func(ctx context.Context) // before an answer, if not nil
}

func guarding(t *testing.T, f func(t *testing.T, w *form)) {
	synctest.Test(t, func(t *testing.T) {
		w := &form{t: t, host: wwetest.NewHost()}
		w.svc = memory().connect(t, w.host)
		w.call = w.idle()
		w.missing.Store("Choose a disposition")
		w.guard = w.newGuard(t.Context())
		f(t, w)
	})
}

func (w *form) newGuard(ctx context.Context) *wwe.MarkDoneGuard {
	guard, err := w.svc.GuardMarkDone(ctx, func(ctx context.Context, _ wwe.Interaction) (string, bool) {
		w.asked.Add(1)
		warning := w.missing.Load().(string)
		if w.think != nil {
			w.think(ctx)
		}
		return warning, warning != ""
	})
	require.NoError(w.t, err)
	return guard
}

// hang has the guard not answer before the end of the test, or before it is let go.
func (w *form) hang() (letGo func()) {
	ctx, letGo := context.WithCancel(context.Background())
	w.t.Cleanup(letGo)
	w.think = func(context.Context) { <-ctx.Done() }
	return letGo
}

func (w *form) idle() string {
	id := w.host.Ring(wwetest.Call{ANI: "1"})
	require.NoError(w.t, w.host.Answer(id))
	require.NoError(w.t, w.host.HangUp(id))
	return id
}

// sent counts the requests of this name.
func (w *form) sent(request string) (count int) {
	for _, r := range w.host.Requests() {
		if r.Name == request {
			count++
		}
	}
	return count
}

// press is the agent's press on Done.
func (w *form) press() <-chan error {
	pressed := make(chan error, 1)
	go func() { pressed <- w.host.MarkDone(w.call) }()
	synctest.Wait()
	return pressed
}

// recheck begins a Recheck.
func (w *form) recheck() <-chan error {
	rechecked := make(chan error, 1)
	go func() { rechecked <- w.guard.Recheck(w.t.Context(), w.call) }()
	synctest.Wait()
	return rechecked
}

// announce is another attempt, of a WWE that announces those that are blocked too.
func (w *form) announce() {
	w.host.Emit(wwe.TopicMarkDone, wwe.JSON(`{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":{"interactionId":"`+w.call+`"}}`))
	synctest.Wait()
}

func TestRecheckTakesTheBlockBackOnceNothingIsMissing(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
		assert.Equal(t, 1, w.sent("interaction.blockMarkdone"), "the block is still there")
		assert.Zero(t, w.sent("interaction.unblockMarkdone"))

		w.missing.Store("Write a comment")
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		require.EqualError(t, w.host.MarkDone(w.call), "Write a comment", "what is missing now")

		w.missing.Store("")
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		require.NoError(t, w.host.MarkDone(w.call))
		assert.Empty(t, w.guard.Errors())
	})
}

func TestRecheckBlocksNothingThatNobodyTriedToMarkDone(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		assert.Zero(t, w.sent("interaction.blockMarkdone"))
	})
}

func TestRecheckTakesBackABlockFromBeforeAReloadOfThePage(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		require.NoError(t, w.svc.Interaction.BlockMarkDone(t.Context(), w.call, "Choose a disposition"))
		w.missing.Store("")
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		require.NoError(t, w.host.MarkDone(w.call))
	})
}

func TestAGuardNeedsAFunction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		svc, err := wwetest.NewHost().Connect()
		require.NoError(t, err)
		defer svc.Close()
		_, err = svc.GuardMarkDone(t.Context(), nil)
		assert.EqualError(t, err, "wwe: GuardMarkDone: f: is nil")
	})
}

func TestTheGuardIsAskedAgainAtEachAttempt(t *testing.T) {
	t.Run("after a block that lapsed", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.host.Configure(func(c *wwetest.Config) { c.BlocksLapse = true })
			for attempt := range 3 {
				require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
				assert.EqualValues(t, attempt+1, w.asked.Load())
				time.Sleep(time.Minute)
			}
			w.missing.Store("")
			require.NoError(t, w.host.MarkDone(w.call))
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("and a block ends that WWE still holds", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.announce()
			w.announce()
			assert.Equal(t, 2, w.sent("interaction.blockMarkdone"))
			w.missing.Store("")
			w.announce()
			w.announce()
			assert.EqualValues(t, 4, w.asked.Load())
			assert.Equal(t, 1, w.sent("interaction.unblockMarkdone"), "once is enough")
			require.NoError(t, w.host.MarkDone(w.call))
		})
	})
}

// Else the block of the older answer could follow, and nobody would take it back.
func TestWhatTheAgentChoosesDuringAnAttemptCounts(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		w.think = func(context.Context) { time.Sleep(time.Second / 2) }
		pressed := w.press()
		w.missing.Store("")
		w.think = nil
		require.NoError(t, w.guard.Recheck(t.Context(), w.call))
		require.NoError(t, <-pressed)
		assert.Equal(t, 1, w.sent("interaction.unblockMarkdone"))
	})
}

// The agent's press on Done does not wait for what the widget asks.
func TestAnAttemptGoesBeforeARecheck(t *testing.T) {
	t.Run("that WWE has yet to answer", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.host.Fault(wwetest.Fault{Request: "interaction.getByInteractionId", Kind: wwetest.FaultKindDelay, Delay: 3 * time.Second, Next: 1})
			rechecked := w.recheck()
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			require.NoError(t, <-rechecked)
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("whose function has yet to answer, and the Recheck asks it again", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			w.missing.Store("")
			w.hang()
			rechecked := w.recheck()
			w.missing.Store("Choose a disposition")
			w.think = nil
			w.announce()
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			require.NoError(t, <-rechecked)
			assert.EqualValues(t, 4, w.asked.Load())
			assert.Zero(t, w.sent("interaction.unblockMarkdone"), "the answer from before the attempt does not count")
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("that waits in its turn", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			letGo := w.hang()
			pressed := w.press()
			rechecked := w.recheck()
			letGo()
			require.NoError(t, <-rechecked)
			require.EqualError(t, <-pressed, "Choose a disposition")
		})
	})
}

// WWE does not wait for its own answer to an unblock.
func TestAnAttemptGoesBeforeAnUnblockOfTheLastOne(t *testing.T) {
	t.Run("that WWE does not answer", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.host.Configure(func(c *wwetest.Config) { c.BlocksLapse = true })
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			w.missing.Store("")
			w.host.Fault(wwetest.Fault{Request: "interaction.unblockMarkdone"})
			w.announce()
			require.Equal(t, 1, w.sent("interaction.unblockMarkdone"))
			time.Sleep(2 * time.Second)
			w.missing.Store("Write a comment")
			require.EqualError(t, w.host.MarkDone(w.call), "Write a comment")
			assert.EqualValues(t, 3, w.asked.Load())
			time.Sleep(time.Minute)
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("that is yet to be sent", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.announce()
			w.missing.Store("")
			w.host.Fault(wwetest.Fault{Request: "interaction.unblockMarkdone"})
			w.think = func(context.Context) { time.Sleep(time.Second / 2) }
			w.announce()
			w.missing.Store("Write a comment")
			w.think = nil
			w.announce()
			time.Sleep(time.Second / 2)
			synctest.Wait()
			assert.Equal(t, 2, w.sent("interaction.blockMarkdone"))
			time.Sleep(time.Minute)
			assert.EqualValues(t, 3, w.asked.Load())
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("that the rate limit holds back, and that does not follow its block", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			require.NoError(t, w.guard.Close())
			const limit = 20 // of which two are for blocks alone
			w.svc = memory().connect(t, w.host, wwe.WithRateLimit(limit))
			w.guard = w.newGuard(t.Context())
			w.announce()
			for range limit - 2 {
				w.svc.Go(t.Context(), "agent.setState", "NotReady")
			}
			w.missing.Store("")
			w.announce()
			w.missing.Store("Write a comment")
			w.announce()
			assert.EqualValues(t, 3, w.asked.Load())
			time.Sleep(2 * time.Minute)
			assert.Zero(t, w.sent("interaction.unblockMarkdone"))
			require.EqualError(t, w.host.MarkDone(w.call), "Write a comment")
		})
	})
}

func TestRecheckSaysThatAnotherCheckIsNotOver(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		w.announce()
		w.missing.Store("")
		w.host.Fault(wwetest.Fault{Request: "interaction.unblockMarkdone"})
		w.announce()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := w.guard.Recheck(ctx, w.call)
		require.EqualError(t, err, "wwe: GuardMarkDone: not sent: interaction 1: another check of it is not over: context deadline exceeded")
	})
}

// Else a Recheck could block what is not blocked.
func TestABlockThatWWEHasNotTakenDoesNotCount(t *testing.T) {
	t.Run("where it refuses", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.host.Fault(wwetest.Fault{Request: "interaction.blockMarkdone", Refuse: "no", Next: 1})
			w.announce()
			require.ErrorContains(t, <-w.guard.Errors(), "blockMarkdone: WWE refused: no")
			w.missing.Store("Write a comment")
			require.NoError(t, w.guard.Recheck(t.Context(), w.call))
			assert.Equal(t, 1, w.sent("interaction.blockMarkdone"))
			require.NoError(t, w.guard.Close())
			synctest.Wait()
			assert.Zero(t, w.sent("interaction.unblockMarkdone"))
		})
	})
	t.Run("and the one before it does", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.announce()
			w.missing.Store("Write a comment")
			w.host.Fault(wwetest.Fault{Request: "interaction.blockMarkdone", Refuse: "no", Next: 1})
			require.ErrorContains(t, w.guard.Recheck(t.Context(), w.call), "blockMarkdone: WWE refused: no")
			require.NoError(t, w.guard.Recheck(t.Context(), w.call))
			require.EqualError(t, w.host.MarkDone(w.call), "Write a comment")
			require.NoError(t, w.guard.Close())
			require.NoError(t, w.host.MarkDone(w.call))
		})
	})
	t.Run("where the rate limit holds it back", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			require.NoError(t, w.guard.Close())
			const limit = 4
			w.svc = memory().connect(t, w.host, wwe.WithRateLimit(limit))
			w.guard = w.newGuard(t.Context())
			for range limit {
				w.svc.Go(t.Context(), "agent.setState", "NotReady")
			}
			w.announce()
			require.ErrorIs(t, <-w.guard.Errors(), wwe.ErrTooLate)
			time.Sleep(time.Minute)
			w.missing.Store("Write a comment")
			require.NoError(t, w.guard.Recheck(t.Context(), w.call))
			assert.Zero(t, w.sent("interaction.blockMarkdone"))
		})
	})
}

func TestRecheckAsksNobodyAfterTheEndOfTheGuard(t *testing.T) {
	for name, end := range map[string]func(w *form, cancel func()){
		"by Close":         func(w *form, _ func()) { assert.NoError(w.t, w.guard.Close()) },
		"by its context":   func(_ *form, cancel func()) { cancel() },
		"with the Service": func(w *form, _ func()) { assert.NoError(w.t, w.svc.Close()) },
		"as WWE refuses after a restart": func(w *form, _ func()) {
			w.host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "no"})
			w.host.Restart()
			for range w.guard.Errors() { // until its end
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			guarding(t, func(t *testing.T, w *form) {
				require.NoError(t, w.guard.Close())
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				w.guard = w.newGuard(ctx)
				end(w, cancel)
				before := w.sent("interaction.getByInteractionId")
				for range 20 {
					require.ErrorIs(t, w.guard.Recheck(t.Context(), w.call), wwe.ErrClosed)
				}
				assert.Zero(t, w.asked.Load())
				assert.Equal(t, before, w.sent("interaction.getByInteractionId"))
			})
		})
	}
}

func TestAGuardThatDoesNotAnswerInTimeIsReportedAtTheDeadline(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		letGo := w.hang()
		began := time.Now()
		require.NoError(t, <-w.press(), "WWE does not wait for ever")
		err := <-w.guard.Errors()
		assert.Equal(t, time.Second, time.Since(began))
		require.ErrorIs(t, err, wwe.ErrTooLate)
		require.EqualError(t, err, "wwe: GuardMarkDone: not sent: interaction 1: no answer from the guard: too late to block mark done")
		late := timedOut(t, err)
		assert.Equal(t, []any{"GuardMarkDone", time.Second, false}, []any{late.Request, late.Waited, late.Sent})
		assert.Equal(t, wwe.CategoryAuthor, category(t, err))

		w.think, w.call = nil, w.idle()
		require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition", "others are guarded meanwhile")
		letGo()
		synctest.Wait()
		assert.Equal(t, 1, w.sent("interaction.blockMarkdone"), "a late answer does not count")
		assert.Empty(t, w.guard.Errors())
	})
}

func TestAGuardThatHangsIsAskedAgain(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		w.hang()
		w.announce()
		time.Sleep(time.Second)
		require.ErrorIs(t, <-w.guard.Errors(), wwe.ErrTooLate)
		w.think = nil
		require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
	})
}

type celsius int

func (celsius) String() string { return "cold" }

type thrown struct{} // as a js.Error of what is not one of JavaScript's Errors

func (thrown) Error() string { panic("no error") }

func TestAGuardThatPanicsIsReportedWithTheValue(t *testing.T) {
	for _, c := range []struct {
		value any
		text  string
	}{
		{"a mistake", "a mistake"},
		{io.ErrUnexpectedEOF, "unexpected EOF"},
		{celsius(1), "cold"},
		{42, "42"},
		{true, "true"},
		{thrown{}, "a value without a text"},
		{struct{ n int }{1}, "a value without a text"},
	} {
		guarding(t, func(t *testing.T, w *form) {
			w.think = func(context.Context) { panic(c.value) }
			require.NoError(t, w.host.MarkDone(w.call), "nothing blocks it")
			want := "wwe: GuardMarkDone: interaction 1: the guard panicked, and nothing was blocked or unblocked: " + c.text
			err := <-w.guard.Errors()
			require.EqualError(t, err, want)
			assert.Equal(t, wwe.CategoryAuthor, category(t, err))
			if cause, ok := c.value.(error); ok {
				require.ErrorIs(t, err, cause)
			}
			require.EqualError(t, w.guard.Recheck(t.Context(), w.idle()), "wwe: GuardMarkDone: interaction 2"+want[len("wwe: GuardMarkDone: interaction 1"):])
			assert.Empty(t, w.guard.Errors(), "what Recheck returns is reported")
		})
	}
	t.Run("also after the deadline", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			w.think = func(ctx context.Context) { <-ctx.Done(); panic("a mistake") }
			require.NoError(t, w.host.MarkDone(w.call))
			err := errors.Join(<-w.guard.Errors(), <-w.guard.Errors())
			require.ErrorIs(t, err, wwe.ErrTooLate)
			require.ErrorContains(t, err, "a mistake")
		})
	})
	t.Run("and so is one that ends by Goexit, as t.FailNow does", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
			w.missing.Store("")
			w.think = func(context.Context) { runtime.Goexit() }
			w.announce()
			const want = "wwe: GuardMarkDone: interaction 1: the guard ended by runtime.Goexit, and nothing was blocked or unblocked"
			err := <-w.guard.Errors()
			require.EqualError(t, err, want)
			assert.Equal(t, wwe.CategoryAuthor, category(t, err))
			require.EqualError(t, w.guard.Recheck(t.Context(), w.call), want)
			assert.Zero(t, w.sent("interaction.unblockMarkdone"), "no answer is not an answer")
			assert.Empty(t, w.guard.Errors())
		})
	})
	t.Run("but not after the guard's end", func(t *testing.T) {
		guarding(t, func(t *testing.T, w *form) {
			hangs := make(chan struct{})
			w.think = func(context.Context) { <-hangs; panic("a mistake") }
			w.announce()
			require.NoError(t, w.guard.Close())
			for err := range w.guard.Errors() {
				t.Error(err)
			}
			close(hangs)
			synctest.Wait()
		})
	})
}

func TestRecheckSaysWhyItFailed(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, w *form) error
		is   error
		text string
	}{
		{"an interaction that is gone", func(t *testing.T, w *form) error {
			return w.guard.Recheck(t.Context(), "404")
		}, wwe.ErrNotFound, "getByInteractionId"},
		{"no id", func(t *testing.T, w *form) error {
			return w.guard.Recheck(t.Context(), "")
		}, nil, "interactionId: must not be empty"},
		{"a WWE that is silent", func(t *testing.T, w *form) error {
			w.host.Fault(wwetest.Fault{Request: "interaction.unblockMarkdone"})
			return w.guard.Recheck(t.Context(), w.call)
		}, wwe.ErrTimeout, "unblockMarkdone: no answer from WWE within 8s"},
		{"a WWE that refuses", func(t *testing.T, w *form) error {
			w.host.Fault(wwetest.Fault{Request: "interaction.unblockMarkdone", Refuse: "no"})
			return w.guard.Recheck(t.Context(), w.call)
		}, nil, "unblockMarkdone: WWE refused: no"},
		{"a guard that does not answer", func(t *testing.T, w *form) error {
			w.hang()
			began := time.Now()
			defer func() { assert.Equal(t, 8*time.Second, time.Since(began)) }()
			return w.guard.Recheck(t.Context(), w.call)
		}, wwe.ErrTimeout, "interaction 1: no answer from the guard"},
		{"a deadline", func(t *testing.T, w *form) error {
			w.hang()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			return w.guard.Recheck(ctx, w.call)
		}, context.DeadlineExceeded, "interaction 1: no answer from the guard"},
		{"a context that ends", func(t *testing.T, w *form) error {
			w.hang()
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(io.ErrClosedPipe) })
			return w.guard.Recheck(ctx, w.call)
		}, io.ErrClosedPipe, "io: "},
		{"the end of the guard meanwhile", func(t *testing.T, w *form) error {
			w.think = func(ctx context.Context) { assert.NoError(t, w.guard.Close()) }
			return w.guard.Recheck(t.Context(), w.call)
		}, wwe.ErrClosed, "GuardMarkDone"},
		{"the end of the guard before", func(t *testing.T, w *form) error {
			require.NoError(t, w.guard.Close())
			return w.guard.Recheck(t.Context(), w.call)
		}, wwe.ErrClosed, "GuardMarkDone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			guarding(t, func(t *testing.T, w *form) {
				w.missing.Store("")
				err := c.do(t, w)
				require.ErrorContains(t, err, c.text)
				if c.is != nil {
					require.ErrorIs(t, err, c.is)
				}
				assert.Empty(t, w.guard.Errors())
				if errors.Is(err, wwe.ErrTimeout) {
					assert.Positive(t, timedOut(t, err).Waited)
				}
			})
		})
	}
}

// The id may be another interaction's by then.
func TestRecheckUnblocksNothingAfterARestart(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
		w.missing.Store("")
		decide := make(chan struct{})
		w.think = func(context.Context) { <-decide }
		checked := wwe.Async(func() (struct{}, error) { return struct{}{}, w.guard.Recheck(t.Context(), w.call) })
		synctest.Wait()
		w.host.Restart()
		require.ErrorContains(t, (<-checked).Err, "read the interactions again")
		close(decide)
		time.Sleep(time.Minute)
		assert.Zero(t, w.sent("interaction.unblockMarkdone"))
	})
}

func TestTheEndOfAGuardTakesItsBlocksBack(t *testing.T) {
	for name, end := range map[string]func(w *form, cancel func()){
		"by Close":                     func(w *form, _ func()) { assert.NoError(w.t, w.guard.Close()) },
		"by its context":               func(_ *form, cancel func()) { cancel() },
		"with the Service":             func(w *form, _ func()) { assert.NoError(w.t, w.svc.Close()) },
		"by both, one after the other": func(w *form, cancel func()) { cancel(); assert.NoError(w.t, w.svc.Close()) },
		"by Close before the page":     func(w *form, _ func()) { assert.NoError(w.t, w.guard.Close()); assert.NoError(w.t, w.svc.Close()) },
	} {
		t.Run(name, func(t *testing.T) {
			guarding(t, func(t *testing.T, w *form) {
				require.NoError(t, w.guard.Close())
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				w.guard = w.newGuard(ctx)
				require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
				asked := make(chan error, 1)
				w.think = func(ctx context.Context) { <-ctx.Done(); asked <- context.Cause(ctx) }
				w.call = w.idle()
				pressed := w.press()
				end(w, cancel)
				require.ErrorIs(t, <-asked, wwe.ErrClosed)
				for err := range w.guard.Errors() {
					t.Error(err)
				}
				require.NoError(t, <-pressed)
				require.NoError(t, w.host.MarkDone("1"))
				assert.NoError(t, w.guard.Close(), "again")
				assert.Zero(t, w.host.Subscriptions(wwe.TopicMarkDone))
			})
		})
	}
}

// An answer that is lost does not leave a block that nobody takes back.
func TestABlockWithoutAnAnswerIsTakenBackToo(t *testing.T) {
	guarding(t, func(t *testing.T, w *form) {
		w.host.Fault(wwetest.Fault{Request: "interaction.blockMarkdone"})
		w.announce()
		assert.NoError(t, w.guard.Close())
		synctest.Wait()
		assert.Equal(t, 1, w.sent("interaction.unblockMarkdone"))
	})
}

// WWE is told before the Service ends, which drops whatever waits its turn.
func TestTheEndOfAGuardDoesNotWaitForTheRateLimit(t *testing.T) {
	for name, end := range map[string]func(w *form) error{
		"with the Service":         func(w *form) error { return w.svc.Close() },
		"by Close before the page": func(w *form) error { return errors.Join(w.guard.Close(), w.svc.Close()) },
	} {
		t.Run(name, func(t *testing.T) {
			guarding(t, func(t *testing.T, w *form) {
				require.NoError(t, w.guard.Close())
				const limit = 4
				w.svc = memory().connect(t, w.host, wwe.WithRateLimit(limit))
				w.guard = w.newGuard(t.Context())
				require.EqualError(t, w.host.MarkDone(w.call), "Choose a disposition")
				for range limit {
					w.svc.Go(t.Context(), "agent.setState", "NotReady")
				}
				synctest.Wait()
				require.Equal(t, limit, len(w.host.Requests()), "the limit is used up")
				require.NoError(t, end(w))
				synctest.Wait()
				assert.Equal(t, 1, w.sent("interaction.unblockMarkdone"))
				require.NoError(t, w.host.MarkDone(w.call))
			})
		})
	}
}

// The recipe of the Example, with what WWE does in either case.
func TestACallClosesWithTheDispositionThatTheAgentChose(t *testing.T) {
	for _, c := range []struct {
		name       string
		configure  func(c *wwetest.Config)
		during     bool // the call, or else after it
		inUserData any
		archived   string
	}{
		{"after the call", func(c *wwetest.Config) { c.UserDataAfterRelease = true }, false, "sold", ""},
		{"after the call, when WWE takes no user data any more", func(c *wwetest.Config) { c.UserDataAfterRelease = false }, false, nil, "sold"},
		{"during the call", func(c *wwetest.Config) { c.UserDataAfterRelease = true }, true, "sold", ""},
		{"during the call, when WWE takes no user data after it", func(c *wwetest.Config) { c.UserDataAfterRelease = false }, true, "sold", ""},
		{"where the page may not read it", func(c *wwetest.Config) { c.UserDataAfterRelease, c.ReadAllowed = true, "" }, false, "sold", ""},
		{"where WWE refuses by silence", func(c *wwetest.Config) { c.WriteAllowed, c.SilentRefusal, c.UserDataAfterRelease = "Other", true, true }, false, nil, "sold"},
		{"where the page may not write it", func(c *wwetest.Config) { c.WriteAllowed = "" }, true, nil, "sold"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost(wwetest.WithConfig(c.configure))
				svc := memory().connect(t, host)
				archived, archive := "", io.ErrClosedPipe
				wrapUp, err := newWrapUp(t.Context(), svc, func(_ context.Context, _ wwe.Interaction, disposition string) error {
					if archive == nil {
						archived = disposition
					}
					return archive
				})
				require.NoError(t, err)
				id := host.Ring(wwetest.Call{ANI: "1"})
				require.NoError(t, host.Answer(id))
				choose := func() {
					i, err := svc.Interaction.GetByInteractionID(t.Context(), id)
					require.NoError(t, err)
					if c.archived != "" { // which does not work at first
						require.ErrorIs(t, wrapUp.choose(t.Context(), i, "sold"), io.ErrClosedPipe)
						require.Error(t, host.MarkDone(id), "nothing is lost: the call stays open")
						archive = nil
					}
					require.NoError(t, wrapUp.choose(t.Context(), i, "sold"))
				}
				if c.during {
					choose()
				}
				require.NoError(t, host.HangUp(id))
				if !c.during {
					require.EqualError(t, host.MarkDone(id), "Choose a disposition first.")
					require.EqualError(t, host.MarkDone(id), "Choose a disposition first.")
					choose()
				}
				i, _ := host.Interaction(id)
				assert.Equal(t, c.inUserData, i.UserData["Disposition"])
				assert.Equal(t, c.archived, archived)
				require.NoError(t, host.MarkDone(id))
				assert.Empty(t, host.Interactions())
				assert.Empty(t, wrapUp.guard.Errors())
			})
		})
	}
}

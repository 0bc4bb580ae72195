//go:build !js

package calls

import (
	"context"
	"math"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/wire"
)

func TestAnswersThatThePageHasQueuedCountBeforeDeadlines(t *testing.T) {
	for name, limit := range map[string]func(t *testing.T) context.Context{
		"the call's own": func(*testing.T) context.Context { return context.Background() },
		"its context's": func(t *testing.T) context.Context {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			t.Cleanup(cancel)
			return ctx
		},
	} {
		bubble(t, name, func(t *testing.T) {
			q := &quiet{}
			f := New(q)
			var queued atomic.Value // the referenceId of the answer
			f.turn = func(do func()) {
				f.Settle(queued.Load().(string), wire.Reply{Data: "1"}, nil)
				do()
			}
			answered, o := begin(t, f, limit(t), timeout)
			_, silent := begin(t, f, limit(t), timeout)
			queued.Store(answered)
			time.Sleep(timeout)
			synctest.Wait()
			reply, err := o.only(t)
			require.NoError(t, err)
			assert.Equal(t, "1", reply.Data)
			timedOut(t, silent)
			assert.Zero(t, q.began, "WWE has answered")
		})
	}
}

func TestAPageThatStoodStillDoesNotMakeWWESilent(t *testing.T) {
	for _, late := range []time.Duration{0, time.Hour} {
		bubble(t, "but one that did not, does: "+late.String(), func(t *testing.T) {
			q := &quiet{}
			f := New(q)
			now := f.now
			var stood atomic.Int64
			f.now = func() moment { return now() + moment(stood.Load()) }
			_, o := begin(t, f, context.Background(), timeout)
			stood.Store(int64(late))
			time.Sleep(timeout)
			synctest.Wait()
			timedOut(t, o)
			assert.Equal(t, late == 0, q.began == 1)
		})
	}
}

func TestACallThatAnEventHandlerWaitsForEnds(t *testing.T) {
	page := func(turns, blocked func() bool) *InFlight {
		f := New(nil)
		f.pause = func(do func()) {
			if turns() {
				do()
			}
		}
		f.blocked = blocked
		return f
	}
	yes, no := func() bool { return true }, func() bool { return false }
	bubble(t, "soon, the last one first, as long as the handler blocks", func(t *testing.T) {
		var looks atomic.Int32
		f := page(no, func() bool { return looks.Add(1) <= 2 })
		var all []*outcomes
		for range 3 {
			_, o := begin(t, f, context.Background(), timeout)
			all = append(all, o)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for _, o := range all[1:] {
			_, err := o.only(t)
			require.ErrorIs(t, err, ErrHandler)
			require.ErrorContains(t, err, "called in a JavaScript event handler: use a goroutine, Service.Go or Async")
		}
		assert.Zero(t, all[0].count())
		f.Close()
		time.Sleep(time.Second)
	})
	bubble(t, "but not while the event loop turns, or stands for another reason", func(t *testing.T) {
		for _, f := range []*InFlight{page(yes, yes), page(no, no)} {
			_, o := begin(t, f, context.Background(), timeout)
			time.Sleep(timeout / 2)
			synctest.Wait()
			assert.Zero(t, o.count())
			f.Close()
			time.Sleep(time.Second)
			synctest.Wait()
			f.mu.Lock()
			assert.False(t, f.watching, "nothing is watched when nothing waits")
			f.mu.Unlock()
		}
	})
	bubble(t, "but not if it began before the handler, unless its deadline has long passed", func(t *testing.T) {
		var stands atomic.Bool
		f := page(func() bool { return !stands.Load() }, stands.Load)
		f.turn = func(func()) {} // it never comes
		var before []*outcomes
		for range 3 {
			_, o := begin(t, f, context.Background(), timeout)
			before = append(before, o)
		}
		_, endless := begin(t, f, context.Background(), math.MaxInt64)
		time.Sleep(time.Millisecond)
		stands.Store(true)
		_, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout + standstill)
		synctest.Wait()
		_, err := o.only(t)
		require.ErrorIs(t, err, ErrHandler)
		for _, o := range before {
			assert.Zero(t, o.count())
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for _, o := range before {
			assert.Equal(t, ErrHandler, timedOut(t, o).Cause, "WWE may have done what it asks")
		}
		assert.Zero(t, endless.count())
		f.Close()
		time.Sleep(time.Second)
	})
	bubble(t, "and one that outlives Close is nobody's", func(t *testing.T) {
		f := page(no, yes)
		ref, o := begin(t, f, context.Background(), timeout)
		f.Outlive(ref)
		time.Sleep(time.Second)
		f.Close()
		synctest.Wait()
		assert.Zero(t, o.count())
		f.Settle(ref, wire.Reply{SubscriptionID: "3"}, nil)
		reply, err := o.only(t)
		require.NoError(t, err)
		assert.Equal(t, "3", reply.SubscriptionID)
	})
}

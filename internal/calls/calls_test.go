//go:build !js

package calls

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/wire"
)

const timeout = 8 * time.Second

// outcomes records what the Done of a call was given, and when.
type outcomes struct {
	mu      sync.Mutex
	replies []wire.Reply
	errs    []error
	at      []time.Time
}

func (o *outcomes) done(reply wire.Reply, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.replies = append(o.replies, reply)
	o.errs = append(o.errs, err)
	o.at = append(o.at, time.Now())
}

func (o *outcomes) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.errs)
}

// only returns the one outcome that there must be.
func (o *outcomes) only(t *testing.T) (wire.Reply, error) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	require.Len(t, o.errs, 1, "exactly one outcome")
	return o.replies[0], o.errs[0]
}

func begin(t *testing.T, f *InFlight, ctx context.Context, timeout time.Duration) (ref string, o *outcomes) {
	t.Helper()
	o = &outcomes{}
	ref, err := f.Begin(ctx, timeout, nil, o.done)
	require.NoError(t, err)
	f.Sent(ref)
	return ref, o
}

// bubble runs a test on a clock of its own. It fails if goroutines outlive f.
func bubble(t *testing.T, name string, f func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}

func TestACallEndsInTime(t *testing.T) {
	bubble(t, "at its time-out to the nanosecond, and not before", func(t *testing.T) {
		f := New(nil)
		began := time.Now()
		_, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout - time.Nanosecond)
		synctest.Wait()
		assert.Zero(t, o.count(), "not before")
		assert.Equal(t, 1, f.Len())
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		assert.Equal(t, timeout, timedOut(t, o).Waited)
		assert.Equal(t, timeout, o.at[0].Sub(began))
		assert.Zero(t, f.Len())
	})

	bubble(t, "each of several at its own time-out, whichever was the first to begin", func(t *testing.T) {
		f := New(nil)
		began := time.Now()
		var all []*outcomes
		after := []time.Duration{3 * timeout, timeout, 2 * timeout, timeout}
		for _, d := range after {
			_, o := begin(t, f, context.Background(), d)
			all = append(all, o)
		}
		time.Sleep(3 * timeout)
		synctest.Wait()
		for n, o := range all {
			assert.Equal(t, after[n], timedOut(t, o).Waited)
			assert.Equal(t, after[n], o.at[0].Sub(began))
		}
	})

	bubble(t, "never, with the longest time-out that there is", func(t *testing.T) {
		f := New(nil)
		time.Sleep(time.Second)
		_, long := begin(t, f, context.Background(), math.MaxInt64)
		_, short := begin(t, f, context.Background(), timeout)
		time.Sleep(time.Hour)
		synctest.Wait()
		assert.Equal(t, 1, short.count())
		assert.Zero(t, long.count())
		f.Close()
	})

	bubble(t, "at its time-out when the context can be cancelled but has no deadline", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, o := begin(t, f, ctx, 1500*time.Millisecond)
		time.Sleep(1500 * time.Millisecond)
		synctest.Wait()
		assert.Equal(t, 1500*time.Millisecond, timedOut(t, o).Waited)
	})

	bubble(t, "at its context's deadline, earlier than the time-out", func(t *testing.T) {
		f := New(nil)
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 250*time.Millisecond)
		defer cancel()
		_, o := begin(t, f, ctx, timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.Equal(t, 250*time.Millisecond, timedOut(t, o).Waited)
		assert.Equal(t, 250*time.Millisecond, o.at[0].Sub(began))
	})

	bubble(t, "at its context's deadline, later than the time-out", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, o := begin(t, f, ctx, timeout)
		time.Sleep(time.Minute - time.Nanosecond)
		synctest.Wait()
		assert.Zero(t, o.count(), "the time-out is for contexts without a deadline")
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		assert.Equal(t, time.Minute, timedOut(t, o).Waited)
	})

	bubble(t, "and tells the time that the call waited, not the context's age", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		time.Sleep(400 * time.Millisecond)
		_, o := begin(t, f, ctx, timeout)
		time.Sleep(time.Second)
		synctest.Wait()
		assert.Equal(t, 600*time.Millisecond, timedOut(t, o).Waited)
	})

	bubble(t, "and a deadline's own cause is kept", func(t *testing.T) {
		f := New(nil)
		why := errors.New("the agent went home")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, why)
		defer cancel()
		_, o := begin(t, f, ctx, timeout)
		time.Sleep(time.Second)
		synctest.Wait()
		assert.Equal(t, why, timedOut(t, o).Cause)
	})

	bubble(t, "and a time-out of the official client's is one of ours", func(t *testing.T) {
		f := New(nil)
		ref, o := begin(t, f, context.Background(), time.Minute)
		time.Sleep(10 * time.Second)
		f.Settle(ref, wire.Reply{Failed: true, TimedOut: true, ErrorMessage: "Request timeout"}, nil)
		assert.Equal(t, 10*time.Second, timedOut(t, o).Waited)
	})
}

func TestACancelledCallGivesTheContextsCause(t *testing.T) {
	why := errors.New("the panel was closed")

	bubble(t, "when it is cancelled during the call", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancelCause(t.Context())
		_, o := begin(t, f, ctx, timeout)
		cancel(why)
		synctest.Wait()
		_, err := o.only(t)
		assert.Equal(t, why, err)
		assert.Zero(t, f.Len())
	})

	bubble(t, "when it was cancelled before", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		_, o := begin(t, f, ctx, timeout)
		synctest.Wait()
		_, err := o.only(t)
		assert.Equal(t, why, err)
	})

	bubble(t, "which is context.Canceled where there is none", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancel(t.Context())
		_, o := begin(t, f, ctx, timeout)
		cancel()
		synctest.Wait()
		_, err := o.only(t)
		assert.Equal(t, context.Canceled, err)
	})

	bubble(t, "even if it also has a deadline", func(t *testing.T) {
		f := New(nil)
		parent, cancel := context.WithCancelCause(t.Context())
		ctx, stop := context.WithTimeout(parent, time.Second)
		defer stop()
		_, o := begin(t, f, ctx, timeout)
		cancel(why)
		time.Sleep(time.Minute)
		synctest.Wait()
		_, err := o.only(t)
		assert.Equal(t, why, err)
	})
}

func TestACallHasOneOutcome(t *testing.T) {
	reply := wire.Reply{Data: `{"a":1}`, Body: `{"data":{"a":1}}`}

	bubble(t, "the reply, as it came", func(t *testing.T) {
		f := New(nil)
		ref, o := begin(t, f, context.Background(), timeout)
		f.Settle(ref, reply, nil)
		got, err := o.only(t)
		require.NoError(t, err)
		assert.Equal(t, reply, got)
		assert.Zero(t, f.Len())
		assert.Zero(t, f.Stray())
	})

	bubble(t, "the error that came instead of a reply", func(t *testing.T) {
		f := New(nil)
		why := errors.New("could not be posted")
		ref, o := begin(t, f, context.Background(), timeout)
		f.Settle(ref, wire.Reply{}, why)
		_, err := o.only(t)
		assert.Equal(t, why, err)
	})

	bubble(t, "the reply, and no time-out after it", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancel(t.Context())
		ref, o := begin(t, f, ctx, timeout)
		f.Settle(ref, reply, nil)
		time.Sleep(2 * timeout)
		cancel()
		synctest.Wait()
		_, err := o.only(t)
		require.NoError(t, err)
	})

	bubble(t, "the time-out, and the late reply is counted", func(t *testing.T) {
		f := New(nil)
		ref, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.Zero(t, f.Stray())
		f.Settle(ref, reply, nil)
		timedOut(t, o)
		assert.Equal(t, 1, f.Stray())
	})

	bubble(t, "the first of two replies, and the second is counted", func(t *testing.T) {
		f := New(nil)
		ref, o := begin(t, f, context.Background(), timeout)
		f.Settle(ref, reply, nil)
		f.Settle(ref, wire.Reply{Data: "2"}, nil)
		got, err := o.only(t)
		require.NoError(t, err)
		assert.Equal(t, reply, got)
		assert.Equal(t, 1, f.Stray())
	})

	bubble(t, "and answers to other clients are neither ours nor counted", func(t *testing.T) {
		f, other := New(nil), New(nil)
		_, o := begin(t, f, context.Background(), timeout)
		theirs, _ := begin(t, other, context.Background(), timeout)
		for _, ref := range []string{"", "0", "1", "7", "go-", "constructor", theirs} {
			f.Settle(ref, reply, nil)
		}
		assert.Zero(t, o.count())
		assert.Zero(t, f.Stray())
		assert.Equal(t, 1, f.Len())
	})

	bubble(t, "and its Done may begin the next call, settle and close", func(t *testing.T) {
		f := New(nil)
		var next outcomes
		ref, err := f.Begin(context.Background(), timeout, nil, func(wire.Reply, error) {
			_, err := f.Begin(context.Background(), timeout, nil, next.done)
			assert.NoError(t, err)
			f.Close()
		})
		require.NoError(t, err)
		f.Settle(ref, reply, nil)
		_, err = next.only(t)
		require.ErrorIs(t, err, ErrClosed)
	})
}

func TestCloseEndsEverything(t *testing.T) {
	bubble(t, "every call in flight ends with ErrClosed, once", func(t *testing.T) {
		f := New(nil)
		var all []*outcomes
		var refs []string
		for range 100 {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ref, o := begin(t, f, ctx, timeout)
			refs, all = append(refs, ref), append(all, o)
		}
		f.Close()
		time.Sleep(2 * timeout)
		for _, ref := range refs {
			f.Settle(ref, wire.Reply{}, nil)
		}
		synctest.Wait()
		for _, o := range all {
			_, err := o.only(t)
			require.ErrorIs(t, err, ErrClosed)
		}
		assert.Zero(t, f.Len())
		assert.Equal(t, 100, f.Stray(), "answers that come after it are strays")
	})

	bubble(t, "it tells whether it was the first, and may be called again", func(t *testing.T) {
		f := New(nil)
		assert.True(t, f.Close())
		assert.False(t, f.Close())
		assert.False(t, f.Close())
	})

	bubble(t, "no call begins after it", func(t *testing.T) {
		f := New(nil)
		f.Close()
		var o outcomes
		ref, err := f.Begin(context.Background(), timeout, nil, o.done)
		require.ErrorIs(t, err, ErrClosed)
		assert.Empty(t, ref)
		time.Sleep(2 * timeout)
		synctest.Wait()
		assert.Zero(t, o.count(), "a call that did not begin has no outcome")
		assert.Zero(t, f.Len())
	})
}

func TestIDsAreNobodyElses(t *testing.T) {
	t.Run("no two calls of two InFlights have the same id", func(t *testing.T) {
		seen := map[string]bool{}
		for range 2 {
			f := New(nil)
			for range 1000 {
				ref, _ := begin(t, f, context.Background(), time.Hour)
				assert.False(t, seen[ref], ref)
				seen[ref] = true
			}
			f.Close()
		}
		assert.Len(t, seen, 2000)
	})

	t.Run("their prefix is random and long enough not to be met by chance", func(t *testing.T) {
		prefixes := map[string]bool{}
		for range 1000 {
			f := New(nil)
			ref, _ := begin(t, f, context.Background(), time.Hour)
			assert.Regexp(t, `^go-[0-9a-z]{5,13}-1$`, ref)
			prefixes[strings.TrimSuffix(ref, "1")] = true
			f.Close()
		}
		assert.Len(t, prefixes, 1000)
	})
}

func TestACallThatIsOverKeepsNothing(t *testing.T) {
	// The context and the timer outlive the call, so one that stays with
	// either shows: what its Done holds on to is still in memory.
	for name, end := range map[string]func(f *InFlight, ref string){
		"once it is settled": func(f *InFlight, ref string) { f.Settle(ref, wire.Reply{}, nil) },
		"once it is closed":  func(f *InFlight, _ string) { f.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			f := New(nil)
			ref, held := beginHolding(t, f, ctx, func() {})
			end(f, ref)
			assert.True(t, collected(held), "the caller's data is still reachable")
			runtime.KeepAlive(f)
			runtime.KeepAlive(ctx)
		})
	}

	t.Run("once it is cancelled", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		_, held := beginHolding(t, f, ctx, func() { close(ended) })
		cancel()
		<-ended
		assert.True(t, collected(held), "the caller's data is still reachable")
		runtime.KeepAlive(f)
	})
}

type callersData [1 << 16]byte

// beginHolding begins a call whose Done holds on to data of its own.
func beginHolding(t *testing.T, f *InFlight, ctx context.Context, done func()) (ref string, held weak.Pointer[callersData]) {
	data := new(callersData)
	ref, err := f.Begin(ctx, time.Hour, nil, func(wire.Reply, error) { data[0]++; done() })
	require.NoError(t, err)
	return ref, weak.Make(data)
}

// collected tells whether nothing refers to the data any more. The runtime
// takes a timer that was stopped out of its heap a little later, and the
// goroutine that called Done may not have ended yet.
func collected(held weak.Pointer[callersData]) bool {
	for range 500 {
		if runtime.GC(); held.Value() == nil {
			return true
		}
		runtime.Gosched()
	}
	return false
}

// storm lets 1,000 goroutines begin calls, each of which ends in one of four
// ways or in several at once, and returns how often each call's Done was
// called and whether the call began.
func storm(f *InFlight, timeout time.Duration, during func(n int)) (ended *[1000]atomic.Int32, began *[1000]bool) {
	ended, began = new([1000]atomic.Int32), new([1000]bool)
	var wg sync.WaitGroup
	for n := range ended {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel() // at the latest, together with whatever else ends the call
			during(n)
			ref, err := f.Begin(ctx, timeout, nil, func(wire.Reply, error) { ended[n].Add(1) })
			if began[n] = err == nil; !began[n] {
				return
			}
			switch n % 4 {
			case 0:
				f.Settle(ref, wire.Reply{}, nil)
			case 1:
				go f.Settle(ref, wire.Reply{}, nil)
				cancel()
			case 2:
				time.Sleep(timeout)
				f.Settle(ref, wire.Reply{}, nil)
			case 3:
				wg.Go(func() { f.Settle(ref, wire.Reply{}, nil) })
				wg.Go(func() { f.Settle(ref, wire.Reply{}, nil) })
			}
		})
	}
	wg.Wait()
	return ended, began
}

func TestAThousandGoroutinesAtOnce(t *testing.T) {
	bubble(t, "each call ends once, and nothing stays", func(t *testing.T) {
		f := New(nil)
		ended, began := storm(f, timeout, func(int) {})
		synctest.Wait()
		for n := range ended {
			require.True(t, began[n])
			require.EqualValues(t, 1, ended[n].Load(), "call %d", n)
		}
		assert.Zero(t, f.Len())
	})

	bubble(t, "each call that began ends once when Close comes in between", func(t *testing.T) {
		f := New(nil)
		var first atomic.Int32
		ended, began := storm(f, timeout, func(n int) {
			if n >= 500 && n < 510 && f.Close() {
				first.Add(1)
			}
		})
		synctest.Wait()
		for n := range ended {
			want := 0
			if began[n] {
				want = 1
			}
			require.EqualValues(t, want, ended[n].Load(), "call %d", n)
		}
		assert.EqualValues(t, 1, first.Load(), "one Close was the first")
		assert.Zero(t, f.Len())
	})
}

//go:build !js

package calls

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/wire"
)

// quiet counts how often WWE was taken for silent.
type quiet struct{ began, ended int }

func (q *quiet) Began() { q.began++ }
func (q *quiet) Ended() { q.ended++ }

// timedOut is the time-out that a call ended with.
func timedOut(t *testing.T, o *outcomes) *Timeout {
	t.Helper()
	_, err := o.only(t)
	timeout, ok := err.(*Timeout)
	require.True(t, ok, err)
	return timeout
}

func TestATimeOutTellsWhetherTheRequestWentOut(t *testing.T) {
	bubble(t, "it did, and WWE is taken for silent", func(t *testing.T) {
		q := &quiet{}
		f := New(q)
		f.Heard()
		_, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.Equal(t, &Timeout{Waited: timeout, Sent: true}, timedOut(t, o))
		assert.Equal(t, 1, q.began)
	})
	bubble(t, "it did not, which says nothing of WWE", func(t *testing.T) {
		q := &quiet{}
		f := New(q)
		o := &outcomes{}
		ref, err := f.Begin(context.Background(), timeout, nil, o.done)
		require.NoError(t, err)
		time.Sleep(timeout)
		synctest.Wait()
		assert.Equal(t, &Timeout{Waited: timeout}, timedOut(t, o))
		assert.Zero(t, q.began)
		assert.False(t, f.Sent(ref), "it need not go out any more")
	})
	bubble(t, "it did late, which left WWE too little time to be taken for silent", func(t *testing.T) {
		q := &quiet{}
		f := New(q)
		o := &outcomes{}
		ref, err := f.Begin(context.Background(), timeout, nil, o.done)
		require.NoError(t, err)
		time.Sleep(timeout - time.Second)
		require.True(t, f.Sent(ref))
		time.Sleep(time.Second)
		synctest.Wait()
		assert.Equal(t, &Timeout{Waited: timeout, Sent: true}, timedOut(t, o))
		assert.Zero(t, q.began)
	})
}

func TestAReplyIsNoSignOfLifeForACallThatItsOutcomeLetsBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &quiet{}
		f := New(q)
		var next *outcomes
		ref, err := f.Begin(context.Background(), timeout, nil, func(wire.Reply, error) {
			_, next = begin(t, f, context.Background(), timeout)
		})
		require.NoError(t, err)
		f.Settle(ref, wire.Reply{}, nil)
		time.Sleep(timeout)
		synctest.Wait()
		timedOut(t, next)
		assert.Equal(t, 1, q.began)
	})
}

func TestACallThatIsOverDoesNotGoOut(t *testing.T) {
	f := New(nil)
	ref, _ := begin(t, f, context.Background(), time.Hour)
	f.Settle(ref, wire.Reply{}, nil)
	assert.False(t, f.Sent(ref))
	assert.False(t, f.Sent("of somebody else"))
	ref, _ = begin(t, f, context.Background(), time.Hour)
	f.Close()
	assert.False(t, f.Sent(ref))
}

func TestOnlyWhatWentOutMakesABurst(t *testing.T) {
	bubble(t, "and the call that is one of it knows how large it was before", func(t *testing.T) {
		f := New(nil)
		f.Heard()
		nothing := func(wire.Reply, error) {}
		for range 10 * burst {
			_, err := f.Begin(context.Background(), time.Minute, nil, nothing) // never goes out
			require.NoError(t, err)
		}
		var calls []*outcomes
		for range burst + 2 {
			_, o := begin(t, f, context.Background(), timeout)
			calls = append(calls, o)
		}
		time.Sleep(timeout)
		synctest.Wait()
		for n, o := range calls {
			e := timedOut(t, o)
			if n < burst {
				assert.Zero(t, e.Burst)
				continue
			}
			assert.Equal(t, n, e.Burst)
		}
		f.Close()
	})
}

func TestATimeOutTellsWhetherWWEHasEverAnswered(t *testing.T) {
	bubble(t, "until it gives a sign of life", func(t *testing.T) {
		f := New(nil)
		_, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.True(t, timedOut(t, o).Never)

		f.Heard()
		_, o = begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.False(t, timedOut(t, o).Never)
	})
	bubble(t, "with a context of two seconds, which begin before the request is sent", func(t *testing.T) {
		f := New(nil)
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		time.Sleep(50 * time.Millisecond)
		_, o := begin(t, f, ctx, timeout)
		<-ctx.Done()
		synctest.Wait()
		assert.True(t, timedOut(t, o).Never)
	})
	bubble(t, "but not where it has had less than two seconds for any", func(t *testing.T) {
		f := New(nil)
		for wait := time.Duration(0); wait < 3*time.Second; wait += time.Second / 2 { // contexts of half a second
			ctx, cancel := context.WithTimeout(context.Background(), time.Second/2)
			defer cancel()
			_, o := begin(t, f, ctx, timeout)
			<-ctx.Done()
			synctest.Wait()
			assert.Equal(t, wait >= 3*time.Second/2, timedOut(t, o).Never, wait)
		}
	})
}

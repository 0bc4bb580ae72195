//go:build !js

package calls

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/category"
	"wwebridge/internal/wire"
)

// quiet counts how often WWE was taken for silent.
type quiet struct{ began, ended int }

func (q *quiet) Began() { q.began++ }
func (q *quiet) Ended() { q.ended++ }

// timedOut is the time-out that a call ended with.
func timedOut(t *testing.T, o *outcomes) *TimeoutError {
	t.Helper()
	_, err := o.only(t)
	var timeout *TimeoutError
	require.True(t, errors.As(err, &timeout), err)
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
		assert.Equal(t, category.Connection, timedOut(t, o).Category())
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
		e := timedOut(t, o)
		assert.Equal(t, "not sent: the limit of WithRateLimit kept it back for 8s", e.Error())
		assert.Equal(t, category.Author, e.Category())
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
		assert.Contains(t, timedOut(t, o).Error(), "no answer from WWE within 8s")
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
				assert.Equal(t, category.Connection, e.Category())
				continue
			}
			assert.Equal(t, n, e.Burst)
			assert.Equal(t, category.Configuration, e.Category())
			assert.Contains(t, e.Error(), "service-client-api.rate-limit")
		}
		f.Close()
	})
}

func TestATimeOutOfAWWEThatHasNeverAnsweredNamesTheOptionToLookAt(t *testing.T) {
	bubble(t, "until it gives a sign of life", func(t *testing.T) {
		f := New(nil)
		_, o := begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		e := timedOut(t, o)
		assert.Contains(t, e.Error(), "service-client-api.accepted-web-content-origins")
		assert.Equal(t, category.Configuration, e.Category())

		f.Heard()
		_, o = begin(t, f, context.Background(), timeout)
		time.Sleep(timeout)
		synctest.Wait()
		assert.Equal(t, "no answer from WWE within 8s", timedOut(t, o).Error())
	})
}

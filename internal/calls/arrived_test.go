//go:build !js

package calls

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

func TestAnAnswerThatHasArrivedStopsTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outcomes := map[string]error{}
		f := New(nil)
		defer f.Close()
		begin := func(ctx context.Context, name string) string {
			ref, err := f.Begin(ctx, time.Second, nil, func(_ wire.Reply, err error) { outcomes[name] = err })
			require.NoError(t, err)
			f.Sent(ref)
			return ref
		}
		ctx, cancel := context.WithCancel(t.Context())
		arrived, silent, cancelled := begin(t.Context(), "arrived"), begin(t.Context(), "silent"), begin(ctx, "cancelled")
		time.Sleep(time.Second / 2)
		assert.True(t, f.Arrived(arrived))
		assert.True(t, f.Arrived(cancelled))
		assert.False(t, f.Arrived("another"))
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Contains(t, outcomes, "silent")
		assert.NotContains(t, outcomes, "arrived")

		cancel()
		synctest.Wait()
		require.ErrorIs(t, outcomes["cancelled"], context.Canceled, "its context still ends it")
		assert.False(t, f.Arrived(cancelled))
		assert.False(t, f.Arrived(silent))
		f.Settle(arrived, wire.Reply{}, nil)
		require.NoError(t, outcomes["arrived"])
	})
}

func TestAnAnswerThatHasArrivedStopsTheDeadlineOfItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outcomes := map[string]error{}
		f := New(nil)
		defer f.Close()
		begin := func(name string) string {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			t.Cleanup(cancel)
			ref, err := f.Begin(ctx, time.Minute, nil, func(_ wire.Reply, err error) { outcomes[name] = err })
			require.NoError(t, err)
			f.Sent(ref)
			return ref
		}
		arrived := begin("arrived")
		begin("silent")
		closed := begin("closed")
		f.Arrived(arrived)
		f.Arrived(closed)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.IsType(t, &Timeout{}, outcomes["silent"])
		assert.Len(t, outcomes, 1)
		f.Settle(arrived, wire.Reply{}, nil)
		f.Close()
		require.NoError(t, outcomes["arrived"])
		require.ErrorIs(t, outcomes["closed"], ErrClosed)
	})
}

func TestAnAnswerThatHasArrivedIsASignOfLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &quiet{}
		f := New(q)
		defer f.Close()
		begin := func() string {
			ref, err := f.Begin(t.Context(), time.Second, nil, func(wire.Reply, error) {})
			require.NoError(t, err)
			f.Sent(ref)
			return ref
		}
		arrived := begin()
		begin()
		f.Arrived(arrived)
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Zero(t, q.began, "one call timed out, but WWE is answering another")
	})
}

func TestWhetherAnyReplyIsRead(t *testing.T) {
	f := New(nil)
	begin := func(read wire.Read) string {
		ref, err := f.Begin(t.Context(), time.Minute, read, func(wire.Reply, error) {})
		require.NoError(t, err)
		return ref
	}
	read := func(*jsontext.Reader) {}
	text := begin(nil)
	assert.False(t, f.Reads())
	first, second := begin(read), begin(read)
	assert.True(t, f.Reads())
	f.Reading(first)
	assert.True(t, f.Reads())
	f.Settle(second, wire.Reply{}, nil)
	assert.False(t, f.Reads(), "one is being read, one is over")
	f.Settle(first, wire.Reply{}, nil)
	f.Settle(text, wire.Reply{}, nil)
	assert.False(t, f.Reads())
	begin(read)
	f.Close()
	assert.False(t, f.Reads())
}

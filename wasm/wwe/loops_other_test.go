//go:build !js

package wwe_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// looping runs f in a bubble of time.
func looping(t *testing.T, f func(t *testing.T, host *wwetest.Host, svc *wwe.Service)) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		f(t, host, svc)
	})
}

func TestTheDeadlineOfALoopIsNotThatOfWWEsFirstAnswer(t *testing.T) {
	for name, sequence := range sequences {
		t.Run(name, func(t *testing.T) {
			looping(t, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				host.Fault(wwetest.Fault{})
				began := time.Now()
				sequence(ctx, svc, func(err error) bool {
					assert.ErrorIs(t, err, wwe.ErrTimeout)
					return true
				})
				assert.Equal(t, 8*time.Second, time.Since(began))
			})
		})
	}
}

func TestTheEndOfAContextEndsALoop(t *testing.T) {
	for name, sequence := range sequences {
		t.Run(name, func(t *testing.T) {
			looping(t, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				began := time.Now()
				var last error
				sequence(ctx, svc, func(err error) bool { last = err; return true })
				assert.Equal(t, time.Hour, time.Since(began))
				assert.Equal(t, context.DeadlineExceeded, last, "WWE was not silent")

				why := errors.New("the panel was closed")
				ended, end := context.WithCancelCause(t.Context())
				end(why)
				synctest.Wait()
				sent := len(host.Messages())
				sequence(ended, svc, func(err error) bool { assert.Equal(t, why, err); return true })
				synctest.Wait()
				assert.Len(t, host.Messages(), sent, "nothing is sent")
			})
		})
	}
}

func TestALoopGoesOnAfterARestartOfWWE(t *testing.T) {
	looping(t, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		host.Ring(wwetest.Call{ANI: "1"})
		var events []wwe.Event
		var shown []wwe.Interaction
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			for event, err := range svc.Events(ctx, wwe.TopicSystem) {
				if err == nil {
					events = append(events, event)
				}
			}
		}()
		go func() {
			for interactions, err := range svc.Follow(ctx) {
				if err == nil {
					shown = interactions
				}
			}
		}()
		synctest.Wait()
		before := host.Interactions()
		assert.Equal(t, before, shown)
		host.Restart()
		time.Sleep(time.Second)
		synctest.Wait()
		assert.NotEqual(t, before, shown)
		assert.Equal(t, host.Interactions(), shown)
		host.Emit(wwe.TopicSystem, "1")
		synctest.Wait()
		require.NotEmpty(t, events)
		for _, event := range events[:len(events)-1] {
			assert.Equal(t, wwe.Overflow{}, event, "what was missed nobody knows")
		}
		assert.Equal(t, wwe.UnknownEvent{On: wwe.TopicSystem, Data: "1"}, events[len(events)-1])
		assert.Greater(t, len(events), 1)
	})
}

func TestFollowYieldsOnlyWhatIsNew(t *testing.T) {
	looping(t, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		iterations := 0
		go func() {
			for range svc.Follow(ctx) {
				iterations++
			}
		}()
		synctest.Wait()
		host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
		host.Restart() // so that the mirror is stale, of which it signals
		time.Sleep(time.Minute)
		host.ClearFaults()
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Equal(t, 1, iterations)
	})
}

func TestASequenceCanBePulledAndRangedOverAgain(t *testing.T) {
	looping(t, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		sequence := svc.Follow(t.Context())
		for n := range 2 {
			following, stop := iter.Pull2(sequence)
			interactions, err, ok := following()
			require.True(t, ok)
			require.NoError(t, err)
			assert.Len(t, interactions, n)
			assert.Equal(t, 1, host.Subscriptions(wwe.TopicInteraction))
			stop()
			assert.Zero(t, host.Subscriptions(wwe.TopicInteraction))
			host.Ring(wwetest.Call{ANI: "1"})
		}
	})
}

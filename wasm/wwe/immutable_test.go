//go:build !js

package wwe_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// As errgroup does, the first error of several calls cancels the others.
func TestAReturnedErrorNeverChangesWhateverOtherCallsEndWithIt(t *testing.T) {
	for name, end := range map[string]func(parent context.Context, cause error) (context.Context, func()){
		"cancelled": func(parent context.Context, cause error) (context.Context, func()) {
			ctx, cancel := context.WithCancelCause(parent)
			return ctx, func() { cancel(cause) }
		},
		"at a deadline": func(parent context.Context, cause error) (context.Context, func()) {
			ctx, cancel := context.WithTimeoutCause(parent, time.Second, cause)
			return ctx, cancel
		},
	} {
		for reach, of := range map[string]func(error) error{
			"the error itself": func(err error) error { return err },
			"what it wraps":    func(err error) error { return unwrapped(err) },
		} {
			t.Run(name+", "+reach, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
						c.AcceptedOrigins, c.SilentRefusal = wwetest.Origin+" (system.*, agent.*)", true
					}))
					svc := memory().connect(t, host, wwe.WithRateLimit(3))
					require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
					host.Fault(wwetest.Fault{})
					first := svc.Interaction.Accept(t.Context(), "1") // forbidden
					require.ErrorIs(t, first, wwe.ErrTimeout)
					text, who := first.Error(), category(t, first)

					ctx, cancel := end(t.Context(), of(first))
					sent := svc.Go(ctx, "agent.get")
					unsent := svc.Go(ctx, "agent.getState") // kept back by the limit
					subscribing := wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(ctx, wwe.TopicAgent) })
					time.Sleep(2 * time.Second)
					cancel()
					for _, err := range []error{(<-sent).Err, (<-unsent).Err, (<-subscribing).Err} {
						require.ErrorIs(t, err, of(first))
					}
					assert.Equal(t, text, first.Error())
					assert.Equal(t, who, category(t, first))
				})
			})
		}
	}
}

// face is all that a widget can read of an error.
func face(err error) string {
	text := fmt.Sprintf("%v (%s)", err, wwe.CategoryOf(err))
	for e := err; e != nil; e = errors.Unwrap(e) {
		text += fmt.Sprintf("\n%T: %#v", e, e)
	}
	return text
}

func TestAReturnedErrorNeverChangesWhateverHappensToTheService(t *testing.T) {
	for _, c := range everyError() {
		t.Run(c.name, func(t *testing.T) {
			host, svc := impatient(t)
			err := c.err(t, host, svc)
			before := face(err)
			over := make(chan struct{})
			var reader sync.WaitGroup
			reader.Go(func() { // for the race detector
				for reading := true; reading; {
					select {
					case <-over:
						reading = false
					default:
					}
					assert.Equal(t, before, face(err))
				}
			})
			host.ClearFaults()
			for _, origins := range []string{"*", wwetest.Origin + " (system.*)"} {
				host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins, c.SilentRefusal = origins, false })
				_, _ = svc.System.GetAllowedServices(t.Context())
				_ = svc.Interaction.Accept(t.Context(), "404")
			}
			for range 70 { // a burst
				_ = svc.System.TriggerActivity(t.Context())
			}
			host.Restart()
			host.Fault(wwetest.Fault{})
			ctx, cancel := context.WithTimeoutCause(t.Context(), time.Millisecond, err)
			_ = svc.Interaction.Accept(ctx, "1")
			_, _ = svc.Subscribe(ctx, wwe.TopicInteraction)
			cancel()
			require.NoError(t, svc.Close())
			close(over)
			reader.Wait()
			assert.Equal(t, before, face(err))
		})
	}
}

func TestACancelledCallGivesACauseThatIsATimeOutAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc := memory().connect(t, host)
		host.Fault(wwetest.Fault{})
		first := failed(svc.Agent.Get(t.Context()))
		ctx, cancel := context.WithCancelCause(t.Context())
		second := svc.Go(ctx, "agent.getState")
		cancel(first)
		assert.Equal(t, first, (<-second).Err)
		assert.Equal(t, first, failed(svc.Agent.Get(ctx)), "before the call too")
		assert.Equal(t, first, failed(svc.Subscribe(ctx, wwe.TopicAgent)))
	})
}

// unwrapped is what the error wraps alone.
func unwrapped(err error) error {
	for {
		wrapper, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		err = wrapper.Unwrap()
	}
}

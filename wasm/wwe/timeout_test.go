//go:build !js

package wwe_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestACallThatWWEDoesNotAnswerEnds(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []wwe.Option
		ctx     time.Duration // of the context, 0 for none
		want    time.Duration
	}{
		{name: "after 8 seconds", want: 8 * time.Second},
		{name: "after WithTimeout", options: []wwe.Option{wwe.WithTimeout(90 * time.Second)}, want: 90 * time.Second},
		{name: "at its context's deadline, if that is earlier", ctx: time.Second, want: time.Second},
		{name: "at its context's deadline, if that is later", ctx: time.Hour, want: time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				host.Fault(wwetest.Fault{})
				svc, err := host.Connect(c.options...)
				require.NoError(t, err)
				ctx := context.Background()
				if c.ctx > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.ctx)
					defer cancel()
				}
				began := time.Now()
				err = svc.Interaction.Accept(ctx, "1")
				assert.Equal(t, c.want, time.Since(began))
				require.ErrorIs(t, err, wwe.ErrTimeout)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.ErrorContains(t, err, "wwe: interaction.accept: no answer from WWE within "+c.want.String())
				late, ok := err.(*wwe.TimeoutError)
				require.True(t, ok, "%T", err)
				assert.Equal(t, "interaction.accept", late.Request)
				assert.Equal(t, c.want, late.Waited)
				assert.True(t, late.Sent)
				assert.True(t, late.Timeout(), "as those of package net")
			})
		})
	}
}

// timedOut is the time-out that a call ended with.
func timedOut(t *testing.T, err error) *wwe.TimeoutError {
	t.Helper()
	var late *wwe.TimeoutError
	require.ErrorAs(t, err, &late)
	require.ErrorIs(t, err, wwe.ErrTimeout)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	return late
}

func TestATimeOutTellsWhetherARetryIsSafe(t *testing.T) {
	why := errors.New("the agent went home")
	for _, c := range []struct {
		name   string
		left   time.Duration // of the context; 0 is an endless one
		limit  bool          // of WithRateLimit, which is used up
		waited time.Duration
		sent   bool
		text   string
	}{
		{name: "no: the request was sent", waited: 8 * time.Second, sent: true, text: "no answer from WWE within 8s"},
		{name: "no: it was sent a moment before the deadline", left: 100 * time.Microsecond, waited: 100 * time.Microsecond, sent: true,
			text: "no answer from WWE within 1ms"},
		{name: "yes: the rate limit kept it back", limit: true, waited: 8 * time.Second,
			text: "not sent: the limit of WithRateLimit kept it back for 8s"},
		{name: "yes: the rate limit kept it back until its context's deadline", left: 3 * time.Second, limit: true, waited: 3 * time.Second,
			text: "not sent: the limit of WithRateLimit kept it back for 3s"},
		{name: "yes: its context was over", left: -time.Second, text: "not sent: the context's deadline had passed before the request was sent"},
		{name: "yes: its context was over, whatever the rate limit", left: -time.Second, limit: true,
			text: "not sent: the context's deadline had passed before the request was sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				var options []wwe.Option
				if c.limit {
					options = append(options, wwe.WithRateLimit(2)) // one for each queue
				}
				svc := memory().connect(t, host, options...)
				for range 2 {
					require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
					time.Sleep(time.Minute / 4)
				}
				host.Fault(wwetest.Fault{})
				before := len(host.Requests())
				ctx := t.Context()
				if c.left != 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithDeadlineCause(ctx, time.Now().Add(c.left), why)
					defer cancel()
				}
				err := svc.Interaction.Accept(ctx, "1")
				late := timedOut(t, err)
				assert.Equal(t, []any{"interaction.accept", c.waited, c.sent}, []any{late.Request, late.Waited, late.Sent})
				assert.Equal(t, c.sent, len(host.Requests()) > before)
				require.EqualError(t, err, "wwe: interaction.accept: "+c.text)
				assert.Equal(t, c.left != 0, errors.Is(err, why), "the cause of its context")
				time.Sleep(time.Minute)
				assert.Equal(t, c.sent, len(host.Requests()) > before, "and is not sent later")
			})
		})
	}

	t.Run("no: the tabs do not agree", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			host.Configure(func(c *wwetest.Config) { c.Tab = wwetest.TabNegotiates })
			_, err := memory().connect(t, host).System.Leads(t.Context())
			assert.True(t, timedOut(t, err).Sent)
			require.EqualError(t, err, "wwe: system.isFrameLeading: no answer from WWE within 8s: the tabs have not agreed which of them leads")
		})
	})
}

// Programs test their own code with errors that they make.
func TestATimeOutThatAProgramMakesHasAText(t *testing.T) {
	err := &wwe.TimeoutError{Request: "agent.get", Waited: 8 * time.Second, Sent: true}
	require.EqualError(t, err, "wwe: agent.get: no answer from WWE within 8s")
	assert.Equal(t, wwe.CategoryConnection, timedOut(t, err).Category())
}

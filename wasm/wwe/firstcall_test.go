//go:build !js

package wwe_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// firstCalls are the calls that a widget may begin with. Each waits for WWE.
var firstCalls = map[string]func(ctx context.Context, svc *wwe.Service) error{
	"Agent.Get": func(ctx context.Context, svc *wwe.Service) error { return failed(svc.Agent.Get(ctx)) },
	"Watch":     func(ctx context.Context, svc *wwe.Service) error { return failed(svc.Watch(ctx)) },
	"Subscribe": func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Subscribe(ctx, wwe.TopicAgent, wwe.TopicMedia))
	},
	"GuardMarkDone": func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.GuardMarkDone(ctx, func(context.Context, wwe.Interaction) (string, bool) { return "", false }))
	},
}

// reason is the text of an error after what was attempted.
func reason(err error) string {
	_, text, _ := strings.Cut(strings.TrimPrefix(err.Error(), "wwe: "), ": ")
	return text
}

func TestTheFirstCallSaysWhyWWEIsSilentWhicheverItIs(t *testing.T) {
	for _, situation := range []struct {
		name    string
		prepare func(t *testing.T, host *wwetest.Host, svc *wwe.Service)
		want    string
		blame   wwe.Category
	}{
		{"an origin that WWE does not accept", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins, c.SilentRefusal = "https://elsewhere.example.com", true })
			host.Fault(wwetest.Fault{})
		}, "service-client-api.accepted-web-content-origins", wwe.CategoryConfiguration},
		{"a burst", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
			for range 75 {
				require.NoError(t, failed(svc.Agent.Get(t.Context())))
			}
			host.Fault(wwetest.Fault{})
		}, "75 requests had gone out within a minute before it", wwe.CategoryConfiguration},
		{"a WWE that has answered before", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
			require.NoError(t, failed(svc.Agent.Get(t.Context())))
			host.Fault(wwetest.Fault{})
		}, "no answer from WWE within 8s", wwe.CategoryConnection},
		{"a context that has expired", func(*testing.T, *wwetest.Host, *wwe.Service) {},
			"not sent: the context's deadline had passed before the request was sent", wwe.CategoryAuthor},
	} {
		attempt := func(t *testing.T, call func(context.Context, *wwe.Service) error) error {
			host := wwetest.NewHost()
			svc, err := host.Connect()
			require.NoError(t, err)
			defer svc.Close()
			situation.prepare(t, host, svc)
			ctx := t.Context()
			if situation.blame == wwe.CategoryAuthor {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 0)
				defer cancel()
				defer func() { assert.Empty(t, host.Messages(), "nothing is sent") }()
			}
			return call(ctx, svc)
		}
		for name, call := range firstCalls {
			t.Run(situation.name+", "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					err := attempt(t, call)
					require.ErrorIs(t, err, wwe.ErrTimeout)
					require.ErrorIs(t, err, context.DeadlineExceeded)
					require.ErrorContains(t, err, situation.want)
					assert.Equal(t, situation.blame, category(t, err))
					assert.Equal(t, reason(attempt(t, firstCalls["Agent.Get"])), reason(err))
				})
			})
		}
	}
}

func TestAShortDeadlineOfTheFirstCallDoesNotBlameTheConfiguration(t *testing.T) {
	for name, call := range firstCalls {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				host.Fault(wwetest.Fault{Kind: wwetest.FaultKindDelay, Delay: 300 * time.Millisecond})
				svc, err := host.Connect()
				require.NoError(t, err)
				defer svc.Close()
				ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
				defer cancel()
				err = call(ctx, svc)
				require.Equal(t, "no answer from WWE within 200ms", reason(err))
				assert.Equal(t, wwe.CategoryConnection, category(t, err))
			})
		})
	}
}

func TestConnectWithAContextThatHasEndedSaysSo(t *testing.T) {
	expired, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	_, err := wwe.Connect(expired)
	assert.ErrorIs(t, err, wwe.ErrTimeout)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.ErrorContains(t, err, "wwe: Connect: not sent: the context's deadline had passed")
	var late *wwe.TimeoutError
	require.ErrorAs(t, err, &late)
	assert.Equal(t, []any{"Connect", time.Duration(0), false}, []any{late.Request, late.Waited, late.Sent})
	assert.Equal(t, wwe.CategoryAuthor, late.Category())

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = wwe.Connect(ended)
	assert.ErrorIs(t, err, context.Canceled)
}

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

// tab has WWE answer as the tab that leads, follows, or has yet to agree.
func tab(host *wwetest.Host, state string) {
	host.ClearFaults()
	text := func(b bool) wwe.JSON {
		if b {
			return "true"
		}
		return "false"
	}
	host.Fault(wwetest.Fault{Request: "system.isFrameLeading", Data: text(state == "leads")})
	host.Fault(wwetest.Fault{Request: "system.isFrameFollowing", Data: text(state == "follows")})
	host.Fault(wwetest.Fault{Request: "system.isFrameNegotiating", Data: text(state == "negotiates")})
	host.Fault(wwetest.Fault{Request: "system.isFrameLeadingOrNegotiating", Data: text(state != "follows")})
}

func TestLeads(t *testing.T) {
	for state, want := range map[string]bool{"leads": true, "follows": false} {
		t.Run("tells at once of a tab that "+state, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				tab(host, state)
				svc := memory().connect(t, host)
				began := time.Now()
				leads, err := svc.System.Leads(t.Context())
				require.NoError(t, err)
				assert.Equal(t, want, leads)
				assert.Zero(t, time.Since(began))
			})
		})
		t.Run("waits for the tabs to agree that it "+state, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				tab(host, "negotiates")
				time.AfterFunc(5*time.Second, func() { tab(host, state) })
				svc := memory().connect(t, host)
				began := time.Now()
				leads, err := svc.System.Leads(t.Context())
				require.NoError(t, err)
				assert.Equal(t, want, leads)
				waited := time.Since(began)
				assert.True(t, waited >= 5*time.Second && waited <= 7*time.Second, waited)
				assert.Less(t, len(host.Requests()), 20, "seldom enough for a rate limit")
			})
		})
	}

	t.Run("is not mistaken about a tab that comes to lead between its two questions", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost() // which leads
			host.Fault(wwetest.Fault{Request: "system.isFrameLeading", Data: "false", Next: 1})
			svc := memory().connect(t, host)
			leads, err := svc.System.Leads(t.Context())
			require.NoError(t, err)
			assert.True(t, leads)
		})
	})

	t.Run("ends where the tabs do not agree, after the time of any call", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			tab(host, "negotiates")
			svc := memory().connect(t, host)
			began := time.Now()
			leads, err := svc.System.Leads(t.Context())
			assert.False(t, leads)
			require.ErrorIs(t, err, wwe.ErrTimeout)
			assert.Equal(t, 8*time.Second, time.Since(began))
		})
	})

	t.Run("ends with its context, and gives its cause", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			tab(host, "negotiates")
			svc := memory().connect(t, host)
			why := errors.New("the panel was closed")
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(why) })
			_, err := svc.System.Leads(ctx)
			assert.Equal(t, why, err)
		})
	})

	t.Run("gives WWE's refusal, and an answer that is no boolean", func(t *testing.T) {
		for _, request := range []string{"system.isFrameLeading", "system.isFrameLeadingOrNegotiating"} {
			host := wwetest.NewHost()
			tab(host, "follows")
			svc := memory().connect(t, host)
			host.Fault(wwetest.Fault{Request: request, Refuse: "no"})
			_, err := svc.System.Leads(t.Context())
			var refused *wwe.RequestError
			require.ErrorAs(t, err, &refused)
			host.Fault(wwetest.Fault{Request: request, Data: `"true"`})
			_, err = svc.System.Leads(t.Context())
			var odd *wwe.DataError
			require.ErrorAs(t, err, &odd)
			assert.Equal(t, request, odd.Request)
		}
	})
}

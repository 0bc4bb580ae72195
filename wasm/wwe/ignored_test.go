//go:build !js

package wwe_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// One request that WWE ignores is not a broken connection, whatever WWE says
// to the check that follows it.
func TestAnIgnoredRequestLosesNoEvents(t *testing.T) {
	for name, check := range map[string]wwetest.Fault{
		"granted again":                        {Request: "nothing"},
		"refused, as it is subscribed already": {Request: "subscribe", Refuse: "already subscribed"},
		"ignored once too":                     {Request: "subscribe", Next: 1},
	} {
		t.Run("the subscription is "+name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc := memory().connect(t, host)
				sub := subscribed(t, svc, "system")
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				host.Fault(wwetest.Fault{Request: "interaction.accept"})
				host.Fault(check)
				require.ErrorIs(t, svc.Interaction.Accept(t.Context(), "1"), wwe.ErrTimeout)
				time.Sleep(time.Minute)
				host.Emit("system", "1")
				host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(time.Second)
				assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, sub))
				require.NoError(t, w.Err())
				require.NoError(t, w.Stale())
				assert.Equal(t, host.Interactions(), w.Interactions())
				assert.Equal(t, 1, host.Subscriptions("system"))
			})
		})
	}
}

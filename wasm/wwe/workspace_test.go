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

// watched runs f in a bubble of time, with a Workspace whose messages the test lets through.
func watched(t *testing.T, f func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace)) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		box := newPostbox(host)
		svc, err := wwe.Connect(t.Context(), wwe.WithTransport(box.open))
		require.NoError(t, err)
		defer svc.Close()
		watching := wwe.Async(func() (*wwe.Workspace, error) { return svc.Watch(t.Context()) })
		box.pass(time.Second)
		r := <-watching
		require.NoError(t, r.Err)
		drain(r.Value.Changed())
		f(t, host, box, svc, r.Value)
	})
}

func drain(changed <-chan struct{}) (signals int) {
	for {
		synctest.Wait()
		select {
		case _, open := <-changed:
			if !open {
				return signals
			}
			signals++
		default:
			return signals
		}
	}
}

func TestAReadingThatEventsOvertookIsReadAgain(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		desk, err := host.Connect()
		require.NoError(t, err)
		defer desk.Close()
		id := host.Ring(wwetest.Call{ANI: "1"})
		box.deliver(3, eventsFirst) // RINGING of an unknown interaction: read; the answer waits
		require.NoError(t, desk.Interaction.SetUserData(t.Context(), id, wwe.UserData{"k": "v"}))
		box.deliver(1, eventsFirst)
		box.pass(time.Second)
		assert.Equal(t, host.Interactions(), w.Interactions())
	})
}

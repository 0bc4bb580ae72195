//go:build !js

package wwe_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// limited is a Service that has used up its limit of so many a minute.
func limited(t *testing.T, host *wwetest.Host, perMinute int) *wwe.Service {
	svc := memory().connect(t, host, wwe.WithRateLimit(perMinute), wwe.WithTimeout(1000*time.Hour))
	for range perMinute {
		require.NoError(t, svc.Messenger.BroadcastMessage(t.Context(), "c", 1))
	}
	return svc
}

func names(host *wwetest.Host, from int) (names []string) {
	for _, request := range host.Requests()[from:] {
		name := request.Name
		if len(request.Parameters) > 0 {
			name += " " + string(request.Parameters[0])
		}
		names = append(names, name)
	}
	return names
}

func TestUnderTheRateLimit(t *testing.T) {
	promise := func(name string, f func(t *testing.T, host *wwetest.Host, svc *wwe.Service)) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				f(t, host, limited(t, host, 1))
			})
		})
	}
	promise("commands go before questions, and a block of mark done before everything", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		for _, request := range []string{"interaction.getInteractions", "system.isFrameLeading", "interaction.accept", "outbound.getPreviewRecord",
			"system.amIVisible", "interaction.blockMarkdone"} {
			svc.Go(t.Context(), request)
		}
		time.Sleep(10 * time.Minute)
		assert.Equal(t, []string{"interaction.blockMarkdone", "interaction.accept", "outbound.getPreviewRecord",
			"interaction.getInteractions", "system.isFrameLeading", "system.amIVisible"}, names(host, 1))
	})
	promise("each keeps its order, and questions do not starve", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		for n := range 7 {
			svc.Go(t.Context(), "agent.get", n)
			svc.Go(t.Context(), "voice.hold", n)
		}
		time.Sleep(20 * time.Minute)
		assert.Equal(t, []string{"voice.hold 0", "voice.hold 1", "voice.hold 2", "agent.get 0", "voice.hold 3", "voice.hold 4", "voice.hold 5",
			"agent.get 1", "voice.hold 6", "agent.get 2", "agent.get 3", "agent.get 4", "agent.get 5", "agent.get 6"}, names(host, 1))
	})
	promise("an Accept goes out with the next minute, however much Watch reads", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		for range 3 {
			go func() {
				w, err := svc.Watch(t.Context())
				if err == nil {
					_ = w.Close()
				}
			}()
		}
		synctest.Wait()
		began := time.Now()
		id := host.Ring(wwetest.Call{})
		require.NoError(t, svc.Interaction.Accept(t.Context(), id))
		assert.LessOrEqual(t, time.Since(began), time.Minute)
		time.Sleep(5 * time.Minute)
	})
	promise("10,000 calls that were cancelled leave at once, and cost the next one nothing", func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		ctx, cancel := context.WithCancel(t.Context())
		var waiting []<-chan wwe.Result[wwe.JSON]
		for n := range 10_000 {
			waiting = append(waiting, svc.Go(ctx, "voice.hold", n))
		}
		next := svc.Go(t.Context(), "voice.resume", "next")
		cancel()
		for _, result := range waiting {
			require.ErrorIs(t, (<-result).Err, context.Canceled)
		}
		assert.Equal(t, 1, svc.Waiting())
		<-next
		assert.Equal(t, []string{`voice.resume "next"`}, names(host, 1))
		assert.Zero(t, svc.Waiting())
	})
}

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

// A snapshot that is under way may still come, so its 8 s count.
func TestAMirrorDoesNotEndItsPauseWhenWWEIsBack(t *testing.T) {
	for name, c := range map[string]struct {
		fault wwetest.Fault
		wait  time.Duration
		back  func(host *wwetest.Host, box *postbox, svc *wwe.Service)
	}{
		"after silence, with the answer to another call": {
			wwetest.Fault{Kind: wwetest.FaultKindSilence},
			8 * time.Second,
			func(_ *wwetest.Host, _ *postbox, svc *wwe.Service) { svc.Go(context.Background(), "agent.get") },
		},
		"after silence, with an event": {
			wwetest.Fault{Kind: wwetest.FaultKindSilence},
			8 * time.Second,
			func(host *wwetest.Host, _ *postbox, _ *wwe.Service) { host.Emit(wwe.TopicInteraction, `{}`) },
		},
		"after refusals, with a restart": {
			wwetest.Fault{Request: "interaction.getInteractions", Refuse: "not now"},
			0,
			func(host *wwetest.Host, box *postbox, _ *wwe.Service) {
				host.Restart()
				box.restart()
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, later := range []time.Duration{0, 4 * time.Second, 13 * time.Second, 22 * time.Second} {
				watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
					host.Emit(wwe.TopicInteraction, `{}`)
					host.Fault(c.fault)
					box.pass(5*time.Minute + later)
					host.Ring(wwetest.Call{ANI: "1"})
					box.drop()
					host.ClearFaults()
					require.Error(t, w.Stale())
					c.back(host, box, svc)
					box.pass(c.wait + 300*time.Millisecond)
					synctest.Wait()
					require.NoError(t, w.Stale())
					assert.Equal(t, host.Interactions(), w.Interactions())
				})
			}
		})
	}
}

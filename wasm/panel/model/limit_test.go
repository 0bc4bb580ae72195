package model_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// What the panel's own limit keeps back says nothing of WWE.
func TestABurstUnderTheRateLimitIsNoLostConnection(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.open(func(o *model.Options) {
			o.Connect = func(context.Context) (*wwe.Service, error) { return r.host.Connect(wwe.WithRateLimit(10)) }
		})
		for range 3 {
			for range 8 {
				gone := r.host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(time.Second)
				require.NoError(r, r.host.HangUp(gone))
			}
			for range 60 {
				require.Equal(r, model.Live, r.model.View().Phase)
				time.Sleep(time.Second)
			}
		}
		for _, e := range r.model.View().History {
			assert.NotContains(r, []model.EntryKind{model.LostConnection, model.Recovered, model.NoConnection}, e.Kind)
		}
		assert.Equal(r, len(r.host.Interactions()), r.model.View().Count)
		id := r.host.Ring(wwetest.Call{ANI: "1"})
		r.settle()
		assert.True(r, r.do(model.Task{Action: model.Accept, On: id}))
	})
}

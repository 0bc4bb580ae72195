package model_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAnInteractionThatCannotBeReadIsNoLostConnection(t *testing.T) {
	for name, data := range map[string]wwe.JSON{
		"one of several": `[{"interactionId":"1","state":"TALKING","media":"voice"},{"state":"RINGING"}]`,
		"all of them":    `{"interactions":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			with(t, func(r *rig) {
				r.stop()
				r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: data})
				r.open()
				v := r.model.View()
				assert.Equal(t, model.Live, v.Phase)
				assert.Equal(t, name == "one of several", len(v.Cases) == 1)
				require.Len(t, v.Failures, 1)
				f := v.Failures[0]
				assert.Equal(t, []any{model.ReasonUnreadable, wwe.CategoryAuthor}, []any{f.Reason, f.Who})
				assert.Contains(t, f.Error, "wwe: interaction.getInteractions: data")
				for _, w := range words.All {
					assert.NotEmpty(t, w.Failed.Text(f.Action))
					assert.Contains(t, w.Why(f), f.Error)
				}

				r.model.Dismiss(f.ID)
				time.Sleep(2 * time.Minute)
				assert.Empty(t, r.model.View().Failures, "once is enough")

				r.host.ClearFaults()
				r.call()
				time.Sleep(time.Minute)
				v = r.model.View()
				assert.Equal(t, model.Live, v.Phase)
				assert.False(t, v.Recovered, "nothing was lost")
				assert.Empty(t, v.Failures)
			})
		})
	}
}

func TestWhatCannotBeReadGoesWhenItIsOver(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: `[{"interactionId":"71"},7]`})
		r.open()
		require.Len(t, r.model.View().Failures, 1)
		r.host.ClearFaults()
		r.call()
		time.Sleep(time.Minute)
		assert.Empty(t, r.model.View().Failures)
	})
}

func TestAgentStatesSurviveAnOddOne(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Fault(wwetest.Fault{Request: "agent.getStateList", Data: `[{"type":"READY","operationName":"Ready"},"NotReady"]`})
		r.host.Fault(wwetest.Fault{Request: "media.getMediaList", Data: `[7,{"media":"voice"}]`})
		r.host.Fault(wwetest.Fault{Request: "system.getAllowedServices", Data: `["agent.*","media.*",{"name":"voice.dial"}]`})
		r.host.Fault(wwetest.Fault{Request: "agent.get", Data: `{"firstname":"Alex","lastname":7,"username":{}}`})
		r.open()
		agent := r.model.View().Agent
		assert.Equal(t, []wwe.MediaState{{Type: "READY", OperationName: "Ready"}}, agent.Choices)
		assert.Equal(t, []wwe.Media{{Name: "voice"}}, agent.Media)
		assert.Equal(t, "Alex 7", agent.Name)
		assert.True(t, agent.MayChange)
		assert.NotContains(t, r.offers(), model.Hold, "the names that can be read count")
	})
}

package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAnOddPropertyTakesNoCallFromThePanel(t *testing.T) {
	for name, property := range map[string]string{
		"connId is a number":        `"connId":12345`,
		"ani is a number":           `"ani":33140000001`,
		"dnis is a number":          `"dnis":8000`,
		"caseId is a number":        `"caseId":7`,
		"a party's number is one":   `"parties":[{"name":"Ann","phoneNumber":1002}]`,
		"contact is a string":       `"contact":"Ann"`,
		"userData is an array":      `"userData":[]`,
		"isConsultation is 0":       `"isConsultation":0`,
		"parties is an object":      `"parties":{}`,
		"user data is 600 deep":     `"userData":{"a":` + strings.Repeat(`[`, 600) + strings.Repeat(`]`, 600) + `}`,
		"a number is out of range":  `"userData":{"a":1e999}`,
		"state is an array":         `"state":[]`,
		"interactionId is a number": `"interactionId":2`,
	} {
		odd := `{"interactionId":"2","state":"TALKING","media":"voice",` + property + `}`
		shows := func(r *rig) {
			v := r.model.View()
			assert.Equal(r, model.Live, v.Phase)
			assert.Equal(r, 2, v.Count)
			assert.Empty(r, v.Failures)
			assert.False(r, v.Recovered)
		}
		t.Run("when it opens: "+name, func(t *testing.T) {
			with(t, func(r *rig) {
				r.stop()
				r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: wwe.JSON(`[{"interactionId":"1","state":"TALKING","media":"voice"},` + odd + `]`)})
				r.open()
				shows(r)
			})
		})
		t.Run("with an event: "+name, func(t *testing.T) {
			with(t, func(r *rig) {
				r.call()
				r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: wwe.JSON(`[{"interactionId":"1","state":"TALKING","media":"voice"},` + odd + `]`)})
				r.host.Emit(wwe.TopicInteraction, wwe.JSON(`{"eventType":"ESTABLISHED","interaction":`+odd+`}`))
				r.settle()
				shows(r)
			})
		})
	}
}

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
				assert.NotEmpty(t, words.English.Failed.Text(f.Action))
				assert.Contains(t, words.English.Why(f), f.Error)

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

package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

const writeAllowed = "service-client-api.user-data.write-allowed"

// onlyFailure is the one that is shown.
func onlyFailure(t *testing.T, r *rig) *model.Failure {
	t.Helper()
	failures := r.model.View().Failures
	require.Len(t, failures, 1)
	return failures[0]
}

// Who tries again is refused again: WWE's administrator alone can allow the key.
func TestAKeyThatWWEsOptionForbidsNamesTheOption(t *testing.T) {
	for promise, test := range map[string]struct {
		listed string // what WWE says of its option; "" if it says nothing
		reason model.Reason
	}{
		"which this page may read":     {"Reason, Outcome", model.ReasonKey},
		"which this page may not read": {"", model.ReasonRefused},
	} {
		t.Run(promise, func(t *testing.T) {
			with(t, func(r *rig) {
				r.stop()
				r.host.Configure(func(c *wwetest.Config) {
					c.WriteAllowed = "Reason"
					if test.listed != "" {
						c.Options = map[string]string{"interaction-workspace/" + writeAllowed: test.listed}
					}
				})
				r.open()
				id := r.call()
				for _, action := range []model.Action{model.SetUserData, model.DeleteUserData} {
					assert.False(t, r.do(model.Task{Action: action, On: id, Key: "Segment", Value: "Gold"}))
					f := onlyFailure(t, r)
					assert.Equal(t, []any{test.reason, wwe.CategoryConfiguration, writeAllowed}, []any{f.Reason, f.Who, f.Option})
					r.model.Dismiss(f.ID)
				}
				if test.listed != "" {
					r.host.Fault(wwetest.Fault{Request: "interaction.consult", Refuse: "the user data may not be written"})
					assert.False(t, r.do(model.Task{Action: model.Consult, On: id, Target: wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"},
						UserData: wwe.UserData{"Reason": "x", "Segment": "Gold"}}))
					f := onlyFailure(t, r)
					assert.Equal(t, []any{model.ReasonKey, "Segment", writeAllowed}, []any{f.Reason, f.Said, f.Option})
				}
			})
		})
	}
}

func TestUserDataThatWWERefusesForAnotherReasonIsTheAgentsToFix(t *testing.T) {
	t.Run("where its option allows every key", func(t *testing.T) {
		with(t, func(r *rig) {
			r.stop()
			r.host.Configure(func(c *wwetest.Config) { c.Options = map[string]string{"interaction-workspace/" + writeAllowed: "*"} })
			r.open()
			id := r.call()
			r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Refuse: "not now"})
			assert.False(t, r.do(model.Task{Action: model.SetUserData, On: id, Key: "Segment", Value: "Gold"}))
			f := onlyFailure(t, r)
			assert.Equal(t, []any{model.ReasonRefused, wwe.CategoryAgent, ""}, []any{f.Reason, f.Who, f.Option})
		})
	})
	t.Run("where the call is over", func(t *testing.T) {
		with(t, func(r *rig) {
			id := r.call()
			require.NoError(t, r.host.HangUp(id))
			r.settle()
			r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Refuse: "it is released"})
			assert.False(t, r.do(model.Task{Action: model.SetUserData, On: id, Key: "Segment", Value: "Gold"}))
			assert.Equal(t, wwe.CategoryAgent, onlyFailure(t, r).Who)
		})
	})
}

func TestTheKeysThatMayNotBeWrittenSayWhy(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Configure(func(c *wwetest.Config) {
			c.Options = map[string]string{"interaction-workspace/" + writeAllowed: "Reason"}
		})
		r.open()
		require.NoError(t, r.host.Answer(r.host.Ring(wwetest.Call{UserData: wwe.UserData{"Reason": "x", "Segment": "Gold"}})))
		r.settle()
		keys := r.model.View().Selected.Keys
		assert.Equal(t, []string{"", writeAllowed}, []string{keys[0].Option, keys[1].Option})
	})
}

func TestEqualFailuresAreOneWithACount(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		hold := model.Task{Action: model.Hold, On: id}
		refuse := func(words string) {
			r.host.ClearFaults()
			r.host.Fault(wwetest.Fault{Request: "voice.hold", Refuse: words})
		}
		refuse("not now")
		for n := range 3 {
			assert.False(t, r.do(hold))
			assert.Equal(t, n+1, onlyFailure(t, r).Times)
		}
		refuse("for another reason")
		assert.False(t, r.do(hold))
		assert.Equal(t, 1, onlyFailure(t, r).Times)
		r.host.ClearFaults()
		assert.True(t, r.do(hold))
		assert.Empty(t, r.model.View().Failures, "it has succeeded")
	})
}

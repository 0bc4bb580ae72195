package model_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// asked counts the requests of this name that WWE has got; "" is any.
func (r *rig) asked(name string) (count int) {
	for _, request := range r.host.Requests() {
		if name == "" || request.Name == name {
			count++
		}
	}
	return count
}

const check = "system.getAllowedServices"

func TestASilentWWEShows(t *testing.T) {
	phase := func(r *rig) model.Phase { return r.model.View().Phase }
	t.Run("after a minute without a sign of life, as the answer to a check does not come", func(t *testing.T) {
		with(t, func(r *rig) {
			r.call()
			silent := time.Now()
			time.Sleep(4 * time.Second) // if the events came during a snapshot, the panel takes another one after 3 seconds
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			time.Sleep(51 * time.Second)
			assert.Equal(r, model.Live, phase(r))
			time.Sleep(25 * time.Second)
			v := r.model.View()
			require.Equal(r, model.Lost, v.Phase)
			assert.Equal(r, model.ReasonSilent, v.Problem.Reason)
			assert.WithinDuration(r, silent, v.Since, 3*time.Second, "what is shown is as old as that")
			assert.NotNil(r, v.Selected, "what was there stays in sight")
			assert.Empty(r, v.Failures, "the agent has done nothing that failed")
			last := v.History[len(v.History)-1]
			assert.Equal(r, model.LostConnection, last.Kind)
			assert.Equal(r, model.Assertive, last.Level)

			r.host.ClearFaults()
			time.Sleep(time.Minute)
			assert.Equal(r, model.Live, phase(r), "until it answers again")
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			time.Sleep(2 * time.Minute)
			assert.Equal(r, model.Lost, phase(r), "and the next time too")
			r.host.ClearFaults()
		})
	})
	t.Run("but one that answers is asked at most once a minute", func(t *testing.T) {
		with(t, func(r *rig) {
			r.call()
			before := r.asked("")
			time.Sleep(time.Hour)
			assert.Equal(r, model.Live, phase(r))
			assert.InDelta(r, 60, r.asked("")-before, 2)
		})
	})
	t.Run("but one that refuses to say what this page may do is there", func(t *testing.T) {
		with(t, func(r *rig) {
			r.call()
			r.host.Fault(wwetest.Fault{Request: check, Refuse: "no"})
			defer r.host.ClearFaults()
			time.Sleep(time.Hour)
			assert.Equal(r, model.Live, phase(r))
			assert.False(r, r.model.View().Recovered)
			assert.Empty(r, r.model.View().Failures)
		})
	})
	t.Run("but one that ignores nothing but the check is there", func(t *testing.T) {
		with(t, func(r *rig) {
			r.call()
			r.host.Fault(wwetest.Fault{Request: check})
			defer r.host.ClearFaults()
			for range 600 {
				time.Sleep(time.Second)
				require.Equal(r, model.Live, phase(r))
			}
		})
	})
}

func TestWWEIsNotAskedWhetherItIsThere(t *testing.T) {
	tests := map[string]func(r *rig){
		"while no work is open": func(r *rig) { time.Sleep(time.Hour) },
		"after the last interaction is gone": func(r *rig) {
			id := r.call()
			require.NoError(r, r.host.HangUp(id))
			require.NoError(r, r.host.MarkDone(id))
			r.settle()
			time.Sleep(time.Hour)
		},
		"while events of interactions come": func(r *rig) {
			id := r.call()
			for range 60 {
				time.Sleep(50 * time.Second)
				require.NoError(r, r.host.SetUserData(id, wwe.UserData{"At": time.Now().String()}))
			}
		},
		"while events of the agent come": func(r *rig) {
			r.call()
			for n := range 60 {
				time.Sleep(50 * time.Second)
				require.NoError(r, r.host.SetAgentState([]string{"NotReady", "Ready"}[n%2]))
			}
		},
		"while it answers what the agent does": func(r *rig) {
			id := r.call()
			for range 60 {
				time.Sleep(50 * time.Second)
				r.model.Do(model.Task{Action: model.UnblockMarkDone, On: id}, nil)
			}
		},
		"by a panel that is gone": func(r *rig) {
			r.call()
			r.stop()
			time.Sleep(time.Hour)
			r.open()
		},
	}
	for promise, during := range tests {
		t.Run(promise, func(t *testing.T) {
			with(t, func(r *rig) {
				before := r.asked(check)
				during(r)
				if promise == "by a panel that is gone" {
					before++ // as it opens
				}
				assert.Equal(r, before, r.asked(check))
			})
		})
	}
}

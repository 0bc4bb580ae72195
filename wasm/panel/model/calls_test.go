package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func (r *rig) ringing() (from []string) {
	for _, ring := range r.model.View().Ringing {
		from = append(from, model.Who(ring.Interaction))
	}
	return from
}

func TestWhatRings(t *testing.T) {
	with(t, func(r *rig) {
		assert.Empty(t, r.ringing())
		first := r.host.Ring(wwetest.Call{ANI: "+33 1"})
		r.host.Ring(wwetest.Call{ANI: "+33 2"})
		r.settle()
		assert.Equal(t, []string{"+33 1", "+33 2"}, r.ringing())
		require.NoError(t, r.host.Answer(first))
		r.settle()
		assert.Equal(t, []string{"+33 2"}, r.ringing(), "a call that is answered rings no more")
		r.host.Fault(wwetest.Fault{})
		r.model.Do(model.Task{Action: model.Hold, On: first}, nil)
		time.Sleep(time.Minute)
		assert.Equal(t, model.Lost, r.model.View().Phase)
		assert.Empty(t, r.ringing(), "nor does what WWE does not confirm any more")
	})
	with(t, func(r *rig) {
		_, err := r.host.Dial(wwetest.Call{DNIS: "+33 3"})
		require.NoError(t, err)
		r.settle()
		assert.Empty(t, r.ringing(), "what the agent dials rings elsewhere")
	})
}

func TestAToastIsShownWhileSomethingRingsUnseen(t *testing.T) {
	hidden := func(r *rig) { r.host.Fault(wwetest.Fault{Request: "system.amIVisible", Data: "false"}) }
	begin := func(r *rig) (id string) {
		id = r.host.Ring(wwetest.Call{ANI: "+33 1"})
		r.settle()
		r.model.Toast(r.model.View().Ringing[0].Key, "+33 1", "Inbound call")
		r.settle()
		return id
	}
	with(t, func(r *rig) {
		hidden(r)
		id := begin(r)
		require.Len(t, r.host.Toasts(), 1)
		assert.Equal(t, "+33 1", r.host.Toasts()[0].Title)
		assert.Equal(t, "Inbound call", r.host.Toasts()[0].Message)
		require.NoError(t, r.host.Answer(id))
		r.settle()
		assert.Empty(t, r.host.Toasts(), "it closes with the ring")
	})
	with(t, func(r *rig) {
		begin(r)
		assert.Empty(t, r.host.Toasts(), "the agent sees the panel")
	})
	with(t, func(r *rig) {
		hidden(r)
		id := r.host.Ring(wwetest.Call{ANI: "+33 1"})
		r.settle()
		key := r.model.View().Ringing[0].Key
		require.NoError(t, r.host.Answer(id))
		r.settle()
		r.model.Toast(key, "+33 1", "Inbound call")
		r.settle()
		assert.Empty(t, r.host.Toasts(), "it rings no more")
	})
	with(t, func(r *rig) {
		hidden(r)
		begin(r)
		r.stop()
		assert.Empty(t, r.host.Toasts(), "the panel is unmounted")
		r.open()
	})
}

func (r *rig) dial(number string) (problem string) {
	r.Helper()
	said := make(chan string, 1)
	r.model.Call(number, func(problem string) { said <- problem })
	problem = <-said
	r.settle()
	return problem
}

func TestANumberIsDialled(t *testing.T) {
	with(t, func(r *rig) {
		assert.Equal(t, model.Dialing{Allowed: true}, r.model.View().Dialing)
		assert.Empty(t, r.dial(" +33 (1) 40-00 "))
		require.Len(t, r.host.Interactions(), 1)
		assert.Equal(t, "+33 (1) 40-00", r.host.Interactions()[0].DNIS, "as it was typed")
		assert.True(t, r.model.View().Dialing.Busy)
		assert.Contains(t, r.dial("2"), "has a call")
		assert.Len(t, r.host.Interactions(), 1)
		id := r.host.Interactions()[0].InteractionID
		require.NoError(t, r.host.Do(id, wwetest.ActionAnswer))
		r.settle()
		assert.True(t, r.do(model.Task{Action: model.Hold, On: id}))
		assert.False(t, r.model.View().Dialing.Busy, "on hold the call does not need the agent")
		assert.Contains(t, r.dial(" "), "empty")
		r.host.Fault(wwetest.Fault{Request: "voice.dial", Refuse: "Invalid Destination DN"})
		assert.Contains(t, r.dial("9"), "Invalid Destination DN")
		require.Len(t, r.model.View().Failures, 1)
		assert.Equal(t, model.Dial, r.model.View().Failures[0].Action)
	})
	with(t, func(r *rig) {
		r.host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "* (interaction.*, system.*)" })
		r.stop()
		r.open()
		assert.False(t, r.model.View().Dialing.Allowed)
		assert.Contains(t, r.dial("1"), "does not allow")
	})
}

func TestANumberIsDialledOnceHoweverOftenTheAgentPresses(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Fault(wwetest.Fault{Request: "voice.dial", Kind: wwetest.FaultKindDelay, Delay: time.Second})
		succeeded := make(chan bool, 1)
		require.True(t, r.model.Do(model.Task{Action: model.Dial, Number: "1"}, func(ok bool) { succeeded <- ok }))
		assert.True(t, r.model.View().Dialing.Pending)
		assert.Contains(t, r.dial("1"), "is being dialled")
		assert.True(t, <-succeeded)
		assert.True(t, r.model.View().Dialing.Busy, "until the call is there, the number is being dialled")
	})
}

func destinations(suggestions []model.Suggestion) (all []string) {
	for _, s := range suggestions {
		all = append(all, s.Destination)
	}
	return all
}

func TestRecentTargetsAreSuggestedAcrossAReload(t *testing.T) {
	with(t, func(r *rig) {
		for n := range 12 {
			require.Empty(t, r.dial(fmt.Sprint("+33 ", n)))
			id := r.host.Interactions()[0].InteractionID
			require.NoError(t, r.host.HangUp(id))
			require.NoError(t, r.host.MarkDone(id))
			r.settle()
		}
		id := r.call()
		require.True(t, r.do(model.Task{Action: model.Conference, On: id, Target: wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"}}))
		numbers := destinations(r.model.Suggestions(wwe.TargetTypeCustomContact))
		assert.Equal(t, []string{"+33 11", "+33 10", "+33 9"}, numbers[:3], "the latest first")
		assert.Equal(t, []string{"1002"}, destinations(r.model.Suggestions(wwe.TargetTypeAgent)))
		assert.Len(t, numbers, 9+1, "ten targets are kept, and the colleague in the conference has a number")
		assert.Equal(t, "1002", numbers[9])
		r.stop()
		r.open()
		assert.Equal(t, numbers[:9], destinations(r.model.Suggestions(wwe.TargetTypeCustomContact))[:9])
	})
}

func TestNumbersThatCanBeDialled(t *testing.T) {
	for text, want := range map[string]string{"+33 (1) 40-00.00/01": "+33 (1) 40-00.00/01", "1002": "1002", "anonymous": "", "12": "", "1+2+3": "", "": "", "1234567890123456": ""} {
		assert.Equal(t, want, model.Number(text), text)
	}
	with(t, func(r *rig) {
		id := r.call()
		require.NoError(t, r.host.SetUserData(id, wwe.UserData{
			"Order": "4711", "Due": "2024-05-12", "Account": "123456789", "Callback": "+33 1 40 00 00 01", "Local": "0140000001", "US": "(212) 555-0100",
			"PhoneNumber": "1002", "Link": "tel:+49-30-901820", "Odd": "tel:x", "Fax": 33,
		}))
		r.settle()
		numbers := map[string]string{}
		for _, k := range r.model.View().Selected.Keys {
			if k.Number != "" {
				numbers[k.Name] = k.Number
			}
		}
		assert.Equal(t, map[string]string{"Callback": "+33 1 40 00 00 01", "Local": "0140000001", "US": "(212) 555-0100",
			"PhoneNumber": "1002", "Link": "+49-30-901820"}, numbers)
	})
}

func TestTheHistoryKnowsWhomToCallBack(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Ring(wwetest.Call{ANI: "+33 1 40", DNIS: "+33 800"})
		r.settle()
		var numbers []string
		for _, e := range r.model.View().History {
			numbers = append(numbers, e.Number())
		}
		assert.Equal(t, []string{"+33 1 40"}, numbers)
	})
}

func TestTheMicrophoneIsMuted(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		assert.Contains(t, r.offers(), model.MuteMicrophone)
		assert.NotContains(t, r.offers(), model.UnmuteMicrophone)
		assert.True(t, r.do(model.Task{Action: model.MuteMicrophone, On: id}))
		assert.Contains(t, r.offers(), model.UnmuteMicrophone)
		assert.NotContains(t, r.offers(), model.MuteMicrophone)
		r.stop()
		r.open()
		assert.Contains(t, r.offers(), model.UnmuteMicrophone, "WWE knows it after a page reload")
		assert.True(t, r.do(model.Task{Action: model.UnmuteMicrophone, On: id}))
		assert.Contains(t, r.offers(), model.MuteMicrophone)
	})
}

func TestWithoutASIPEndpointNothingCanBeMuted(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Fault(wwetest.Fault{Request: "sipEndpoint.isMicrophoneMute", Refuse: "no endpoint"})
		r.call()
		assert.NotContains(t, r.offers(), model.MuteMicrophone)
		assert.Empty(t, r.model.View().Failures)
	})
}

func TestSelectSaysWhetherTheInteractionIsThere(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		assert.True(t, r.model.Select(id))
		assert.False(t, r.model.Select("99"))
	})
}

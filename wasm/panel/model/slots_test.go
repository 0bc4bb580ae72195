package model

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
)

var everyState = []wwe.State{
	wwe.StateUnknown, wwe.StateIdle, wwe.StateRinging, wwe.StateDialing, wwe.StateTalking, wwe.StateHeld, wwe.StatePreview, wwe.StateInvited,
	wwe.StateAccepted, wwe.StateCreated, wwe.StatePulled, wwe.StateRevoked, wwe.StateCompleted, wwe.StateError, wwe.StateSaved, wwe.StateTransferring,
	wwe.StateTransferCompleted, wwe.StateInvitedConference, wwe.StateLeftConference, wwe.StateUserDataAttached, wwe.StateUserDataUpdated,
	wwe.StateJoinPending, wwe.StateJoinFailed, wwe.StateHistoryInProgress, wwe.StateHistoryDone, wwe.StateCancelled, wwe.StateSent, wwe.StateReady,
	wwe.StateCanceled, wwe.StateRejected, "PARKED",
}

// eachItem visits an item of each kind in each state, with and without a
// consultation in each state about it, and that consultation.
func eachItem(visit func(what string, i *Item)) {
	for _, media := range []string{"voice", "chat", "email", "workitem", "outboundpreview", ""} {
		for _, state := range everyState {
			for _, other := range append([]wwe.State{"none"}, everyState...) {
				for _, recording := range []wwe.RecordingState{"", wwe.RecordingStateRunning, wwe.RecordingStatePaused, wwe.RecordingStateStopped} {
					m := New(Options{})
					now := []wwe.Interaction{{InteractionID: "1", CaseID: "c", Media: media, State: state, RecordingState: recording}}
					if other != "none" {
						now = append(now, wwe.Interaction{InteractionID: "2", CaseID: "c", Media: media, State: other, IsConsultation: true, ParentInteractionID: "1"})
					}
					m.holds(now...)
					for _, c := range m.View().Cases {
						for _, i := range c.Items {
							visit(fmt.Sprintf("%s %s %s, consultation %s, looking at %s", media, state, recording, other, i.InteractionID), i)
						}
					}
				}
			}
		}
	}
}

func TestEachSlotHasOneActionAtATime(t *testing.T) {
	eachItem(func(what string, i *Item) {
		placed := 0
		for _, slot := range slices.Concat(Bar[:], MoreBar[:]) {
			offered := 0
			for _, a := range slot {
				if i.Offer(a) != nil {
					offered++
				}
			}
			if offered > 1 {
				assert.Failf(t, "two actions in one place", "%s: %v", what, slot)
			}
			placed += offered
		}
		for _, o := range i.Offers {
			if o.Action == Accept || o.Action == Reject { // which have a place of their own
				placed++
			}
		}
		if placed != len(i.Offers) {
			assert.Failf(t, "an action has no place, or several", "%s: %v", what, i.Offers)
		}
	})
}

func TestWhatEndsSomethingSharesItsPlaceWithNothingElse(t *testing.T) {
	for _, slot := range slices.Concat(Bar[:], MoreBar[:]) {
		for _, a := range []Action{HangUp, MarkDone, StopRecording} {
			if slices.Contains(slot, a) {
				assert.Equal(t, Slot{a}, slot)
			}
		}
		assert.NotContains(t, slot, Accept)
		assert.NotContains(t, slot, Reject)
	}
}

func TestTheActionsOfAConsultationSayWhomTheyActOn(t *testing.T) {
	m := New(Options{})
	customer := wwe.Interaction{InteractionID: "1", CaseID: "c", Media: "voice", State: wwe.StateHeld, Contact: &wwe.Contact{DisplayName: "Marie Durand"}}
	colleague := wwe.Interaction{InteractionID: "2", CaseID: "c", Media: "voice", State: wwe.StateTalking, IsConsultation: true, ParentInteractionID: "1"}
	m.holds(customer, colleague)
	on := func(of string) map[Action]string {
		all := map[Action]string{}
		for _, i := range m.View().Cases[0].Items {
			if i.InteractionID != of {
				continue
			}
			require.NotNil(t, i.Customer)
			assert.Equal(t, "Marie Durand", Who(i.Customer))
			for _, o := range i.Offers {
				all[o.Action] = o.On
			}
		}
		return all
	}
	assert.Equal(t, map[Action]string{BackToCustomer: "1", EndConsultation: "2", CompleteTransfer: "2", CompleteConference: "2", HangUp: "1", StartRecording: "2"}, on("2"))
	assert.Equal(t, map[Action]string{Resume: "1", EndConsultation: "2", CompleteTransfer: "2", CompleteConference: "2", HangUp: "1", StartRecording: "1", BlockMarkDone: "1"}, on("1"))
	assert.Equal(t, "voice.resume", BackToCustomer.Request())
	assert.Equal(t, "voice.hangUp", EndConsultation.Request())
}

func TestTheCallOfAPreviewIsSelected(t *testing.T) {
	preview := wwe.Interaction{InteractionID: "1", InteractionUUID: "u1", CaseID: "c1", Media: "outboundpreview", State: wwe.StateReady}
	called := wwe.Interaction{InteractionID: "2", InteractionUUID: "u2", CaseID: "c1", Media: "voice", State: wwe.StateDialing}
	elsewhere := called
	elsewhere.CaseID = "c2"
	for promise, test := range map[string]struct {
		call wwe.Interaction
		want string
	}{"when it begins": {called, "2"}, "but no other call": {elsewhere, "1"}} {
		t.Run(promise, func(t *testing.T) {
			m := New(Options{})
			m.holds(preview)
			m.holds(preview, test.call)
			assert.Equal(t, test.want, m.View().Selected.InteractionID)
		})
	}
}

func TestAPreviewIsCalledOnce(t *testing.T) {
	preview := wwe.Interaction{InteractionID: "1", InteractionUUID: "u1", CaseID: "c1", Media: "outboundpreview", State: wwe.StatePreview}
	m := New(Options{})
	offers := func(more ...wwe.Interaction) bool {
		m.holds(append([]wwe.Interaction{preview}, more...)...)
		m.Select("1")
		return m.View().Selected.Offer(CallPreview) != nil
	}
	assert.False(t, offers(), "before it is accepted")
	preview.State = wwe.StateReady
	assert.True(t, offers())
	called := wwe.Interaction{InteractionID: "2", InteractionUUID: "u2", CaseID: "c1", Media: "voice", State: wwe.StateDialing}
	assert.False(t, offers(called), "while it is called")
	called.State = wwe.StateIdle
	assert.True(t, offers(called), "again, if the customer was not there")
}

func TestAConsultationThatBeginsIsSelected(t *testing.T) {
	customer, other := talk("1", true), talk("3", false)
	customer.Media, other.Media, other.CaseID = "voice", "voice", "c3"
	consultation := func(id, about string) wwe.Interaction {
		return wwe.Interaction{InteractionID: id, InteractionUUID: "u" + id, CaseID: customer.CaseID, Media: "voice", State: wwe.StateDialing, IsConsultation: true, ParentInteractionID: about}
	}
	t.Run("if the agent is at the call", func(t *testing.T) {
		m := New(Options{})
		m.holds(customer, other)
		m.Select("1")
		m.holds(customer, other, consultation("2", "1"))
		assert.Equal(t, "2", m.View().Selected.InteractionID)
		m.Select("1")
		m.holds(customer, other, consultation("2", "1"))
		assert.Equal(t, "1", m.View().Selected.InteractionID, "once")
		m.Select("2")
		m.holds(customer, other)
		assert.Equal(t, "1", m.View().Selected.InteractionID, "the call again, once it is over")
	})
	t.Run("not if the agent is at another call", func(t *testing.T) {
		m := New(Options{})
		m.holds(customer, other)
		m.Select("3")
		m.holds(customer, other, consultation("2", "1"))
		assert.Equal(t, "3", m.View().Selected.InteractionID)
	})
	t.Run("not as the page loads: then the agent is where the agent was", func(t *testing.T) {
		m := New(Options{Place: `{"case":"` + customer.CaseID + `","uuid":"` + customer.InteractionUUID + `"}`})
		m.holds(customer, consultation("2", "1"))
		assert.Equal(t, "1", m.View().Selected.InteractionID)
	})
}

func TestPlacesOfOffersAreKept(t *testing.T) {
	for name, test := range map[string]struct{ before, now, want []string }{
		"what comes is last":                  {[]string{"a"}, []string{"b", "a"}, []string{"a", "b"}},
		"what stays keeps its place":          {[]string{"a", "b"}, []string{"b"}, []string{"", "b"}},
		"an empty place is taken":             {[]string{"", "b"}, []string{"b", "c"}, []string{"c", "b"}},
		"also one that has just become empty": {[]string{"a", "b"}, []string{"b", "c"}, []string{"c", "b"}},
		"empty places at the end go":          {[]string{"a", "b"}, []string{"a"}, []string{"a"}},
		"and all of them with the last offer": {[]string{"", "b"}, nil, []string{}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, Places(test.before, test.now)) })
	}
}

// A colleague's consultation may stay in WWE once it has ended, as any other call.
func TestAConsultationThatHasEndedCanBeMarkedDone(t *testing.T) {
	m := New(Options{WrapUp: WrapUpOptions{Dispositions: []Disposition{{Value: "sold"}}, Required: true}})
	m.holds(wwe.Interaction{InteractionID: "1", CaseID: "c", Media: "voice", State: wwe.StateIdle, IsConsultation: true})
	offer := m.View().Selected.Offer(MarkDone)
	require.NotNil(t, offer)
	assert.False(t, offer.Waits)
	m.holds(wwe.Interaction{InteractionID: "1", CaseID: "c", Media: "email", State: wwe.StateAccepted, IsConsultation: true})
	assert.Nil(t, m.View().Selected.Offer(MarkDone))
}

package wwetest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// desktop is what the Host holds, as a request is expected to change it.
type desktop struct {
	t   *testing.T
	all []wwe.Interaction
}

func (d *desktop) get(id string) *wwe.Interaction { return find(d.t, d.all, id) }

func (d *desktop) remove(id string) {
	d.all = slices.DeleteFunc(d.all, func(i wwe.Interaction) bool { return i.InteractionID == id })
}

func (d *desktop) enter(id string, state wwe.State) {
	i := d.get(id)
	i.PreviousState, i.State = i.State, state
}

func (d *desktop) selectCase(caseID string) {
	for n := range d.all {
		d.all[n].IsCaseSelected = d.all[n].CaseID == caseID
		d.all[n].IsCaseExpanded = d.all[n].IsCaseSelected
	}
}

// release ends a call as the other side would.
func (d *desktop) release(id string) {
	if d.get(id).IsConsultation {
		d.remove(id)
		return
	}
	d.enter(id, wwe.StateIdle)
}

var party5002 = wwe.Party{Name: "5002", Identifier: "5002", PhoneNumber: "5002"}

// effects are those of the requests on an interaction, and the states in which
// it must be for them. In any other one they are refused.
var effects = []struct {
	request    string
	parameters func(id string) []string
	allowed    []string
	effect     func(d *desktop, id string)
}{
	{
		request:    "interaction.setUserData",
		parameters: func(id string) []string { return []string{quoted(id), `{"Segment":"Silver","Reason":{"code":[7]}}`} },
		allowed:    []string{ringing, talking, held, consultation},
		effect: func(d *desktop, id string) {
			d.get(id).UserData["Segment"] = "Silver"
			d.get(id).UserData["Reason"] = map[string]any{"code": []any{7.0}}
		},
	},
	{
		request:    "interaction.deleteUserData",
		parameters: func(id string) []string { return []string{quoted(id), `"Segment"`} },
		allowed:    []string{ringing, talking, held, consultation},
		effect:     func(d *desktop, id string) { delete(d.get(id).UserData, "Segment") },
	},
	{
		request:    "interaction.markdone",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{idle},
		effect:     func(d *desktop, id string) { d.remove(id) },
	},
	{
		request:    "interaction.blockMarkdone",
		parameters: func(id string) []string { return []string{quoted(id), `"Fill in the form"`} },
		allowed:    []string{ringing, talking, held, idle, consultation},
		effect:     func(*desktop, string) {},
	},
	{
		request:    "interaction.unblockMarkdone",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{ringing, talking, held, idle, consultation},
		effect:     func(*desktop, string) {},
	},
	{
		request:    "interaction.accept",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{ringing},
		effect: func(d *desktop, id string) {
			d.enter(id, wwe.StateTalking)
			d.selectCase(d.get(id).CaseID)
		},
	},
	{
		request:    "interaction.reject",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{ringing},
		effect:     func(d *desktop, id string) { d.remove(id) },
	},
	{
		request: "interaction.consult",
		parameters: func(id string) []string {
			return []string{quoted(id), `{"type":"AGENT","destination":"SIP_5001"}`, `{"Reason":"advice"}`, `null`}
		},
		allowed: []string{talking, held, consultation},
		effect: func(d *desktop, id string) {
			parent := d.get(id)
			if parent.State != wwe.StateHeld {
				d.enter(id, wwe.StateHeld)
			}
			parent.UserData["Reason"] = "advice"
			d.all = append(d.all, wwe.Interaction{
				InteractionID:       "7",
				ParentInteractionID: id,
				CaseID:              parent.CaseID,
				State:               wwe.StateTalking,
				PreviousState:       wwe.StateDialing,
				UserData:            parent.UserData.Clone(),
				Parties: []wwe.Party{{
					Name: "SIP_5001", Identifier: "SIP_5001", PhoneNumber: "SIP_5001", Type: "AGENT", Username: "SIP_5001",
				}},
				IsConsultation: true,
				IsCaseSelected: parent.IsCaseSelected,
				IsCaseExpanded: parent.IsCaseExpanded,
				Media:          "voice",
				Direction:      wwe.DirectionOut,
				CallType:       wwe.CallConsult,
				DNIS:           "SIP_5001",
			})
		},
	},
	{
		request:    "interaction.singleStepTransfer",
		parameters: func(id string) []string { return []string{quoted(id), `"5002"`, `{"Reason":"transfer"}`, `{"x":"y"}`} },
		allowed:    []string{talking, held, consultation},
		effect: func(d *desktop, id string) {
			d.get(id).UserData["Reason"] = "transfer"
			for _, i := range slices.Clone(d.all) {
				if i.ParentInteractionID == id {
					d.remove(i.InteractionID)
				}
			}
			d.release(id)
		},
	},
	{
		request:    "interaction.singleStepConference",
		parameters: func(id string) []string { return []string{quoted(id), `"5002"`} },
		allowed:    []string{talking, held, consultation},
		effect:     func(d *desktop, id string) { d.get(id).Parties = append(d.get(id).Parties, party5002) },
	},
	{
		request:    "interaction.completeTransfer",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{consultation},
		effect: func(d *desktop, id string) {
			parent := d.get(id).ParentInteractionID
			d.remove(id)
			d.enter(parent, wwe.StateIdle)
		},
	},
	{
		request:    "interaction.completeConference",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    []string{consultation},
		effect: func(d *desktop, id string) {
			consulted := *d.get(id)
			d.remove(id)
			d.enter(consulted.ParentInteractionID, wwe.StateTalking)
			parent := d.get(consulted.ParentInteractionID)
			parent.Parties = append(parent.Parties, consulted.Parties...)
		},
	},
	{
		request:    "interaction.getByInteractionId",
		parameters: func(id string) []string { return []string{quoted(id)} },
		allowed:    states,
		effect:     func(*desktop, string) {},
	},
	{
		request:    "interaction.getInteractions",
		parameters: func(string) []string { return nil },
		allowed:    states,
		effect:     func(*desktop, string) {},
	},
}

func TestEachRequestInEachState(t *testing.T) {
	for _, e := range effects {
		for _, state := range states {
			outcome := " is refused and changes nothing"
			if slices.Contains(e.allowed, state) {
				outcome = " has its effect and no other"
			}
			t.Run(e.request+" on "+state+outcome, func(t *testing.T) {
				o := newOffice(t)
				id := o.ids[state]
				want := &desktop{t, o.host.Interactions()}
				answer := o.ask(e.request, e.parameters(id)...)
				if slices.Contains(e.allowed, state) {
					require.NotContains(t, answer, `"errorMessage"`)
					e.effect(want, id)
				} else {
					require.Contains(t, answer, `"errorMessage"`)
				}
				got := o.host.Interactions()
				if n := len(got) - 1; len(want.all) > n && want.all[n].CallUUID == "" { // a new call has ids of its own
					assert.NotEmpty(t, got[n].CallUUID)
					assert.Equal(t, got[n].CallUUID, got[n].InteractionUUID)
					want.all[n].CallUUID, want.all[n].InteractionUUID = got[n].CallUUID, got[n].CallUUID
				}
				assert.Equal(t, want.all, got)
			})
		}
	}
}

func TestSelectingACase(t *testing.T) {
	for _, state := range states {
		if state == gone {
			continue
		}
		t.Run("selects and expands that of "+state+", and folds the others", func(t *testing.T) {
			o := newOffice(t)
			want := &desktop{t, o.host.Interactions()}
			caseID := want.get(o.ids[state]).CaseID
			want.selectCase(caseID)
			o.done(t, "interaction.selectCaseByCaseId", quoted(caseID))
			assert.Equal(t, want.all, o.host.Interactions())
		})
	}
	t.Run("that is not there is refused and changes nothing", func(t *testing.T) {
		o := newOffice(t)
		want := o.host.Interactions()
		for _, parameter := range []string{`"404"`, `""`, `null`, quoted(o.ids[talking])} {
			require.Contains(t, o.ask("interaction.selectCaseByCaseId", parameter), `"errorMessage"`)
		}
		assert.Equal(t, want, o.host.Interactions())
	})
}

func TestMarkingDone(t *testing.T) {
	t.Run("is refused with the warning while it is blocked", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `"Fill in the form"`)
		want := o.host.Interactions()
		assert.Contains(t, o.ask("interaction.markdone", id), `"errorMessage":"Fill in the form"`)
		assert.Equal(t, want, o.host.Interactions())
	})
	t.Run("is refused with the last warning of several", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `"one"`)
		o.done(t, "interaction.blockMarkdone", id, `"two"`)
		assert.Contains(t, o.ask("interaction.markdone", id), `"errorMessage":"two"`)
	})
	t.Run("is refused without a reason where the warning is empty", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `""`)
		assert.Contains(t, o.ask("interaction.markdone", id), `"errorMessage":""`)
	})
	t.Run("goes on once it is unblocked", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `"one"`)
		o.done(t, "interaction.blockMarkdone", id, `"two"`)
		o.done(t, "interaction.unblockMarkdone", id)
		o.done(t, "interaction.markdone", id)
		assert.Len(t, o.host.Interactions(), 4)
	})
	t.Run("of another interaction is not blocked", func(t *testing.T) {
		o := newOffice(t)
		o.done(t, "interaction.blockMarkdone", quoted(o.ids[talking]), `"no"`)
		o.done(t, "interaction.markdone", quoted(o.ids[idle]))
	})
	t.Run("can be blocked during the call, for after it", func(t *testing.T) {
		o := newOffice(t)
		id := o.ids[talking]
		o.done(t, "interaction.blockMarkdone", quoted(id), `"no"`)
		require.NoError(t, o.host.HangUp(id))
		assert.Contains(t, o.ask("interaction.markdone", quoted(id)), `"errorMessage":"no"`)
	})
	t.Run("waits for the consultation to end", func(t *testing.T) {
		o := newOffice(t)
		require.NoError(t, o.host.HangUp(o.ids[held]))
		want := o.host.Interactions()
		assert.Contains(t, o.ask("interaction.markdone", quoted(o.ids[held])), `"errorMessage"`)
		assert.Equal(t, want, o.host.Interactions())
		require.NoError(t, o.host.HangUp(o.ids[consultation]))
		o.done(t, "interaction.markdone", quoted(o.ids[held]))
	})
}

func TestCompletingAConsultationWhoseParentIsOver(t *testing.T) {
	for _, request := range []string{"interaction.completeTransfer", "interaction.completeConference"} {
		t.Run("by "+request+" is refused and changes nothing", func(t *testing.T) {
			o := newOffice(t)
			require.NoError(t, o.host.HangUp(o.ids[held]))
			want := o.host.Interactions()
			assert.Contains(t, o.ask(request, quoted(o.ids[consultation])), `"errorMessage"`)
			assert.Equal(t, want, o.host.Interactions())
		})
	}
}

func TestATargetIs(t *testing.T) {
	for name, c := range map[string]struct {
		target string
		want   wwe.Party
		media  string
	}{
		"a plain string":              {`"5002"`, party5002, "voice"},
		"an object with a type":       {`{"type":"SKILL","destination":"French"}`, wwe.Party{Name: "French", Identifier: "French", PhoneNumber: "French"}, "voice"},
		"an object with media":        {`{"type":"CUSTOM_CONTACT","destination":"5002","media":"chat"}`, party5002, "chat"},
		"of a type that is not known": {`{"type":"ROBOT","destination":"5002","media":null}`, party5002, "voice"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.done(t, "interaction.consult", quoted(o.ids[talking]), c.target)
			all := o.host.Interactions()
			got := all[len(all)-1]
			assert.Equal(t, []wwe.Party{c.want}, got.Parties)
			assert.Equal(t, c.media, got.Media)
			assert.Equal(t, c.media == "voice", got.DNIS == c.want.Name, "only voice has numbers")
			assert.Equal(t, c.media == "voice", got.CallUUID != "", "and a call's UUID")
		})
	}
	for _, target := range []string{
		`null`, `""`, `7`, `[]`, `{}`, `{"type":"AGENT"}`, `{"destination":"5002"}`, `{"type":"","destination":"5002"}`,
		`{"type":"AGENT","destination":""}`, `{"type":1,"destination":"5002"}`, `{"type":"AGENT","destination":{}}`,
	} {
		t.Run("never "+target, func(t *testing.T) {
			for _, request := range []string{"interaction.consult", "interaction.singleStepTransfer", "interaction.singleStepConference"} {
				o := newOffice(t)
				want := o.host.Interactions()
				assert.Contains(t, o.ask(request, quoted(o.ids[talking]), target, `{"Reason":"x"}`), `"errorMessage"`)
				assert.Equal(t, want, o.host.Interactions())
			}
		})
	}
}

func TestUserDataThatIsNoObject(t *testing.T) {
	for _, data := range []string{`"x"`, `7`, `true`, `[]`, strings.Repeat(`{"a":`, 600) + `1` + strings.Repeat(`}`, 600)} {
		t.Run("is refused and changes nothing: "+data[:min(len(data), 10)], func(t *testing.T) {
			o := newOffice(t)
			want := o.host.Interactions()
			id := quoted(o.ids[talking])
			assert.Contains(t, o.ask("interaction.setUserData", id, data), `"errorMessage"`)
			assert.Contains(t, o.ask("interaction.consult", id, `"5002"`, data), `"errorMessage"`)
			assert.Contains(t, o.ask("interaction.singleStepTransfer", id, `"5002"`, data), `"errorMessage"`)
			assert.Contains(t, o.ask("interaction.singleStepConference", id, `"5002"`, data), `"errorMessage"`)
			assert.Equal(t, want, o.host.Interactions())
		})
	}
	t.Run("but null is none", func(t *testing.T) {
		o := newOffice(t)
		want := o.host.Interactions()
		o.done(t, "interaction.setUserData", quoted(o.ids[talking]), `null`)
		o.done(t, "interaction.setUserData", quoted(o.ids[talking]))
		assert.Equal(t, want, o.host.Interactions())
	})
}

func TestHangingUp(t *testing.T) {
	for _, c := range []struct {
		state, promise string
		effect         func(d *desktop, id string)
	}{
		{talking, "leaves it IDLE", func(d *desktop, id string) { d.enter(id, wwe.StateIdle) }},
		{held, "leaves it IDLE", func(d *desktop, id string) { d.enter(id, wwe.StateIdle) }},
		{ringing, "removes it", func(d *desktop, id string) { d.remove(id) }},
		{consultation, "removes it", func(d *desktop, id string) { d.remove(id) }},
	} {
		t.Run(c.state+" "+c.promise, func(t *testing.T) {
			o := newOffice(t)
			want := &desktop{t, o.host.Interactions()}
			c.effect(want, o.ids[c.state])
			require.NoError(t, o.host.HangUp(o.ids[c.state]))
			assert.Equal(t, want.all, o.host.Interactions())
		})
	}
	for _, state := range []string{idle, gone} {
		t.Run(state+" is an error that names it", func(t *testing.T) {
			o := newOffice(t)
			want := o.host.Interactions()
			require.ErrorContains(t, o.host.HangUp(o.ids[state]), o.ids[state])
			assert.Equal(t, want, o.host.Interactions())
		})
	}
}

func TestRinging(t *testing.T) {
	t.Run("offers a call in a case of its own", func(t *testing.T) {
		host := wwetest.NewHost()
		contact := &wwe.Contact{DisplayName: "Ann Lee", FirstName: "Ann", LastName: "Lee"}
		first := host.Ring(wwetest.Call{ANI: "+33140000001", DNIS: "8000", Contact: contact})
		second := host.Ring(wwetest.Call{ANI: "+33140000002"})
		all := host.Interactions()
		require.Len(t, all, 2)
		assert.NotEqual(t, all[0].CaseID, all[1].CaseID)
		assert.NotEqual(t, all[0].CallUUID, all[1].CallUUID)
		assert.Equal(t, wwe.Interaction{
			InteractionID: first, CaseID: all[0].CaseID, State: wwe.StateRinging, PreviousState: wwe.StateUnknown,
			UserData: wwe.UserData{}, Contact: contact, IsMainCaseInteraction: true, IsCaseSelected: true, IsCaseExpanded: true,
			Parties: []wwe.Party{{Name: "+33140000001", Identifier: "+33140000001", PhoneNumber: "+33140000001"}},
			Media:   "voice", Direction: wwe.DirectionIn, CallType: wwe.CallInbound, ANI: "+33140000001", DNIS: "8000",
			CallUUID: all[0].CallUUID, InteractionUUID: all[0].CallUUID,
		}, all[0])
		assert.Equal(t, second, all[1].InteractionID)
		assert.False(t, all[1].IsCaseSelected, "the agent is still looking at the first")
	})
	t.Run("never gives an id twice", func(t *testing.T) {
		host := wwetest.NewHost()
		seen := map[string]bool{}
		for range 100 {
			id := host.Ring(wwetest.Call{})
			require.False(t, seen[id], id)
			seen[id] = true
			require.NoError(t, host.HangUp(id))
		}
		assert.Empty(t, host.Interactions())
	})
	t.Run("panics on user data that cannot be sent, and holds nothing then", func(t *testing.T) {
		host := wwetest.NewHost()
		assert.PanicsWithValue(t, "wwetest: Ring: k: a value of this Go type cannot be sent; "+
			"strings, booleans, numbers, nil, []any and map[string]any can", func() {
			host.Ring(wwetest.Call{UserData: wwe.UserData{"k": func() {}}})
		})
		assert.Empty(t, host.Interactions())
	})
	t.Run("on two Hosts gives the same ids", func(t *testing.T) {
		a, b := newOffice(t), newOffice(t)
		assert.Equal(t, a.host.Interactions(), b.host.Interactions())
		assert.Equal(t, a.ask("interaction.getInteractions"), b.ask("interaction.getInteractions"))
	})
}

package wwe_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// rig connects a Service to a Host over one of the transports. What the suite
// below promises, it promises over each of them.
type rig struct {
	name    string
	connect func(t *testing.T, host *wwetest.Host, opts ...wwe.Option) *wwe.Service

	// undefined tells which parameters of the last message were undefined and
	// not null, nil where the transport cannot know.
	undefined func() []int

	// believesAnybody: the official client takes answers from any window.
	believesAnybody bool
}

func memory() rig {
	return rig{name: "memory", connect: func(t *testing.T, host *wwetest.Host, opts ...wwe.Option) *wwe.Service {
		svc, err := host.Connect(opts...)
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, svc.Close()) })
		return svc
	}}
}

func TestConformanceInMemory(t *testing.T) { conformance(t, memory()) }

// desk is a Host with one call of each kind that the methods need.
type desk struct {
	host                           *wwetest.Host
	svc                            *wwe.Service
	ringing, talking, consultation string
	idle                           string
}

func newDesk(t *testing.T, r rig, opts ...wwe.Option) desk {
	host := wwetest.NewHost()
	return furnished(t, host, r.connect(t, host, opts...))
}

// furnished gives a Host that has nothing the calls of a desk.
func furnished(t *testing.T, host *wwetest.Host, svc *wwe.Service) desk {
	d := desk{host: host, svc: svc}
	host.Configure(func(c *wwetest.Config) { c.SeveralConsultations = true }) // one is on already
	ctx := t.Context()
	n := d.svc.Interaction
	d.talking = host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold"}})
	require.NoError(t, n.Accept(ctx, d.talking))
	require.NoError(t, n.Consult(ctx, d.talking, wwe.Target{Destination: "7001"}, nil, nil))
	d.consultation = host.Interactions()[1].InteractionID
	d.idle = host.Ring(wwetest.Call{ANI: "+33140000002"})
	require.NoError(t, n.Accept(ctx, d.idle))
	require.NoError(t, host.HangUp(d.idle))
	d.ringing = host.Ring(wwetest.Call{ANI: "+33140000003"})
	return d
}

func (d desk) interaction(id string) (wwe.Interaction, bool) {
	for _, i := range d.host.Interactions() {
		if i.InteractionID == id {
			return i, true
		}
	}
	return wwe.Interaction{}, false
}

func (d desk) state(id string) wwe.State {
	i, found := d.interaction(id)
	if !found {
		return "gone"
	}
	return i.State
}

// method is one of the fifteen: how it is called, what must reach WWE, and
// what must be true afterwards.
type method struct {
	request    string
	call       func(ctx context.Context, d desk) error
	parameters func(d desk) []wwe.JSON
	undefined  []int // of the parameters
	effect     func(t *testing.T, d desk)
	unknownID  func(ctx context.Context, n wwe.InteractionNamespace) error
}

func quoted(s string) wwe.JSON { return wwe.JSON(`"` + s + `"`) }

func byID(id func(desk) string) func(desk) []wwe.JSON {
	return func(d desk) []wwe.JSON { return []wwe.JSON{quoted(id(d))} }
}

func ringing(d desk) string      { return d.ringing }
func talking(d desk) string      { return d.talking }
func idle(d desk) string         { return d.idle }
func consultation(d desk) string { return d.consultation }

var agent = wwe.Target{Type: wwe.TargetTypeAgent, Destination: "SIP_5001"}

const agentJSON = `{"type":"AGENT","destination":"SIP_5001"}`

var methods = []method{
	{
		request: "interaction.getInteractions",
		call: func(ctx context.Context, d desk) error {
			got, err := d.svc.Interaction.GetInteractions(ctx)
			if err == nil && len(got) != 4 {
				return errors.New("not the interactions that WWE holds")
			}
			return err
		},
		parameters: func(desk) []wwe.JSON { return nil },
	},
	{
		request: "interaction.getByInteractionId",
		call: func(ctx context.Context, d desk) error {
			i, err := d.svc.Interaction.GetByInteractionID(ctx, d.talking)
			if err == nil && i.UserData["Segment"] != "Gold" {
				return errors.New("not the interaction that WWE holds")
			}
			return err
		},
		parameters: byID(talking),
	},
	{
		request: "interaction.setUserData",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.SetUserData(ctx, d.talking, wwe.UserData{"Segment": "Silver", "__proto__": "x", "n": 1.5})
		},
		parameters: func(d desk) []wwe.JSON {
			return []wwe.JSON{quoted(d.talking), `{"Segment":"Silver","__proto__":"x","n":1.5}`}
		},
		effect: func(t *testing.T, d desk) {
			i, _ := d.interaction(d.talking)
			assert.Equal(t, wwe.UserData{"Segment": "Silver", "__proto__": "x", "n": 1.5}, i.UserData)
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error {
			return n.SetUserData(ctx, "404", wwe.UserData{"a": "b"})
		},
	},
	{
		request: "interaction.deleteUserData",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.DeleteUserData(ctx, d.talking, "Segment")
		},
		parameters: func(d desk) []wwe.JSON { return []wwe.JSON{quoted(d.talking), `"Segment"`} },
		effect: func(t *testing.T, d desk) {
			i, _ := d.interaction(d.talking)
			assert.Empty(t, i.UserData)
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error { return n.DeleteUserData(ctx, "404", "a") },
	},
	{
		request: "interaction.selectCaseByCaseId",
		call: func(ctx context.Context, d desk) error {
			i, _ := d.interaction(d.ringing)
			return d.svc.Interaction.SelectCaseByCaseID(ctx, i.CaseID)
		},
		parameters: func(d desk) []wwe.JSON {
			i, _ := d.interaction(d.ringing)
			return []wwe.JSON{quoted(i.CaseID)}
		},
		effect: func(t *testing.T, d desk) {
			for _, i := range d.host.Interactions() {
				assert.Equal(t, i.InteractionID == d.ringing, i.IsCaseSelected)
			}
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error { return n.SelectCaseByCaseID(ctx, "404") },
	},
	{
		request:    "interaction.markdone",
		call:       func(ctx context.Context, d desk) error { return d.svc.Interaction.MarkDone(ctx, d.idle) },
		parameters: byID(idle),
		effect:     func(t *testing.T, d desk) { assert.EqualValues(t, "gone", d.state(d.idle)) },
		unknownID:  func(ctx context.Context, n wwe.InteractionNamespace) error { return n.MarkDone(ctx, "404") },
	},
	{
		request: "interaction.blockMarkdone",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.BlockMarkDone(ctx, d.idle, "Fill in the form")
		},
		parameters: func(d desk) []wwe.JSON { return []wwe.JSON{quoted(d.idle), `"Fill in the form"`} },
		effect: func(t *testing.T, d desk) {
			var refused *wwe.RequestError
			require.ErrorAs(t, d.svc.Interaction.MarkDone(t.Context(), d.idle), &refused)
			assert.Equal(t, "Fill in the form", refused.Message)
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error { return n.BlockMarkDone(ctx, "404", "w") },
	},
	{
		request: "interaction.unblockMarkdone",
		call: func(ctx context.Context, d desk) error {
			if err := d.svc.Interaction.BlockMarkDone(context.Background(), d.idle, "no"); err != nil {
				return err
			}
			return d.svc.Interaction.UnblockMarkDone(ctx, d.idle)
		},
		parameters: byID(idle),
		effect:     func(t *testing.T, d desk) { assert.NoError(t, d.svc.Interaction.MarkDone(t.Context(), d.idle)) },
		unknownID:  func(ctx context.Context, n wwe.InteractionNamespace) error { return n.UnblockMarkDone(ctx, "404") },
	},
	{
		request:    "interaction.accept",
		call:       func(ctx context.Context, d desk) error { return d.svc.Interaction.Accept(ctx, d.ringing) },
		parameters: byID(ringing),
		effect:     func(t *testing.T, d desk) { assert.Equal(t, wwe.StateTalking, d.state(d.ringing)) },
		unknownID:  func(ctx context.Context, n wwe.InteractionNamespace) error { return n.Accept(ctx, "404") },
	},
	{
		request:    "interaction.reject",
		call:       func(ctx context.Context, d desk) error { return d.svc.Interaction.Reject(ctx, d.ringing) },
		parameters: byID(ringing),
		effect:     func(t *testing.T, d desk) { assert.EqualValues(t, "gone", d.state(d.ringing)) },
		unknownID:  func(ctx context.Context, n wwe.InteractionNamespace) error { return n.Reject(ctx, "404") },
	},
	{
		request: "interaction.consult",
		call: func(ctx context.Context, d desk) error {
			target := wwe.Target{Type: wwe.TargetTypeSkill, Destination: "French", Media: "voice"}
			return d.svc.Interaction.Consult(ctx, d.talking, target, wwe.UserData{"Reason": "advice"}, nil)
		},
		parameters: func(d desk) []wwe.JSON {
			return []wwe.JSON{quoted(d.talking), `{"type":"SKILL","destination":"French","media":"voice"}`, `{"Reason":"advice"}`, `null`}
		},
		undefined: []int{3},
		effect: func(t *testing.T, d desk) {
			all := d.host.Interactions()
			consultation := all[len(all)-1]
			assert.Equal(t, d.talking, consultation.ParentInteractionID)
			assert.True(t, consultation.IsConsultation)
			assert.Equal(t, wwe.CallTypeConsult, consultation.CallType)
			assert.Equal(t, "advice", consultation.UserData["Reason"])
			assert.Equal(t, wwe.StateHeld, d.state(d.talking))
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error {
			return n.Consult(ctx, "404", agent, nil, nil)
		},
	},
	{
		request: "interaction.singleStepTransfer",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.SingleStepTransfer(ctx, d.talking, agent, nil, wwe.UserData{"x": "y"})
		},
		parameters: func(d desk) []wwe.JSON { return []wwe.JSON{quoted(d.talking), agentJSON, `null`, `{"x":"y"}`} },
		undefined:  []int{2},
		effect:     func(t *testing.T, d desk) { assert.Equal(t, wwe.StateIdle, d.state(d.talking)) },
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error {
			return n.SingleStepTransfer(ctx, "404", agent, nil, nil)
		},
	},
	{
		request: "interaction.singleStepConference",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.SingleStepConference(ctx, d.talking, wwe.Target{Destination: "5002"}, nil, nil)
		},
		parameters: func(d desk) []wwe.JSON { return []wwe.JSON{quoted(d.talking), `"5002"`, `null`, `null`} },
		undefined:  []int{2, 3},
		effect: func(t *testing.T, d desk) {
			i, _ := d.interaction(d.talking)
			require.Len(t, i.Parties, 2)
			assert.Equal(t, "5002", i.Parties[1].Name)
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error {
			return n.SingleStepConference(ctx, "404", agent, nil, nil)
		},
	},
	{
		request: "interaction.completeTransfer",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.CompleteTransfer(ctx, d.consultation)
		},
		parameters: byID(consultation),
		effect: func(t *testing.T, d desk) {
			assert.EqualValues(t, "gone", d.state(d.consultation))
			assert.Equal(t, wwe.StateIdle, d.state(d.talking))
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error { return n.CompleteTransfer(ctx, "404") },
	},
	{
		request: "interaction.completeConference",
		call: func(ctx context.Context, d desk) error {
			return d.svc.Interaction.CompleteConference(ctx, d.consultation)
		},
		parameters: byID(consultation),
		effect: func(t *testing.T, d desk) {
			assert.EqualValues(t, "gone", d.state(d.consultation))
			i, _ := d.interaction(d.talking)
			assert.Equal(t, wwe.StateTalking, i.State)
			assert.Len(t, i.Parties, 2)
		},
		unknownID: func(ctx context.Context, n wwe.InteractionNamespace) error { return n.CompleteConference(ctx, "404") },
	},
}

// conformance promises, over the rig's transport, for every method: the exact
// request that reaches WWE, and what comes of success, refusal and silence.
func conformance(t *testing.T, r rig) {
	require.Len(t, methods, 15)
	for _, m := range methods {
		t.Run(r.name+"/"+m.request, func(t *testing.T) {
			t.Run("sends exactly this and has its effect", func(t *testing.T) {
				d := newDesk(t, r)
				want := m.parameters(d)
				require.NoError(t, m.call(t.Context(), d))
				requests := d.host.Requests()
				last := requests[len(requests)-1]
				assert.Equal(t, m.request, last.Name)
				require.Len(t, last.Parameters, len(want))
				for n := range want {
					assert.JSONEq(t, string(want[n]), string(last.Parameters[n]))
				}
				if r.undefined != nil {
					assert.Equal(t, m.undefined, r.undefined(), "parameters that are undefined")
				}
				if m.effect != nil {
					m.effect(t, d)
				}
			})
			t.Run("gives WWE's refusal", func(t *testing.T) {
				d := newDesk(t, r)
				d.host.Fault(wwetest.Fault{Request: m.request, Refuse: "not now"})
				err := m.call(t.Context(), d)
				var refused *wwe.RequestError
				require.ErrorAs(t, err, &refused)
				assert.Equal(t, m.request, refused.Request)
				assert.Equal(t, "not now", refused.Message)
				assert.Contains(t, string(refused.Body), `"errorMessage":"not now"`)
				require.EqualError(t, err, "wwe: "+m.request+": WWE refused: not now")
			})
			t.Run("ends when WWE keeps silent", func(t *testing.T) {
				d := newDesk(t, r)
				d.host.Fault(wwetest.Fault{Request: m.request})
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond) // long enough not to pass before the call
				defer cancel()
				err := m.call(ctx, d)
				require.ErrorIs(t, err, wwe.ErrTimeout)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Regexp(t, `^wwe: `+m.request+`: no answer from WWE within [\d.]+m?s`, err.Error())
				d.host.ClearFaults()
				_, err = d.svc.Interaction.GetInteractions(t.Context())
				require.NoError(t, err, "the next call works")
			})
			t.Run("accepts whatever data a command's answer has", func(t *testing.T) {
				if m.effect == nil {
					t.Skip("not a command")
				}
				for _, data := range []wwe.JSON{"null", "{}", "[]", `"done"`, "0"} {
					d := newDesk(t, r)
					d.host.Fault(wwetest.Fault{Request: m.request, Data: data})
					require.NoError(t, m.call(t.Context(), d), data)
				}
			})
			if m.unknownID != nil {
				t.Run("refuses an unknown id", func(t *testing.T) {
					host := wwetest.NewHost()
					err := m.unknownID(t.Context(), r.connect(t, host).Interaction)
					var refused *wwe.RequestError
					require.ErrorAs(t, err, &refused)
					assert.Contains(t, refused.Message, "404")
				})
			}
		})
	}
	t.Run(r.name+"/an interaction that does not exist is ErrNotFound", func(t *testing.T) {
		_, err := r.connect(t, wwetest.NewHost()).Interaction.GetByInteractionID(t.Context(), "404")
		require.ErrorIs(t, err, wwe.ErrNotFound)
		require.EqualError(t, err, "wwe: interaction.getByInteractionId: WWE has none of this id or name")
	})
	hostile(t, r)
	events(t, r)
	loops(t, r)
}

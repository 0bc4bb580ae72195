package wwetest_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// move is what an action does: the interaction enters a state, an event tells
// of it, and it may leave the desk thereby.
type move struct {
	state wwe.State
	event wwe.EventType
	gone  bool
}

func stays(state wwe.State, event wwe.EventType) move  { return move{state, event, false} }
func leaves(state wwe.State, event wwe.EventType) move { return move{state, event, true} }

// enters and goes are moves of which no event is documented: it has the state's name.
func enters(state wwe.State) move { return stays(state, wwe.EventType(state)) }
func goes(state wwe.State) move   { return leaves(state, wwe.EventType(state)) }

type moves map[wwetest.Action]move

// with returns the moves and more of them.
func (m moves) with(action wwetest.Action, to move) moves {
	more := maps.Clone(m)
	more[action] = to
	return more
}

// promised is what every action does in every place; those that are not here
// are impossible there. Genesys documents the states; this is what they mean.
var promised = func() map[string]moves {
	ends := stays(wwe.StateIdle, wwe.EventTypeReleased)
	isOver := leaves(wwe.StateIdle, wwe.EventTypeReleased)
	closed := moves{wwetest.ActionMarkDone: leaves(wwe.StateIdle, wwe.EventTypeMarkDone)}
	done := leaves(wwe.StateCompleted, wwe.EventTypeMarkDone)

	offeredCall := moves{
		wwetest.ActionAnswer:   stays(wwe.StateTalking, wwe.EventTypeEstablished),
		wwetest.ActionReject:   isOver,
		wwetest.ActionHangUp:   isOver,
		wwetest.ActionNoAnswer: isOver,
		wwetest.ActionRedirect: isOver,
	}
	onCall := moves{
		wwetest.ActionHold:   stays(wwe.StateHeld, wwe.EventTypeHeld),
		wwetest.ActionHangUp: ends,
		wwetest.ActionLose:   enters(wwe.StateUnknown),
	}
	onHold := moves{
		wwetest.ActionResume: stays(wwe.StateTalking, wwe.EventTypeRetrieved),
		wwetest.ActionHangUp: ends,
		wwetest.ActionLose:   enters(wwe.StateUnknown),
	}
	unknown := moves{
		wwetest.ActionRecover: enters(wwe.StateTalking),
		wwetest.ActionHangUp:  ends,
	}
	unanswered := moves{
		wwetest.ActionAnswer: stays(wwe.StateTalking, wwe.EventTypeEstablished),
		wwetest.ActionReject: ends,
		wwetest.ActionHangUp: ends,
	}

	invited := moves{
		wwetest.ActionAnswer: enters(wwe.StateAccepted),
		wwetest.ActionReject: goes(wwe.StateRevoked),
		wwetest.ActionRevoke: goes(wwe.StateRevoked),
	}
	invitedToChat := invited.with(wwetest.ActionHangUp, goes(wwe.StateRevoked))
	inChat := moves{
		wwetest.ActionHangUp: ends,
		wwetest.ActionFail:   enters(wwe.StateError),
	}
	joining := func(next wwe.State) moves { return inChat.with(wwetest.ActionJoin, enters(next)) }
	transferring := func(back wwe.State) moves {
		return moves{
			wwetest.ActionAnswer: goes(wwe.StateTransferCompleted),
			wwetest.ActionReject: enters(back),
		}
	}

	mine := moves{
		wwetest.ActionSave:     goes(wwe.StateSaved),
		wwetest.ActionMarkDone: done,
		wwetest.ActionFail:     enters(wwe.StateError),
	}
	written := moves{
		wwetest.ActionSend:   goes(wwe.StateSent),
		wwetest.ActionCancel: goes(wwe.StateCancelled),
		wwetest.ActionSave:   goes(wwe.StateSaved),
		wwetest.ActionFail:   enters(wwe.StateError),
	}
	failed := moves{wwetest.ActionMarkDone: done}

	ready := moves{
		wwetest.ActionCall:     stays(wwe.StateReady, ""), // the call is an interaction of its own
		wwetest.ActionReject:   goes(wwe.StateRejected),
		wwetest.ActionCancel:   goes(wwe.StateCanceled),
		wwetest.ActionMarkDone: done,
	}
	shown := moves{
		wwetest.ActionAnswer:   enters(wwe.StateReady),
		wwetest.ActionReject:   goes(wwe.StateRejected),
		wwetest.ActionCancel:   goes(wwe.StateCanceled),
		wwetest.ActionMarkDone: done,
	}

	return map[string]moves{
		gone:    nil,
		ringing: offeredCall, transferred: offeredCall,
		talking: onCall, held: onHold, lost: unknown, idle: closed,
		dialing: unanswered, dialled: onCall, dialledHeld: onHold, dialledIdle: closed,

		// A consultation that ends is gone.
		consultationDialing: unanswered.with(wwetest.ActionReject, isOver).with(wwetest.ActionHangUp, isOver),
		consultation:        onCall.with(wwetest.ActionHangUp, isOver),
		consultationHeld:    onHold.with(wwetest.ActionHangUp, isOver),
		consultationLost:    unknown.with(wwetest.ActionHangUp, isOver),

		chatInvited: invitedToChat, chatInvitedToo: invitedToChat,
		chatAccepted:     joining(wwe.StateJoinPending),
		chatJoining:      joining(wwe.StateHistoryInProgress).with(wwetest.ActionJoinFails, enters(wwe.StateJoinFailed)),
		chatNotJoined:    joining(wwe.StateJoinPending),
		chatLoading:      joining(wwe.StateHistoryDone).with(wwetest.ActionJoinFails, enters(wwe.StateJoinFailed)),
		chatOn:           inChat,
		chatWithOthers:   inChat.with(wwetest.ActionLeave, goes(wwe.StateLeftConference)),
		chatTransferring: transferring(wwe.StateHistoryDone),
		chatIdle:         {wwetest.ActionMarkDone: done},
		chatError:        failed,

		chatConsultationInvited: invitedToChat,
		chatConsultation:        joining(wwe.StateJoinPending).with(wwetest.ActionHangUp, isOver),

		emailInvited: invited, emailAccepted: mine, emailPulled: mine, emailTransferring: transferring(wwe.StateAccepted), emailError: failed,
		itemInvited: invited, itemAccepted: mine, itemPulled: mine, itemTransferring: transferring(wwe.StateAccepted), itemError: failed,
		outboundCreated: written, outboundPulled: written, outboundError: failed,
		record: shown, recordReady: ready,
	}
}()

// recordings are what the agent can do to the recording of a call that is on.
var recordings = []wwetest.Action{
	wwetest.ActionStartRecording, wwetest.ActionPauseRecording, wwetest.ActionResumeRecording, wwetest.ActionStopRecording,
}

var allActions = append([]wwetest.Action{
	wwetest.ActionAnswer, wwetest.ActionReject, wwetest.ActionHold, wwetest.ActionResume, wwetest.ActionHangUp, wwetest.ActionLeave,
	wwetest.ActionSend, wwetest.ActionCancel, wwetest.ActionSave, wwetest.ActionCall, wwetest.ActionMarkDone, wwetest.ActionNoAnswer,
	wwetest.ActionRedirect, wwetest.ActionRevoke, wwetest.ActionJoin, wwetest.ActionJoinFails, wwetest.ActionFail, wwetest.ActionLose,
	wwetest.ActionRecover, "dance", "",
}, recordings...)

// Which places are live, for user data; offered, for accept and reject; and so on.
var (
	over    = []string{gone, idle, dialledIdle, chatIdle, chatError, emailError, outboundError, itemError}
	live    = placesBut(over...)
	offered = []string{ringing, transferred, chatInvited, chatInvitedToo, emailInvited, itemInvited, record}
	inVoice = []string{talking, held, dialled, dialledHeld, consultation, consultationHeld}
	inChat  = []string{chatAccepted, chatJoining, chatLoading, chatOn, chatWithOthers, chatConsultation}
	inOther = []string{emailAccepted, emailPulled, itemAccepted, itemPulled}
	withTwo = []string{consultation, consultationHeld, chatConsultation} // consultations that can be completed
)

func placesBut(others ...string) (names []string) {
	for _, place := range places {
		if !slices.Contains(others, place.name) {
			names = append(names, place.name)
		}
	}
	return names
}

// desktop is what the Host holds, as something is expected to change it.
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

// act is what promised says of the action, and what follows from it: the agent
// who answers looks at the case, a colleague who transferred is out, a call
// that nobody answered is marked so.
func (d *desktop) act(place, id string, action wwetest.Action) {
	to := promised[place][action]
	i := d.get(id)
	if to.state != i.State {
		d.enter(id, to.state)
	}
	switch {
	case action == wwetest.ActionAnswer && slices.Contains(offered, place):
		d.selectCase(i.CaseID)
	case action == wwetest.ActionCall:
		caseID := i.CaseID
		d.all = append(d.all, wwe.Interaction{
			InteractionID: d.nextID(), CaseID: caseID, State: wwe.StateDialing, PreviousState: wwe.StateUnknown, Media: "voice",
			Direction: wwe.DirectionOut, CallType: wwe.CallTypeOutbound, DNIS: i.Parties[0].PhoneNumber,
			UserData: i.UserData.Clone(), Parties: slices.Clone(i.Parties),
		})
		d.selectCase(caseID)
		return
	}
	if place == transferred && action == wwetest.ActionAnswer {
		i.Parties = i.Parties[:1]
	}
	if to.gone {
		d.remove(id)
	}
}

func (d *desktop) nextID() string {
	last := 0
	for _, i := range d.all {
		n, err := strconv.Atoi(i.InteractionID)
		require.NoError(d.t, err)
		last = max(last, n)
	}
	return strconv.Itoa(last + 1)
}

// is fails the test unless the Host holds just this. The UUIDs of a new
// interaction are its own.
func (d *desktop) is(host *wwetest.Host) {
	d.t.Helper()
	got := host.Interactions()
	if n := len(d.all) - 1; n >= 0 && len(got) == len(d.all) && d.all[n].InteractionUUID == "" {
		assert.NotEmpty(d.t, got[n].InteractionUUID)
		assert.Equal(d.t, got[n].Media == "voice", got[n].CallUUID == got[n].InteractionUUID)
		d.all[n].CallUUID, d.all[n].InteractionUUID = got[n].CallUUID, got[n].InteractionUUID
	}
	require.Equal(d.t, idsOf(d.all), idsOf(got))
	for n := range got { // one by one, because a difference is easier to read then
		assert.Equal(d.t, d.all[n], got[n])
	}
}

func idsOf(all []wwe.Interaction) (ids []string) {
	for _, i := range all {
		ids = append(ids, i.InteractionID)
	}
	return ids
}

var (
	agent5001 = wwe.Party{Name: "SIP_5001", Identifier: "SIP_5001", PhoneNumber: "SIP_5001", Type: "AGENT", Username: "SIP_5001"}
	party5002 = wwe.Party{Name: "5002", Identifier: "5002", PhoneNumber: "5002"}
)

func acts(action wwetest.Action) func(d *desktop, place, id string) {
	return func(d *desktop, place, id string) { d.act(place, id, action) }
}

func nothing(*desktop, string, string) {}

func itself(id string) []string { return []string{quoted(id)} }

// effects are those of the requests on an interaction, and the places in which
// it must be for them. In any other one they are refused.
var effects = []struct {
	request    string
	parameters func(id string) []string
	allowed    []string
	effect     func(d *desktop, place, id string)
}{
	{"interaction.getInteractions", func(string) []string { return nil }, placesBut(), nothing},
	{"interaction.getByInteractionId", itself, placesBut(), nothing},
	{"interaction.blockMarkdone", func(id string) []string { return []string{quoted(id), `"Fill in the form"`} }, placesBut(gone), nothing},
	{"interaction.unblockMarkdone", itself, placesBut(gone), nothing},
	{"interaction.accept", itself, offered, acts(wwetest.ActionAnswer)},
	{"interaction.reject", itself, offered, acts(wwetest.ActionReject)},
	{
		"interaction.markdone", itself,
		[]string{
			idle, dialledIdle, chatIdle, chatError, emailAccepted, emailPulled, emailError, outboundError, itemAccepted, itemPulled, itemError,
			record, recordReady,
		},
		acts(wwetest.ActionMarkDone),
	},
	{
		"interaction.setUserData",
		func(id string) []string { return []string{quoted(id), `{"Segment":"Silver","Reason":{"code":[7]}}`} },
		live,
		func(d *desktop, _, id string) {
			d.get(id).UserData["Segment"] = "Silver"
			d.get(id).UserData["Reason"] = map[string]any{"code": []any{7.0}}
		},
	},
	{
		"interaction.deleteUserData",
		func(id string) []string { return []string{quoted(id), `"Segment"`} },
		live,
		func(d *desktop, _, id string) { delete(d.get(id).UserData, "Segment") },
	},
	{
		"interaction.consult", // a call's by voice, with the customer on hold, a chat's by chat, and nothing else's
		func(id string) []string {
			return []string{quoted(id), `{"type":"AGENT","destination":"SIP_5001"}`, `{"Reason":"advice"}`, `null`}
		},
		slices.Concat(inVoice, inChat),
		func(d *desktop, place, id string) {
			parent := d.get(id)
			parent.UserData["Reason"] = "advice"
			i := wwe.Interaction{
				InteractionID: d.nextID(), ParentInteractionID: id, CaseID: parent.CaseID, IsConsultation: true,
				State: wwe.StateInvited, PreviousState: wwe.StateUnknown, Media: "chat",
				IsCaseSelected: parent.IsCaseSelected, IsCaseExpanded: parent.IsCaseExpanded,
				UserData: parent.UserData.Clone(), Parties: []wwe.Party{agent5001},
			}
			if slices.Contains(inVoice, place) {
				i.State, i.Media = wwe.StateDialing, "voice"
				i.Direction, i.CallType, i.DNIS = wwe.DirectionOut, wwe.CallTypeConsult, "SIP_5001"
				if parent.State != wwe.StateHeld {
					d.enter(id, wwe.StateHeld)
				}
			}
			d.all = append(d.all, i)
		},
	},
	{
		"interaction.singleStepTransfer", // a call is over at once, anything else when the target takes it
		func(id string) []string { return []string{quoted(id), `"5002"`, `{"Reason":"transfer"}`, `{"x":"y"}`} },
		slices.Concat(inVoice, inChat, inOther),
		func(d *desktop, place, id string) {
			d.get(id).UserData["Reason"] = "transfer"
			if !slices.Contains(inVoice, place) {
				d.enter(id, wwe.StateTransferring)
				return
			}
			d.act(place, id, wwetest.ActionHangUp)
		},
	},
	{
		"interaction.singleStepConference",
		func(id string) []string { return []string{quoted(id), `"5002"`} },
		slices.Concat(inVoice, inChat),
		func(d *desktop, _, id string) { d.get(id).Parties = append(d.get(id).Parties, party5002) },
	},
	{
		"interaction.completeTransfer", itself, withTwo,
		func(d *desktop, place, id string) {
			parent := d.get(id).ParentInteractionID
			d.remove(id)
			if place == chatConsultation { // a chat that was transferred is gone
				d.remove(parent)
				return
			}
			d.enter(parent, wwe.StateIdle)
		},
	},
	{
		"interaction.completeConference", itself, withTwo,
		func(d *desktop, _, id string) {
			consulted := *d.get(id)
			d.remove(id)
			parent := d.get(consulted.ParentInteractionID)
			parent.Parties = append(parent.Parties, consulted.Parties...)
			if parent.State == wwe.StateHeld {
				d.enter(parent.InteractionID, wwe.StateTalking)
			}
		},
	},
}

func TestEachRequestInEachState(t *testing.T) {
	for _, e := range effects {
		for _, place := range places {
			if slices.Contains(e.allowed, place.name) {
				t.Run(e.request+" on "+place.name+" has its effect and no other", func(t *testing.T) {
					o := newOffice(t)
					id := o.ids[place.name]
					want := &desktop{t, o.host.Interactions()}
					e.effect(want, place.name, id)
					o.done(t, e.request, e.parameters(id)...)
					want.is(o.host)
				})
			}
		}
	}
	for _, place := range places {
		t.Run("any other on "+place.name+" is refused and changes nothing", func(t *testing.T) {
			o := newOffice(t)
			id := o.ids[place.name]
			want := &desktop{t, o.host.Interactions()}
			for _, e := range effects {
				if !slices.Contains(e.allowed, place.name) {
					require.Contains(t, o.ask(e.request, e.parameters(id)...), `"errorMessage"`, e.request)
				}
			}
			want.is(o.host)
		})
	}
}

// interactionEvent is an event of the topic "interaction".
type interactionEvent struct {
	Data struct {
		EventType      wwe.EventType
		SelectedCaseID string
		Interaction    wwe.Interaction
	}
}

func TestEachActionInEachState(t *testing.T) {
	for _, place := range places {
		for action, to := range promised[place.name] {
			t.Run(string(action)+" on "+place.name+" makes it "+string(to.state), func(t *testing.T) {
				o := newOffice(t)
				id := o.ids[place.name]
				want := &desktop{t, o.host.Interactions()}
				was := *want.get(id)
				want.act(place.name, id, action)
				s := newWidget(o.host)
				exchange(s, `{"event":"subscribe","data":"interaction","referenceId":"s","userAgent":"WWE Client"}`)

				assert.Contains(t, o.host.Actions(id), action)
				require.NoError(t, o.host.Do(id, action))
				want.is(o.host)

				if to.event == "" {
					return
				}
				previous := place.state
				if to.state == previous { // nothing was entered
					previous = was.PreviousState
				}
				var told interactionEvent
				for told.Data.Interaction.InteractionID != id {
					require.NoError(t, json.Unmarshal([]byte(<-s.messages), &told))
				}
				assert.Equal(t, to.event, told.Data.EventType)
				assert.Equal(t, to.state, told.Data.Interaction.State)
				assert.Equal(t, previous, told.Data.Interaction.PreviousState)
			})
		}
		t.Run("any other on "+place.name+" is an error and changes nothing", func(t *testing.T) {
			o := newOffice(t)
			id := o.ids[place.name]
			want := &desktop{t, o.host.Interactions()}
			possible := o.host.Actions(id)
			for _, action := range allActions {
				isRecording := slices.Contains(inVoice, place.name) && action == wwetest.ActionStartRecording
				if _, is := promised[place.name][action]; is || isRecording {
					continue
				}
				require.ErrorContains(t, o.host.Do(id, action), id, action)
				assert.NotContains(t, possible, action)
			}
			want.is(o.host)
		})
	}
	t.Run("covers the whole table", func(t *testing.T) {
		for _, place := range places {
			assert.Contains(t, promised, place.name)
		}
		assert.Len(t, promised, len(places))
	})
}

func TestTheRecordingOfACall(t *testing.T) {
	steps := map[wwe.RecordingState]map[wwetest.Action]wwe.RecordingState{
		"":                        {wwetest.ActionStartRecording: wwe.RecordingStateRunning},
		wwe.RecordingStateStopped: {wwetest.ActionStartRecording: wwe.RecordingStateRunning},
		wwe.RecordingStateRunning: {wwetest.ActionPauseRecording: wwe.RecordingStatePaused, wwetest.ActionStopRecording: wwe.RecordingStateStopped},
		wwe.RecordingStatePaused:  {wwetest.ActionResumeRecording: wwe.RecordingStateRunning, wwetest.ActionStopRecording: wwe.RecordingStateStopped},
	}
	to := map[wwe.RecordingState][]wwetest.Action{
		wwe.RecordingStateRunning: do(wwetest.ActionStartRecording),
		wwe.RecordingStatePaused:  do(wwetest.ActionStartRecording, wwetest.ActionPauseRecording),
		wwe.RecordingStateStopped: do(wwetest.ActionStartRecording, wwetest.ActionStopRecording),
	}
	for from, possible := range steps {
		for _, action := range recordings {
			for _, place := range []string{talking, held, consultation} {
				t.Run("that is "+string(from)+" of "+place+" and "+string(action), func(t *testing.T) {
					o := newOffice(t)
					id := o.act(o.ids[place], to[from]...)
					want := &desktop{t, o.host.Interactions()}
					require.Equal(t, from, want.get(id).RecordingState)
					err := o.host.Do(id, action)
					if next, is := possible[action]; is {
						want.get(id).RecordingState = next
						require.NoError(t, err)
					} else {
						require.Error(t, err)
					}
					want.is(o.host)
				})
			}
		}
	}
	t.Run("stops with the call", func(t *testing.T) {
		o := newOffice(t)
		o.act(o.ids[talking], wwetest.ActionStartRecording, wwetest.ActionHangUp)
		assert.Equal(t, wwe.RecordingStateStopped, find(t, o.host.Interactions(), o.ids[talking]).RecordingState)
	})
}

func TestUserDataStates(t *testing.T) {
	inStates := func(t *testing.T) *office {
		o := newOffice(t)
		o.host.Configure(func(c *wwetest.Config) { c.UserDataStates = true })
		return o
	}
	isCall := func(i *wwe.Interaction) bool { return i.Media == "voice" }
	t.Run("tell of user data that is new, changed or deleted, but not in voice", func(t *testing.T) {
		o := inStates(t)
		for _, place := range live {
			id := o.ids[place]
			now := find(t, o.host.Interactions(), id)
			want := []wwe.State{wwe.StateUserDataAttached, wwe.StateUserDataUpdated, wwe.StateUserDataUpdated}
			previous := now.State
			if isCall(now) {
				want, previous = []wwe.State{now.State, now.State, now.State}, now.PreviousState
			}
			for n, change := range []func() error{
				func() error { return o.host.SetUserData(id, wwe.UserData{"new": "1"}) },
				func() error { return o.host.SetUserData(id, wwe.UserData{"new": "2", "newer": "1"}) },
				func() error { return o.host.DeleteUserData(id, "new") },
			} {
				require.NoError(t, change())
				now = find(t, o.host.Interactions(), id)
				assert.Equal(t, want[n], now.State, place)
				assert.Equal(t, previous, now.PreviousState, place)
			}
		}
	})
	t.Run("leave every action as possible as it was, with the same outcome", func(t *testing.T) {
		for _, place := range live {
			for action, to := range promised[place] {
				o := inStates(t)
				id := o.ids[place]
				require.NoError(t, o.host.SetUserData(id, wwe.UserData{"new": "1"}))
				want := &desktop{t, o.host.Interactions()}
				want.act(place, id, action)
				if action == wwetest.ActionCall { // the preview stays as it is
					want.get(id).State, want.get(id).PreviousState = wwe.StateUserDataAttached, to.state
				}
				require.NoError(t, o.host.Do(id, action), place+": "+string(action))
				want.is(o.host)
			}
		}
	})
	t.Run("do not keep a refused transfer from going back", func(t *testing.T) {
		for _, place := range slices.Concat(inOther, []string{chatOn}) {
			o := inStates(t)
			id := o.ids[place]
			was := find(t, o.host.Interactions(), id).State
			o.done(t, "interaction.singleStepTransfer", quoted(id), `"5001"`, `{"Reason":"transfer"}`)
			require.NoError(t, o.host.SetUserData(id, wwe.UserData{"Reason": "none"}))
			require.NoError(t, o.host.Reject(id))
			assert.Equal(t, was, find(t, o.host.Interactions(), id).State)
		}
	})
	t.Run("do not keep an offer from being taken back in time", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock), wwetest.WithConfig(func(c *wwetest.Config) {
			c.UserDataStates, c.NoAnswerTimeout = true, time.Minute
		}))
		id := host.Chat(wwetest.Chat{})
		require.NoError(t, host.SetUserData(id, wwe.UserData{"a": "b"}))
		clock.Advance(time.Minute)
		assert.Empty(t, host.Interactions())
	})
}

func TestTheCaseThatTheAgentLooksAt(t *testing.T) {
	events := func(t *testing.T, begin func(host *wwetest.Host) string) []string {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "interaction")
		id := begin(host)
		i, _ := host.Interaction(id)
		assert.True(t, i.IsCaseSelected && i.IsCaseExpanded)
		return s.story(host)[1:]
	}
	for name, begin := range map[string]func(host *wwetest.Host) string{
		"a call that rings": func(host *wwetest.Host) string { return host.Ring(wwetest.Call{}) },
		"a call that is dialled": func(host *wwetest.Host) string {
			id, err := host.Dial(wwetest.Call{DNIS: "1"})
			require.NoError(t, err)
			return id
		},
		"an email that is composed": func(host *wwetest.Host) string { return host.Compose(wwetest.Email{To: "a"}) },
		"an email that a widget has composed": func(host *wwetest.Host) string {
			newWidget(host).done(t, "email.create", `"a"`)
			return "1"
		},
	} {
		t.Run("on an empty desk is that of "+name+", and events tell of it", func(t *testing.T) {
			assert.Equal(t, []string{"interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, events(t, begin))
		})
	}
	t.Run("becomes that of what the agent begins, not of what is offered", func(t *testing.T) {
		for _, begin := range []func(o *office) string{dial, compose, pull(email, wwetest.ActionAnswer)} {
			o := newOffice(t)
			id := begin(o)
			assert.True(t, find(t, o.host.Interactions(), id).IsCaseSelected)
		}
		for _, begin := range []func(o *office) string{ring, chat, email, workItem, preview} {
			o := newOffice(t)
			id := begin(o)
			assert.False(t, find(t, o.host.Interactions(), id).IsCaseSelected)
		}
	})
	t.Run("stays when the target of a transfer takes another", func(t *testing.T) {
		o := newOffice(t)
		require.NoError(t, o.host.SelectCase(find(t, o.host.Interactions(), o.ids[talking]).CaseID))
		require.NoError(t, o.host.Answer(o.ids[chatTransferring]))
		assert.True(t, find(t, o.host.Interactions(), o.ids[talking]).IsCaseSelected)
	})
}

func TestSelectingACase(t *testing.T) {
	for _, state := range placesBut(gone) {
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
	t.Run("is refused with a reason of WWE's own where the warning is empty", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `""`)
		assert.Contains(t, o.ask("interaction.markdone", id), `"errorMessage":"a widget blocks it, without a warning"`)
	})
	t.Run("goes on once it is unblocked", func(t *testing.T) {
		o := newOffice(t)
		id := quoted(o.ids[idle])
		o.done(t, "interaction.blockMarkdone", id, `"one"`)
		o.done(t, "interaction.blockMarkdone", id, `"two"`)
		o.done(t, "interaction.unblockMarkdone", id)
		o.done(t, "interaction.markdone", id)
		_, held := o.host.Interaction(o.ids[idle])
		assert.False(t, held)
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
		parent := o.parentOf(consultation)
		require.NoError(t, o.host.HangUp(parent))
		want := o.host.Interactions()
		assert.Contains(t, o.ask("interaction.markdone", quoted(parent)), `"errorMessage"`)
		assert.Equal(t, want, o.host.Interactions())
		require.NoError(t, o.host.HangUp(o.ids[consultation]))
		o.done(t, "interaction.markdone", quoted(parent))
	})
}

func TestCompletingAConsultationWhoseParentIsOver(t *testing.T) {
	for _, request := range []string{"interaction.completeTransfer", "interaction.completeConference"} {
		t.Run("by "+request+" is refused and changes nothing", func(t *testing.T) {
			o := newOffice(t)
			require.NoError(t, o.host.HangUp(o.parentOf(consultation)))
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
		"a plain string":            {`"5002"`, party5002, "voice"},
		"an object with a type":     {`{"type":"SKILL","destination":"French"}`, wwe.Party{Name: "French", Identifier: "French", PhoneNumber: "French"}, "voice"},
		"an object with media":      {`{"type":"CUSTOM_CONTACT","destination":"5002","media":"chat"}`, party5002, "chat"},
		"an object with media null": {`{"type":"CUSTOM_CONTACT","destination":"5002","media":null}`, party5002, "voice"},
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
		`{"type":"ROBOT","destination":"5002"}`, `{"type":"agent","destination":"5002"}`, `{"type":"AGENT","destination":""}`, `{"type":1,"destination":"5002"}`, `{"type":"AGENT","destination":{}}`,
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
	for _, data := range []string{`"x"`, `7`, `true`, `[]`} {
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
			Media:   "voice", Direction: wwe.DirectionIn, CallType: wwe.CallTypeInbound, ANI: "+33140000001", DNIS: "8000",
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
			"strings, booleans, numbers, nil, slices, maps with strings as keys, structs with fields that are all exported, and what has MarshalJSON can", func() {
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

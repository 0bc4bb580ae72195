package wwetest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// office is a Host whose agent has an interaction of each kind in each state
// that the desk can hold, by its name.
type office struct {
	t    *testing.T
	host *wwetest.Host
	*widget
	ids map[string]string
}

// What an interaction can be to the Host.
const (
	ringing     = "a RINGING call"
	transferred = "a RINGING call that a colleague transfers"
	talking     = "a TALKING call"
	held        = "a HELD call"
	idle        = "an IDLE call"
	lost        = "an UNKNOWN call"

	dialing     = "a DIALING call"
	dialled     = "a TALKING call that the agent dialled"
	dialledHeld = "a HELD call that the agent dialled"
	dialledIdle = "an IDLE call that the agent dialled"

	consultationDialing = "a DIALING consultation"
	consultation        = "a consultation"
	consultationHeld    = "a HELD consultation"
	consultationLost    = "an UNKNOWN consultation"

	chatInvited      = "an INVITED chat"
	chatInvitedToo   = "an INVITED_CONFERENCE chat"
	chatAccepted     = "an ACCEPTED chat"
	chatJoining      = "a JOIN_PENDING chat"
	chatNotJoined    = "a JOIN_FAILED chat"
	chatLoading      = "a HISTORY_IN_PROGRESS chat"
	chatOn           = "a HISTORY_DONE chat"
	chatWithOthers   = "a HISTORY_DONE chat that is a conference"
	chatTransferring = "a TRANSFERRING chat"
	chatIdle         = "an IDLE chat"
	chatError        = "a chat in ERROR"

	chatConsultationInvited = "an INVITED chat consultation"
	chatConsultation        = "an ACCEPTED chat consultation"

	emailInvited      = "an INVITED email"
	emailAccepted     = "an ACCEPTED email"
	emailPulled       = "a PULLED email"
	emailTransferring = "a TRANSFERRING email"
	emailError        = "an email in ERROR"

	outboundCreated = "a CREATED email"
	outboundPulled  = "a PULLED outbound email"
	outboundError   = "an outbound email in ERROR"

	itemInvited      = "an INVITED work item"
	itemAccepted     = "an ACCEPTED work item"
	itemPulled       = "a PULLED work item"
	itemTransferring = "a TRANSFERRING work item"
	itemError        = "a work item in ERROR"

	record      = "a PREVIEW"
	recordReady = "a READY preview"

	gone = "a call that is gone"
)

// places are all of them, in the order in which they come, each with its state
// and how it came about.
var places = []struct {
	name  string
	state wwe.State
	begin func(o *office) string
	then  []wwetest.Action
}{
	{gone, "", ring, do(wwetest.ActionReject)},
	{ringing, wwe.StateRinging, ring, nil},
	{transferred, wwe.StateRinging, func(o *office) string { return o.host.TransferIn(aCall, "Kim") }, nil},
	{idle, wwe.StateIdle, ring, do(wwetest.ActionAnswer, wwetest.ActionHangUp)},
	{held, wwe.StateHeld, ring, do(wwetest.ActionAnswer, wwetest.ActionHold)},
	{talking, wwe.StateTalking, ring, do(wwetest.ActionAnswer)},
	{lost, wwe.StateUnknown, ring, do(wwetest.ActionAnswer, wwetest.ActionLose)},
	{dialing, wwe.StateDialing, dial, nil},
	{dialled, wwe.StateTalking, dial, do(wwetest.ActionAnswer)},
	{dialledHeld, wwe.StateHeld, dial, do(wwetest.ActionAnswer, wwetest.ActionHold)},
	{dialledIdle, wwe.StateIdle, dial, do(wwetest.ActionReject)},
	{consultationDialing, wwe.StateDialing, consult(ring, "5001"), nil},
	{consultation, wwe.StateTalking, consult(ring, "5001"), do(wwetest.ActionAnswer)},
	{consultationHeld, wwe.StateHeld, consult(ring, "5001"), do(wwetest.ActionAnswer, wwetest.ActionHold)},
	{consultationLost, wwe.StateUnknown, consult(ring, "5001"), do(wwetest.ActionAnswer, wwetest.ActionLose)},
	{chatInvited, wwe.StateInvited, chat, nil},
	{chatInvitedToo, wwe.StateInvitedConference, func(o *office) string {
		return o.host.Chat(wwetest.Chat{From: "Ann", Conference: true, UserData: gold()})
	}, nil},
	{chatAccepted, wwe.StateAccepted, chat, do(wwetest.ActionAnswer)},
	{chatJoining, wwe.StateJoinPending, chat, do(wwetest.ActionAnswer, wwetest.ActionJoin)},
	{chatNotJoined, wwe.StateJoinFailed, chat, do(wwetest.ActionAnswer, wwetest.ActionJoin, wwetest.ActionJoinFails)},
	{chatLoading, wwe.StateHistoryInProgress, chat, do(wwetest.ActionAnswer, wwetest.ActionJoin, wwetest.ActionJoin)},
	{chatOn, wwe.StateHistoryDone, chat, joined},
	{chatWithOthers, wwe.StateHistoryDone, func(o *office) string {
		id := o.act(chat(o), joined...)
		require.NoError(o.t, o.host.AddParty(id, wwe.Party{Name: "Kim"}))
		return id
	}, nil},
	{chatTransferring, wwe.StateTransferring, transfer(chat, joined), nil},
	{chatIdle, wwe.StateIdle, chat, append(joined, wwetest.ActionHangUp)},
	{chatError, wwe.StateError, chat, append(joined, wwetest.ActionFail)},
	{chatConsultationInvited, wwe.StateInvited, consult(chat, "Kim"), nil},
	{chatConsultation, wwe.StateAccepted, consult(chat, "Kim"), do(wwetest.ActionAnswer)},
	{emailInvited, wwe.StateInvited, email, nil},
	{emailAccepted, wwe.StateAccepted, email, do(wwetest.ActionAnswer)},
	{emailPulled, wwe.StatePulled, pull(email, wwetest.ActionAnswer), nil},
	{emailTransferring, wwe.StateTransferring, transfer(email, do(wwetest.ActionAnswer)), nil},
	{emailError, wwe.StateError, email, do(wwetest.ActionAnswer, wwetest.ActionFail)},
	{outboundCreated, wwe.StateCreated, compose, nil},
	{outboundPulled, wwe.StatePulled, pull(compose), nil},
	{outboundError, wwe.StateError, compose, do(wwetest.ActionFail)},
	{itemInvited, wwe.StateInvited, workItem, nil},
	{itemAccepted, wwe.StateAccepted, workItem, do(wwetest.ActionAnswer)},
	{itemPulled, wwe.StatePulled, pull(workItem, wwetest.ActionAnswer), nil},
	{itemTransferring, wwe.StateTransferring, transfer(workItem, do(wwetest.ActionAnswer)), nil},
	{itemError, wwe.StateError, workItem, do(wwetest.ActionAnswer, wwetest.ActionFail)},
	{record, wwe.StatePreview, preview, nil},
	{recordReady, wwe.StateReady, preview, do(wwetest.ActionAnswer)},
}

var aCall = wwetest.Call{ANI: "+33140000001", DNIS: "8000", UserData: wwe.UserData{"Segment": "Gold"}}

func gold() wwe.UserData                        { return wwe.UserData{"Segment": "Gold"} }
func do(all ...wwetest.Action) []wwetest.Action { return all[:len(all):len(all)] }

var joined = do(wwetest.ActionAnswer, wwetest.ActionJoin, wwetest.ActionJoin, wwetest.ActionJoin)

func ring(o *office) string { return o.host.Ring(aCall) }
func dial(o *office) string {
	id, err := o.host.Dial(wwetest.Call{DNIS: "+33140000002", UserData: gold()})
	require.NoError(o.t, err)
	return id
}
func chat(o *office) string { return o.host.Chat(wwetest.Chat{From: "Ann", UserData: gold()}) }
func email(o *office) string {
	return o.host.Email(wwetest.Email{From: "ann@example.com", UserData: gold()})
}
func compose(o *office) string {
	return o.host.Compose(wwetest.Email{To: "ann@example.com", UserData: gold()})
}
func workItem(o *office) string {
	return o.host.WorkItem(wwetest.WorkItem{From: "fax", UserData: gold()})
}
func preview(o *office) string {
	return o.host.Preview(wwetest.Preview{Phone: "+33140000003", UserData: gold()})
}

// consult begins a consultation about something that the agent has answered.
func consult(begin func(*office) string, destination string) func(*office) string {
	return func(o *office) string {
		o.done(o.t, "interaction.consult", quoted(o.act(begin(o), wwetest.ActionAnswer)), quoted(destination))
		all := o.host.Interactions()
		return all[len(all)-1].InteractionID
	}
}

func transfer(begin func(*office) string, then []wwetest.Action) func(*office) string {
	return func(o *office) string {
		id := o.act(begin(o), then...)
		o.done(o.t, "interaction.singleStepTransfer", quoted(id), `"5001"`)
		return id
	}
}

func pull(begin func(*office) string, then ...wwetest.Action) func(*office) string {
	return func(o *office) string {
		o.act(begin(o), append(then, wwetest.ActionSave)...)
		id, err := o.host.Pull(o.host.Workbin()[0].InteractionUUID)
		require.NoError(o.t, err)
		return id
	}
}

func (o *office) act(id string, all ...wwetest.Action) string {
	o.t.Helper()
	for _, action := range all {
		require.NoError(o.t, o.host.Do(id, action))
	}
	return id
}

// newOffice returns the office, in which nothing follows by itself: neither a
// target's answer nor a chat's next step.
func newOffice(t *testing.T) *office {
	o := &office{t: t, host: wwetest.NewHost(), ids: map[string]string{}}
	o.host.Configure(func(c *wwetest.Config) {
		c.TargetsAnswer, c.ChatJoins, c.HoldOthers, c.RepeatedDials, c.SeveralConsultations = false, false, false, true, true
	})
	o.widget = newWidget(o.host)
	for _, place := range places {
		o.ids[place.name] = o.act(place.begin(o), place.then...)
	}
	all := o.host.Interactions()
	for _, place := range places {
		if place.state != "" {
			require.Equal(t, place.state, find(t, all, o.ids[place.name]).State, place.name)
		}
	}
	return o
}

func (o *office) parentOf(consultation string) string {
	return find(o.t, o.host.Interactions(), o.ids[consultation]).ParentInteractionID
}

func find(t *testing.T, all []wwe.Interaction, id string) *wwe.Interaction {
	t.Helper()
	for n := range all {
		if all[n].InteractionID == id {
			return &all[n]
		}
	}
	t.Fatalf("no interaction %q", id)
	return nil
}

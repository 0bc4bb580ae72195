package wwetest

import (
	"slices"

	"wwebridge/wasm/wwe"
)

// kind is what decides which life an interaction has.
type kind int

const (
	voice kind = iota
	chat
	openMedia     // inbound email and work items
	outboundEmail // what the agent writes
	preview       // of an outbound call
)

// Action is something that can happen to an interaction.
type Action string

// The actions. Which of them are possible depends on the interaction's media
// and state: see Host.Actions.
const (
	ActionAnswer   Action = "answer"   // whom it rings at answers: the agent, or at DIALING, TRANSFERRING and in a consultation the other side
	ActionReject   Action = "reject"   // whom it rings at does not want it
	ActionHold     Action = "hold"     // the agent holds the call
	ActionResume   Action = "resume"   // the agent takes the call off hold
	ActionHangUp   Action = "hangUp"   // either side ends the call or the chat
	ActionLeave    Action = "leave"    // the agent leaves a conference, which goes on
	ActionSend     Action = "send"     // the agent sends the email
	ActionCancel   Action = "cancel"   // the agent throws the email away, or cancels the preview
	ActionSave     Action = "save"     // the agent puts it into the workbin
	ActionCall     Action = "call"     // the agent calls the number of the preview
	ActionMarkDone Action = "markDone" // the agent marks it done

	ActionStartRecording  Action = "startRecording"
	ActionPauseRecording  Action = "pauseRecording"
	ActionResumeRecording Action = "resumeRecording"
	ActionStopRecording   Action = "stopRecording"

	ActionNoAnswer  Action = "noAnswer"  // nobody answers, and the call ends there
	ActionRedirect  Action = "redirect"  // nobody answers, and the call goes to somebody else
	ActionRevoke    Action = "revoke"    // it is taken from the agent before it is accepted
	ActionJoin      Action = "join"      // the chat takes the next step into its session
	ActionJoinFails Action = "joinFails" // the chat server cannot be reached
	ActionFail      Action = "fail"      // it is in error
	ActionLose      Action = "lose"      // WWE does not know its state any more
	ActionRecover   Action = "recover"   // and knows it again
)

// transition is one step of an interaction's life: by an action, from one of
// some states to another one.
type transition struct {
	action Action
	from   []wwe.State
	to     wwe.State
	event  wwe.EventType           // that tells of it; "": one with the new state's name (guess)
	gone   func(*interaction) bool // whether WWE does not hold it any more then; nil: it does
}

func always(*interaction) bool            { return true }
func aConsultation(i *interaction) bool   { return i.IsConsultation }
func states(all ...wwe.State) []wwe.State { return all }

// lives are all the transitions there are. Genesys documents the states, not
// the steps between them, and real logs show those of voice calls; the others
// are guesses, from what the states mean.
var lives = map[kind][]transition{
	voice: {
		{ActionAnswer, states(wwe.StateRinging, wwe.StateDialing), wwe.StateTalking, wwe.EventTypeEstablished, nil},
		{ActionReject, states(wwe.StateRinging), wwe.StateIdle, wwe.EventTypeReleased, always},
		{ActionReject, states(wwe.StateDialing), wwe.StateIdle, wwe.EventTypeReleased, aConsultation},
		{ActionHold, states(wwe.StateTalking), wwe.StateHeld, wwe.EventTypeHeld, nil},
		{ActionResume, states(wwe.StateHeld), wwe.StateTalking, wwe.EventTypeRetrieved, nil},
		{ActionHangUp, states(wwe.StateTalking, wwe.StateHeld, wwe.StateDialing, wwe.StateUnknown), wwe.StateIdle, wwe.EventTypeReleased, aConsultation},
		{ActionHangUp, states(wwe.StateRinging), wwe.StateIdle, wwe.EventTypeReleased, always},
		{ActionMarkDone, states(wwe.StateIdle), wwe.StateIdle, wwe.EventTypeMarkDone, always},
		{ActionNoAnswer, states(wwe.StateRinging), wwe.StateIdle, wwe.EventTypeReleased, always},
		{ActionRedirect, states(wwe.StateRinging), wwe.StateIdle, wwe.EventTypeReleased, always},
		{ActionLose, states(wwe.StateTalking, wwe.StateHeld), wwe.StateUnknown, "", nil},
		{ActionRecover, states(wwe.StateUnknown), "", "", nil}, // to where it was
	},
	chat: {
		{ActionAnswer, states(wwe.StateInvited, wwe.StateInvitedConference), wwe.StateAccepted, "", nil},
		{ActionAnswer, states(wwe.StateTransferring), wwe.StateTransferCompleted, "", always},
		{ActionReject, states(wwe.StateInvited, wwe.StateInvitedConference), wwe.StateRevoked, "", always},
		{ActionReject, states(wwe.StateTransferring), "", "", nil},
		{ActionHangUp, slices.Concat(inChat, states(wwe.StateJoinFailed)), wwe.StateIdle, wwe.EventTypeReleased, aConsultation},
		{ActionHangUp, states(wwe.StateInvited, wwe.StateInvitedConference), wwe.StateRevoked, "", always},
		{ActionLeave, inChat, wwe.StateLeftConference, "", always},
		{ActionMarkDone, states(wwe.StateIdle, wwe.StateError), wwe.StateCompleted, wwe.EventTypeMarkDone, always},
		{ActionRevoke, states(wwe.StateInvited, wwe.StateInvitedConference), wwe.StateRevoked, "", always},
		{ActionJoin, states(wwe.StateAccepted, wwe.StateJoinFailed), wwe.StateJoinPending, "", nil},
		{ActionJoin, states(wwe.StateJoinPending), wwe.StateHistoryInProgress, "", nil},
		{ActionJoin, states(wwe.StateHistoryInProgress), wwe.StateHistoryDone, "", nil},
		{ActionJoinFails, states(wwe.StateJoinPending, wwe.StateHistoryInProgress), wwe.StateJoinFailed, "", nil},
		{ActionFail, slices.Concat(inChat, states(wwe.StateJoinFailed)), wwe.StateError, "", nil},
	},
	openMedia: {
		{ActionAnswer, states(wwe.StateInvited), wwe.StateAccepted, "", nil},
		{ActionAnswer, states(wwe.StateTransferring), wwe.StateTransferCompleted, "", always},
		{ActionReject, states(wwe.StateInvited), wwe.StateRevoked, "", always},
		{ActionReject, states(wwe.StateTransferring), "", "", nil},
		{ActionSave, states(wwe.StateAccepted, wwe.StatePulled), wwe.StateSaved, "", always},
		{ActionMarkDone, states(wwe.StateAccepted, wwe.StatePulled, wwe.StateError), wwe.StateCompleted, wwe.EventTypeMarkDone, always},
		{ActionRevoke, states(wwe.StateInvited), wwe.StateRevoked, "", always},
		{ActionFail, states(wwe.StateAccepted, wwe.StatePulled), wwe.StateError, "", nil},
	},
	outboundEmail: {
		{ActionSend, states(wwe.StateCreated, wwe.StatePulled), wwe.StateSent, "", always},
		{ActionCancel, states(wwe.StateCreated, wwe.StatePulled), wwe.StateCancelled, "", always},
		{ActionSave, states(wwe.StateCreated, wwe.StatePulled), wwe.StateSaved, "", always},
		{ActionMarkDone, states(wwe.StateError), wwe.StateCompleted, wwe.EventTypeMarkDone, always},
		{ActionFail, states(wwe.StateCreated, wwe.StatePulled), wwe.StateError, "", nil},
	},
	preview: {
		{ActionAnswer, states(wwe.StatePreview), wwe.StateReady, "", nil},
		{ActionReject, states(wwe.StatePreview, wwe.StateReady), wwe.StateRejected, "", always},
		{ActionCancel, states(wwe.StatePreview, wwe.StateReady), wwe.StateCanceled, "", always},
		{ActionCall, states(wwe.StateReady), wwe.StateReady, "", nil}, // the call is an interaction of its own
		{ActionMarkDone, states(wwe.StatePreview, wwe.StateReady), wwe.StateCompleted, wwe.EventTypeMarkDone, always},
	},
}

// inChat are the states of a chat that the agent is in.
var inChat = states(wwe.StateAccepted, wwe.StateJoinPending, wwe.StateHistoryInProgress, wwe.StateHistoryDone)

// established are the states in which an interaction can be consulted about,
// transferred, or made a conference of.
var established = map[kind][]wwe.State{
	voice:     states(wwe.StateTalking, wwe.StateHeld),
	chat:      inChat,
	openMedia: states(wwe.StateAccepted, wwe.StatePulled),
}

// offered are the states in which an interaction waits to be accepted.
var offered = states(wwe.StateRinging, wwe.StateInvited, wwe.StateInvitedConference, wwe.StatePreview)

// recordings are the steps of a call's recording.
var recordings = map[Action]struct {
	from []wwe.RecordingState
	to   wwe.RecordingState
}{
	ActionStartRecording:  {[]wwe.RecordingState{"", wwe.RecordingStateStopped}, wwe.RecordingStateRunning},
	ActionPauseRecording:  {[]wwe.RecordingState{wwe.RecordingStateRunning}, wwe.RecordingStatePaused},
	ActionResumeRecording: {[]wwe.RecordingState{wwe.RecordingStatePaused}, wwe.RecordingStateRunning},
	ActionStopRecording:   {[]wwe.RecordingState{wwe.RecordingStateRunning, wwe.RecordingStatePaused}, wwe.RecordingStateStopped},
}

// actions are what there is to know of each action beside its transitions, in
// the order of menus.
var actions = []struct {
	action    Action
	label, by string
}{
	{ActionAnswer, "Answer", byAgent},
	{ActionReject, "Reject", byAgent},
	{ActionHold, "Hold", byAgent},
	{ActionResume, "Resume", byAgent},
	{ActionCall, "Call", byAgent},
	{ActionHangUp, "Hang up", byAgent},
	{ActionLeave, "Leave", byAgent},
	{ActionStartRecording, "Start recording", byAgent},
	{ActionPauseRecording, "Pause recording", byAgent},
	{ActionResumeRecording, "Resume recording", byAgent},
	{ActionStopRecording, "Stop recording", byAgent},
	{ActionSend, "Send", byAgent},
	{ActionCancel, "Cancel", byAgent},
	{ActionSave, "Save", byAgent},
	{ActionMarkDone, "Done", byAgent},
	{ActionNoAnswer, "Nobody answers", bySystem},
	{ActionRedirect, "Redirect", bySystem},
	{ActionRevoke, "Revoke", bySupervisor},
	{ActionJoin, "Join chat", bySystem},
	{ActionJoinFails, "Joining fails", bySystem},
	{ActionFail, "Fail", bySystem},
	{ActionLose, "Lose", bySystem},
	{ActionRecover, "Recover", bySystem},
}

const (
	byAgent      = "agent"
	bySupervisor = "supervisor"
	bySystem     = "system"
)

// Label is the action's name on a button.
func (a Action) Label() string {
	for _, known := range actions {
		if known.action == a {
			return known.label
		}
	}
	return string(a)
}

// By tells who does it: "agent", "supervisor" or "system".
func (a Action) By() string {
	for _, known := range actions {
		if known.action == a {
			return known.by
		}
	}
	return bySystem
}

// transition finds the step that the action is for the interaction as it is now.
func (i *interaction) transition(a Action) (transition, bool) {
	for _, t := range lives[i.kind] {
		if t.action == a && slices.Contains(t.from, i.life()) && i.mayLeave(t) {
			return t, true
		}
	}
	return transition{}, false
}

// mayLeave: a conference goes on when the agent leaves only if others are in it.
func (i *interaction) mayLeave(t transition) bool {
	return t.action != ActionLeave || len(i.Parties) > 1
}

// isEstablished tells whether the agent is at work on it.
func (i *interaction) isEstablished() bool { return slices.Contains(established[i.kind], i.life()) }

// isOffered tells whether it is for the agent to accept or reject it.
func (i *interaction) isOffered() bool { return slices.Contains(offered, i.life()) && !i.rangElsewhere }

// isLive tells whether something can still become of it but to be marked done.
func (i *interaction) isLive() bool {
	state := i.life()
	return state != wwe.StateIdle && state != wwe.StateError
}

// can tells whether the action is possible now.
func (i *interaction) can(a Action) bool {
	if r, isRecording := recordings[a]; isRecording {
		return i.kind == voice && i.isEstablished() && slices.Contains(r.from, i.RecordingState)
	}
	_, possible := i.transition(a)
	return possible
}

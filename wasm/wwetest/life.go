package wwetest

import (
	"slices"

	"wwebridge/wasm/wwe"
)

// kind decides which transitions an interaction has.
type kind int

const (
	voice kind = iota
	chat
	openMedia     // inbound email and work items
	outboundEmail // an email that the agent writes
	preview       // of an outbound call
)

// Action is an event in the life of an interaction, such as an answer.
type Action string

// The actions. An interaction's media and state decide which of them are
// possible, see Host.Actions. In DIALING, in TRANSFERRING and in a
// consultation, the other side answers or rejects, not the agent.
const (
	ActionAnswer   Action = "answer"   // the agent or the other side answers
	ActionReject   Action = "reject"   // the agent or the other side declines to answer
	ActionHold     Action = "hold"     // the agent holds the call
	ActionResume   Action = "resume"   // the agent takes the call off hold
	ActionHangUp   Action = "hangUp"   // either side ends the call or the chat
	ActionLeave    Action = "leave"    // the agent leaves a conference, which goes on
	ActionSend     Action = "send"     // the agent sends the email
	ActionCancel   Action = "cancel"   // the agent discards the email or cancels the preview
	ActionSave     Action = "save"     // the agent saves the interaction in the workbin
	ActionCall     Action = "call"     // the agent calls the number of the preview
	ActionMarkDone Action = "markDone" // the agent marks the interaction done

	ActionStartRecording  Action = "startRecording"
	ActionPauseRecording  Action = "pauseRecording"
	ActionResumeRecording Action = "resumeRecording"
	ActionStopRecording   Action = "stopRecording"

	ActionNoAnswer  Action = "noAnswer"  // nobody answers, and the call ends there
	ActionRedirect  Action = "redirect"  // nobody answers, and the call goes to somebody else
	ActionRevoke    Action = "revoke"    // the agent loses the interaction before accepting it
	ActionJoin      Action = "join"      // the chat takes the next step into its session
	ActionJoinFails Action = "joinFails" // the chat server cannot be reached
	ActionFail      Action = "fail"      // the interaction enters the state ERROR
	ActionLose      Action = "lose"      // WWE loses track of the call's state
	ActionRecover   Action = "recover"   // WWE has the call's state again
)

// transition is one step of an interaction's life: an action leads from one of
// several states to another one.
type transition struct {
	action Action
	from   []wwe.State
	to     wwe.State               // "": back to the state before
	event  wwe.EventType           // sent after the step; "": an event with the new state's name (guess)
	gone   func(*interaction) bool // whether WWE drops the interaction then; nil: it does not
}

func always(*interaction) bool            { return true }
func aConsultation(i *interaction) bool   { return i.IsConsultation }
func states(all ...wwe.State) []wwe.State { return all }

// lives holds all transitions. Genesys documents the states but not the
// transitions. Real logs show those of voice calls. The others are guesses from
// the meaning of the states.
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
		{ActionRecover, states(wwe.StateUnknown), "", "", nil}, // back to the state before
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

// inChat are the states of a chat that the agent has joined or is joining.
var inChat = states(wwe.StateAccepted, wwe.StateJoinPending, wwe.StateHistoryInProgress, wwe.StateHistoryDone)

// established are the states in which an interaction can be consulted about,
// transferred, or turned into a conference.
var established = map[kind][]wwe.State{
	voice:     states(wwe.StateTalking, wwe.StateHeld),
	chat:      inChat,
	openMedia: states(wwe.StateAccepted, wwe.StatePulled),
}

// offered are the states in which an interaction waits to be accepted.
var offered = states(wwe.StateRinging, wwe.StateInvited, wwe.StateInvitedConference, wwe.StatePreview)

// recordings are the transitions of a call's recording.
var recordings = map[Action]struct {
	from []wwe.RecordingState
	to   wwe.RecordingState
}{
	ActionStartRecording:  {[]wwe.RecordingState{"", wwe.RecordingStateStopped}, wwe.RecordingStateRunning},
	ActionPauseRecording:  {[]wwe.RecordingState{wwe.RecordingStateRunning}, wwe.RecordingStatePaused},
	ActionResumeRecording: {[]wwe.RecordingState{wwe.RecordingStatePaused}, wwe.RecordingStateRunning},
	ActionStopRecording:   {[]wwe.RecordingState{wwe.RecordingStateRunning, wwe.RecordingStatePaused}, wwe.RecordingStateStopped},
}

// actions holds the label and the actor of each action, in the order of menus.
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

// Label returns the action's name on a button.
func (a Action) Label() string {
	for _, known := range actions {
		if known.action == a {
			return known.label
		}
	}
	return string(a)
}

// By returns who performs the action: "agent", "supervisor" or "system".
func (a Action) By() string {
	for _, known := range actions {
		if known.action == a {
			return known.by
		}
	}
	return bySystem
}

// transition returns the transition that the action causes in the interaction's
// current state.
func (i *interaction) transition(a Action) (transition, bool) {
	for _, t := range lives[i.kind] {
		if t.action == a && slices.Contains(t.from, i.life()) && i.mayLeave(t) {
			return t, true
		}
	}
	return transition{}, false
}

// mayLeave reports whether the transition is possible. The agent can leave a
// conference only if others stay in it.
func (i *interaction) mayLeave(t transition) bool {
	return t.action != ActionLeave || len(i.Parties) > 1
}

// isEstablished reports whether the agent is working on the interaction.
func (i *interaction) isEstablished() bool { return slices.Contains(established[i.kind], i.life()) }

// isOffered reports whether the interaction waits for the agent to accept or
// reject it.
func (i *interaction) isOffered() bool { return slices.Contains(offered, i.life()) && !i.rangElsewhere }

// isLive reports whether the interaction has not ended. An ended one can only
// be marked done.
func (i *interaction) isLive() bool {
	state := i.life()
	return state != wwe.StateIdle && state != wwe.StateError
}

// can reports whether the action is possible now.
func (i *interaction) can(a Action) bool {
	if r, isRecording := recordings[a]; isRecording {
		return i.kind == voice && i.isEstablished() && slices.Contains(r.from, i.RecordingState)
	}
	_, possible := i.transition(a)
	return possible
}

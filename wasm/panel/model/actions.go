package model

import (
	"slices"

	"wwebridge/wasm/wwe"
)

// Action is something that the agent can do in the panel.
type Action string

// The actions.
const (
	Accept             Action = "accept"
	Reject             Action = "reject"
	Hold               Action = "hold"
	Resume             Action = "resume"
	HangUp             Action = "hangUp"
	Consult            Action = "consult"
	Transfer           Action = "transfer"
	Conference         Action = "conference"
	CompleteTransfer   Action = "completeTransfer"
	CompleteConference Action = "completeConference"
	StartRecording     Action = "startRecording"
	PauseRecording     Action = "pauseRecording"
	ResumeRecording    Action = "resumeRecording"
	StopRecording      Action = "stopRecording"
	MarkDone           Action = "markDone"
	BlockMarkDone      Action = "blockMarkDone"
	UnblockMarkDone    Action = "unblockMarkDone"
	SetUserData        Action = "setUserData"
	DeleteUserData     Action = "deleteUserData"
	SelectCase         Action = "selectCase"
	SetAgentState      Action = "setAgentState"
	SetMediaState      Action = "setMediaState"
)

// requests are what WWE calls them.
var requests = map[Action]string{
	Accept: "interaction.accept", Reject: "interaction.reject",
	Hold: "voice.hold", Resume: "voice.resume", HangUp: "voice.hangUp",
	Consult: "interaction.consult", Transfer: "interaction.singleStepTransfer", Conference: "interaction.singleStepConference",
	CompleteTransfer: "interaction.completeTransfer", CompleteConference: "interaction.completeConference",
	StartRecording: "voice.startCallRecording", PauseRecording: "voice.pauseCallRecording",
	ResumeRecording: "voice.resumeCallRecording", StopRecording: "voice.stopCallRecording",
	MarkDone: "interaction.markdone", BlockMarkDone: "interaction.blockMarkdone", UnblockMarkDone: "interaction.unblockMarkdone",
	SetUserData: "interaction.setUserData", DeleteUserData: "interaction.deleteUserData",
	SelectCase: "interaction.selectCaseByCaseId", SetAgentState: "agent.setState", SetMediaState: "media.setState",
}

// Request is the name of the request that the action sends.
func (a Action) Request() string { return requests[a] }

// kind is what decides what can be done with an interaction.
type kind int

const (
	voice  kind = iota
	chat        // and every media that is like one
	office      // email and work items: nobody talks, so nobody is held or joins
)

func kindOf(i wwe.Interaction) kind {
	switch i.Media {
	case "voice":
		return voice
	case "email", "workitem":
		return office
	case "":
		if i.CallUUID != "" || i.ANI != "" || i.CallType != "" { // an older WWE does not tell the media
			return voice
		}
	}
	return chat
}

// IsOffered tells whether the interaction waits for the agent to accept or
// reject it. What the agent began rings elsewhere.
func IsOffered(i wwe.Interaction) bool {
	switch i.State {
	case wwe.StateRinging, wwe.StatePreview:
		return true
	case wwe.StateInvited, wwe.StateInvitedConference:
		return !i.IsConsultation
	}
	return false
}

// isJoined tells whether the agent is at work on it with somebody.
func isJoined(i wwe.Interaction) bool {
	switch i.State {
	case wwe.StateTalking, wwe.StateHeld:
		return true
	case wwe.StateAccepted, wwe.StatePulled, wwe.StateJoinPending, wwe.StateHistoryInProgress, wwe.StateHistoryDone,
		wwe.StateUserDataAttached, wwe.StateUserDataUpdated:
		return kindOf(i) != voice
	}
	return false
}

// isOver tells whether nothing but to mark it done is left.
func isOver(s wwe.State) bool {
	switch s {
	case wwe.StateIdle, wwe.StateError, wwe.StateCompleted, wwe.StateRevoked, wwe.StateSaved, wwe.StateSent, wwe.StateCancelled,
		wwe.StateCanceled, wwe.StateRejected, wwe.StateTransferCompleted, wwe.StateLeftConference:
		return true
	}
	return false
}

// canMarkDone: a call once it has ended, an email or a work item when the
// agent is at work on it, a preview at any time.
func canMarkDone(i wwe.Interaction) bool {
	switch i.State {
	case wwe.StateIdle:
		return true
	case wwe.StateError, wwe.StateReady, wwe.StatePreview:
		return kindOf(i) != voice
	case wwe.StateAccepted, wwe.StatePulled, wwe.StateUserDataAttached, wwe.StateUserDataUpdated:
		return kindOf(i) == office
	}
	return false
}

// sensible are the actions that make sense for the interaction, in the order
// of buttons, each with the interaction that it is done to: a consultation is
// completed by its own id, wherever the agent looks at.
func sensible(i wwe.Interaction, consultation *wwe.Interaction, blocked Block) []Offer {
	var offers []Offer
	add := func(actions ...Action) {
		for _, a := range actions {
			offers = append(offers, Offer{Action: a, On: i.InteractionID})
		}
	}
	k := kindOf(i)
	if IsOffered(i) {
		add(Accept, Reject)
	}
	if consultation != nil && isJoined(*consultation) && (consultation.InteractionID == i.InteractionID || isJoined(i)) {
		for _, a := range []Action{CompleteTransfer, CompleteConference} {
			if a == CompleteTransfer || k != office {
				offers = append(offers, Offer{Action: a, On: consultation.InteractionID})
			}
		}
	}
	if k == voice {
		switch i.State {
		case wwe.StateTalking:
			add(Hold)
		case wwe.StateHeld:
			add(Resume)
		}
	}
	if isJoined(i) && !i.IsConsultation {
		if consultation == nil {
			add(Consult)
		}
		add(Transfer)
		if k != office {
			add(Conference)
		}
	}
	if k == voice && isJoined(i) {
		switch i.RecordingState {
		case wwe.RecordingRunning:
			add(PauseRecording, StopRecording)
		case wwe.RecordingPaused:
			add(ResumeRecording, StopRecording)
		default:
			add(StartRecording)
		}
	}
	if k == voice && (isJoined(i) || i.State == wwe.StateDialing || i.State == wwe.StateUnknown) {
		add(HangUp)
	}
	if canMarkDone(i) && consultation == nil {
		add(MarkDone)
	}
	if !i.IsConsultation && !IsOffered(i) {
		if blocked != Blocked {
			add(BlockMarkDone)
		}
		if blocked != Unblocked {
			add(UnblockMarkDone)
		}
	}
	return offers
}

// Offer is an action that makes sense now.
type Offer struct {
	Action  Action
	On      string // the interaction that it is done to
	Allowed bool   // WWE lets this page use it
	Pending bool   // it is under way
}

// Block tells whether mark done is blocked, as far as the panel knows: WWE
// does not tell.
type Block int

// The values of Block.
const (
	Unblocked    Block = iota
	Blocked            // from this panel
	MaybeBlocked       // WWE has refused to mark it done
)

func (m *Model) offers(i *item) []Offer {
	offers := sensible(i.Interaction, m.consultationOf(i.Interaction), m.blocked(i))
	for n := range offers {
		o := &offers[n]
		o.Allowed = m.allowed.Allows(o.Action.Request())
		o.Pending = m.pending[task{o.Action, o.On, ""}]
	}
	return offers
}

// consultationOf finds the consultation that is open about the interaction, or is it.
func (m *Model) consultationOf(i wwe.Interaction) *wwe.Interaction {
	if i.IsConsultation {
		return &i
	}
	for _, other := range m.items {
		if other.IsConsultation && other.ParentInteractionID == i.InteractionID && !isOver(other.State) {
			return &other.Interaction
		}
	}
	return nil
}

// missing are the requests that the item needs and this page may not use.
func (m *Model) missing(i *Item) []string {
	var missing []string
	need := func(a Action) {
		if request := a.Request(); !m.allowed.Allows(request) && !slices.Contains(missing, request) {
			missing = append(missing, request)
		}
	}
	for _, o := range i.Offers {
		need(o.Action)
	}
	if i.Writable {
		need(SetUserData)
		need(DeleteUserData)
	}
	return missing
}

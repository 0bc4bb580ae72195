package model

import (
	"slices"

	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// Action is an action of the agent in the panel.
type Action string

// The actions.
const (
	Accept             Action = "accept"
	Reject             Action = "reject"
	Hold               Action = "hold"
	Resume             Action = "resume"
	HangUp             Action = "hangUp"
	BackToCustomer     Action = "backToCustomer" // Resume of the customer's call, offered on the consultation
	Consult            Action = "consult"
	EndConsultation    Action = "endConsultation"
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
	Dial               Action = "dial"
	CallPreview        Action = "callPreview"
	MuteMicrophone     Action = "muteMicrophone"
	UnmuteMicrophone   Action = "unmuteMicrophone"
)

// actions lists all actions in the order of their buttons, with the requests that they send.
var actions = [...]struct {
	action  Action
	request string
}{
	{Accept, "interaction.accept"}, {Reject, "interaction.reject"},
	{CompleteTransfer, "interaction.completeTransfer"}, {CompleteConference, "interaction.completeConference"},
	{CallPreview, "outbound.callPreviewRecord"}, {Hold, "voice.hold"}, {Resume, "voice.resume"}, {BackToCustomer, "voice.resume"},
	{Consult, "interaction.consult"}, {EndConsultation, "voice.hangUp"}, {Transfer, "interaction.singleStepTransfer"}, {Conference, "interaction.singleStepConference"},
	{StartRecording, "voice.startCallRecording"}, {PauseRecording, "voice.pauseCallRecording"},
	{ResumeRecording, "voice.resumeCallRecording"}, {StopRecording, "voice.stopCallRecording"},
	{HangUp, "voice.hangUp"}, {MarkDone, "interaction.markdone"},
	{BlockMarkDone, "interaction.blockMarkdone"}, {UnblockMarkDone, "interaction.unblockMarkdone"},
	{SetUserData, "interaction.setUserData"}, {DeleteUserData, "interaction.deleteUserData"},
	{SelectCase, "interaction.selectCaseByCaseId"}, {SetAgentState, "agent.setState"}, {SetMediaState, "media.setState"},
	{Dial, "voice.dial"}, {MuteMicrophone, "sipEndpoint.muteMicrophone"}, {UnmuteMicrophone, "sipEndpoint.unmuteMicrophone"},
}

// Request returns the name of the request that the action sends.
func (a Action) Request() string {
	for n := range actions {
		if actions[n].action == a {
			return actions[n].request
		}
	}
	return ""
}

// ActionOf returns the action that sends the request, or "" for none.
func ActionOf(request string) Action {
	for n := range actions {
		if actions[n].request == request {
			return actions[n].action
		}
	}
	return ""
}

// kind is the class of media that decides which actions an interaction offers.
type kind int

const (
	voice  kind = iota
	chat        // and every media that works like chat
	office      // email and work items: there is no conversation, so no hold and no conference
)

func kindOf(i *wwe.Interaction) kind {
	switch i.Media {
	case "voice":
		return voice
	case "email", "workitem":
		return office
	case "":
		if i.CallUUID != "" || i.ANI != "" || i.CallType != "" { // an older WWE does not report the media
			return voice
		}
	}
	return chat
}

// IsOffered reports whether the interaction waits for the agent to accept or reject it. A consultation
// that the agent began does not: it rings at the other party.
func IsOffered(i *wwe.Interaction) bool {
	switch i.State {
	case wwe.StateRinging, wwe.StatePreview:
		return true
	case wwe.StateInvited, wwe.StateInvitedConference:
		return !i.IsConsultation
	}
	return false
}

// isJoined reports whether the agent is connected to another party, or works on the interaction.
func isJoined(i *wwe.Interaction) bool {
	switch i.State {
	case wwe.StateTalking, wwe.StateHeld:
		return true
	case wwe.StateAccepted, wwe.StatePulled, wwe.StateJoinPending, wwe.StateHistoryInProgress, wwe.StateHistoryDone,
		wwe.StateUserDataAttached, wwe.StateUserDataUpdated:
		return kindOf(i) != voice
	}
	return false
}

// isOver reports whether an interaction in this state has ended, so that it can only be marked done.
func isOver(s wwe.State) bool { return look.Of(s) == "over" || s == wwe.StateError }

// canMarkDone reports whether the interaction can be marked done: a call once it has ended, an email or a
// work item while the agent works on it, a preview at any time.
func canMarkDone(i *wwe.Interaction) bool {
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

// isPreview reports whether the interaction is a record of a campaign that the agent is to call.
func isPreview(i *wwe.Interaction) bool { return i.Media == "outboundpreview" }

// isCallOf reports whether i is a call to the customer of the preview that has not ended. WWE puts it in the
// preview's case.
func isCallOf(i, preview *wwe.Interaction) bool {
	return kindOf(i) == voice && !i.IsConsultation && !isOver(i.State) && i.CaseID != "" && i.CaseID == preview.CaseID
}

// canHangUp reports whether i is a call that the agent is in. It is false for nil.
func canHangUp(i *wwe.Interaction) bool {
	return i != nil && kindOf(i) == voice && (isJoined(i) || i.State == wwe.StateDialing || i.State == wwe.StateUnknown)
}

// situation holds the facts that decide which actions suit an interaction.
type situation struct {
	*wwe.Interaction
	kind         kind
	isJoined     bool
	consultation *wwe.Interaction // the open consultation about it, or itself if it is one; nil for none
	customer     *wwe.Interaction // the interaction consulted about, otherwise itself; nil if it is missing
	blocked      Block
	microphone   microphone
	isCalled     bool // it is a preview, and its customer is on the phone
}

// suits reports whether the action makes sense in this situation.
func (s situation) suits(a Action) bool {
	isCall := s.kind == voice
	canBegin := s.isJoined && s.consultation == nil
	canComplete := s.consultation != nil && isJoined(s.consultation) &&
		(s.consultation.InteractionID == s.InteractionID || s.isJoined)
	canRecord := isCall && s.isJoined
	isRecorded, isPaused := s.RecordingState == wwe.RecordingStateRunning, s.RecordingState == wwe.RecordingStatePaused
	canReturn := isCall && s.IsConsultation && s.State == wwe.StateTalking && s.customer != nil && s.customer.State == wwe.StateHeld
	canBlock := !s.IsConsultation && !IsOffered(s.Interaction)
	switch a {
	case Accept, Reject:
		return IsOffered(s.Interaction)
	case CompleteTransfer:
		return canComplete
	case CompleteConference:
		return canComplete && s.kind != office && (s.customer == nil || kindOf(s.customer) != office)
	case Hold:
		return isCall && s.State == wwe.StateTalking && !canReturn // BackToCustomer holds the consultation too
	case CallPreview:
		return isPreview(s.Interaction) && s.State == wwe.StateReady && !s.isCalled
	case Resume:
		return isCall && s.State == wwe.StateHeld
	case BackToCustomer:
		return canReturn
	case EndConsultation:
		return canHangUp(s.consultation)
	case Consult, Transfer:
		return canBegin
	case Conference:
		return canBegin && s.kind != office
	case StartRecording:
		return canRecord && !isRecorded && !isPaused
	case PauseRecording:
		return canRecord && isRecorded
	case ResumeRecording:
		return canRecord && isPaused
	case StopRecording:
		return canRecord && (isRecorded || isPaused)
	case MuteMicrophone:
		return isCall && s.State == wwe.StateTalking && s.microphone.known && !s.microphone.muted
	case UnmuteMicrophone:
		return isCall && s.State == wwe.StateTalking && s.microphone.known && s.microphone.muted
	case HangUp:
		return canHangUp(s.customer)
	case MarkDone:
		return canMarkDone(s.Interaction) && (s.consultation == nil || s.IsConsultation && isOver(s.State))
	case BlockMarkDone:
		return canBlock && s.blocked != Blocked
	case UnblockMarkDone:
		return canBlock && s.blocked != Unblocked
	}
	return false
}

// Offer is an action that makes sense now.
type Offer struct {
	_       [0]func() // not comparable: less code
	Action  Action
	On      string // the id of the interaction that the action is sent for
	Allowed bool   // WWE allows this page to use it
	Pending bool   // it is under way
	Waits   bool   // for a disposition, see WrapUp
}

// Block is whether mark done is blocked, as far as the panel can tell. WWE does not report it.
type Block int

// The values of Block.
const (
	Unblocked    Block = iota
	Blocked            // from this panel
	MaybeBlocked       // WWE has refused to mark it done
)

// offers returns the actions that make sense, each with the id of its interaction. Completing and ending
// a consultation always use the consultation's id, and hanging up on the customer always uses the
// customer's id. It does not matter which of the two is shown.
func (m *Model) offers(i *Item) []Offer {
	now := situation{i.Interaction, kindOf(i.Interaction), isJoined(i.Interaction), m.consultationOf(i.Interaction), i.Interaction, i.Blocked, m.microphone, m.isCalled(i.Interaction)}
	if i.IsConsultation {
		now.customer = i.Customer
	}
	var offers []Offer
	for n := range actions {
		a := actions[n].action
		if !now.suits(a) {
			continue
		}
		on, key := i.InteractionID, i.Key
		switch a {
		case CompleteTransfer, CompleteConference, EndConsultation:
			if i.Consultation != "" {
				on, key = i.Consultation, i.ConsultationKey
			}
		case HangUp, BackToCustomer:
			if i.Customer != nil {
				on, key = i.Customer.InteractionID, i.CustomerKey
			}
		}
		sent := a
		if a == BackToCustomer {
			sent = Resume
		}
		waits := a == MarkDone && m.waitsForDisposition(m.items[on])
		offers = append(offers, Offer{Action: a, On: on, Allowed: m.allows(a), Pending: m.pending[task{sent, key, ""}], Waits: waits})
	}
	return offers
}

// isCalled reports whether the interaction is a preview whose customer is being called.
func (m *Model) isCalled(preview *wwe.Interaction) bool {
	return isPreview(preview) && slices.ContainsFunc(m.order, func(i *item) bool { return isCallOf(i.Interaction, preview) })
}

// allows reports whether WWE allows this page to perform the action.
func (m *Model) allows(a Action) bool { return m.allowed.Allows(a.Request()) }

// consultationOf returns the first open consultation about the interaction, or the interaction itself if
// it is a consultation. It returns nil if there is none.
func (m *Model) consultationOf(i *wwe.Interaction) *wwe.Interaction {
	if i.IsConsultation {
		return i
	}
	if c := m.consultations[i.InteractionID]; c != nil {
		return c.Interaction
	}
	return nil
}

// missing returns the requests that the item needs and this page may not use.
func (m *Model) missing(i *Item) []string {
	var missing []string
	for n := range actions {
		a := actions[n].action
		isData := a == SetUserData || a == DeleteUserData
		if (i.Offer(a) != nil || isData && i.Writable) && !m.allows(a) && !slices.Contains(missing, actions[n].request) {
			missing = append(missing, actions[n].request)
		}
	}
	return missing
}

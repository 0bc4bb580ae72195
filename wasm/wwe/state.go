package wwe

// State is the state of an interaction. It is open: other values are kept as
// received.
type State string

// The documented values of State, with Genesys' explanations.
const (
	StateUnknown           State = "UNKNOWN"             // an unknown state
	StateIdle              State = "IDLE"                // not active; could be closed
	StateRinging           State = "RINGING"             // the inbound call is ringing
	StateDialing           State = "DIALING"             // the outbound call is ringing
	StateTalking           State = "TALKING"             // the call is established
	StateHeld              State = "HELD"                // the call is on hold
	StatePreview           State = "PREVIEW"             // a call preview
	StateInvited           State = "INVITED"             // open media: inviting
	StateAccepted          State = "ACCEPTED"            // open media: accepted
	StateCreated           State = "CREATED"             // open media: created
	StatePulled            State = "PULLED"              // open media: pulled from a workbin
	StateRevoked           State = "REVOKED"             // open media: revoked
	StateCompleted         State = "COMPLETED"           // open media: marked done
	StateError             State = "ERROR"               // open media: in error
	StateSaved             State = "SAVED"               // open media: saved
	StateTransferring      State = "TRANSFERRING"        // open media: being transferred
	StateTransferCompleted State = "TRANSFER_COMPLETED"  // open media: transferred
	StateInvitedConference State = "INVITED_CONFERENCE"  // open media: invited to a conference
	StateLeftConference    State = "LEFT_CONFERENCE"     // open media: has left the conference
	StateUserDataAttached  State = "USER_DATA_ATTACHED"  // data has been attached
	StateUserDataUpdated   State = "USER_DATA_UPDATED"   // the attached data has changed
	StateJoinPending       State = "JOIN_PENDING"        // chat: trying to join the session
	StateJoinFailed        State = "JOIN_FAILED"         // chat: the connection with the server failed
	StateHistoryInProgress State = "HISTORY_IN_PROGRESS" // chat: loading the content
	StateHistoryDone       State = "HISTORY_DONE"        // chat: the content is loaded
	StateCancelled         State = "CANCELLED"           // the outbound email is cancelled
	StateSent              State = "SENT"                // the outbound email is sent
	StateReady             State = "READY"               // the call preview is ready
	StateCanceled          State = "CANCELED"            // the call preview is cancelled (one L, unlike the email's)
	StateRejected          State = "REJECTED"            // the call preview is rejected
)

// Direction is the direction of a call. It is open like State.
type Direction string

// The documented values of Direction.
const (
	DirectionIn      Direction = "IN"
	DirectionOut     Direction = "OUT"
	DirectionUnknown Direction = "UNKNOWN"
)

// CallType is the type of a call. It is open like State.
type CallType string

// The documented values of CallType.
const (
	CallTypeInternal CallType = "INTERNAL"
	CallTypeInbound  CallType = "INBOUND"
	CallTypeOutbound CallType = "OUTBOUND"
	CallTypeConsult  CallType = "CONSULT"
	CallTypeUnknown  CallType = "UNKNOWN"
)

// RecordingState says whether a call is being recorded. It is open like State.
type RecordingState string

// The documented values of RecordingState.
const (
	RecordingStateStopped RecordingState = "STOPPED"
	RecordingStateRunning RecordingState = "RECORDING"
	RecordingStatePaused  RecordingState = "PAUSED"
)

// RonaCallState is the outcome of an inbound call that the agent did not
// answer. It is open like State; only the cloud documentation has it.
type RonaCallState string

// The documented values of RonaCallState.
const (
	RonaCallStateRedirected RonaCallState = "REDIRECTED"
	RonaCallStateNoAnswer   RonaCallState = "NO_ANSWER"
)

// Package look groups the states of interactions for the eye.
package look

import "wwebridge/wasm/wwe"

// Of groups the states by what they mean to an agent; both pages have a
// colour and a shape for each group. "" is for a state that is not documented.
func Of(s wwe.State) string {
	switch s {
	case wwe.StateRinging, wwe.StateInvited, wwe.StateInvitedConference, wwe.StatePreview:
		return "offered"
	case wwe.StateDialing, wwe.StateTransferring, wwe.StateJoinPending, wwe.StateHistoryInProgress:
		return "connecting"
	case wwe.StateHeld:
		return "held"
	case wwe.StateTalking, wwe.StateAccepted, wwe.StateHistoryDone, wwe.StateCreated, wwe.StatePulled, wwe.StateReady,
		wwe.StateUserDataAttached, wwe.StateUserDataUpdated:
		return "active"
	case wwe.StateError, wwe.StateUnknown, wwe.StateJoinFailed:
		return "trouble"
	case wwe.StateIdle, wwe.StateCompleted, wwe.StateRevoked, wwe.StateSaved, wwe.StateSent, wwe.StateCancelled,
		wwe.StateCanceled, wwe.StateRejected, wwe.StateTransferCompleted, wwe.StateLeftConference:
		return "over"
	}
	return ""
}

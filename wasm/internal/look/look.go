// Package look formats states and user data alike for both pages.
package look

import (
	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
)

// looks is a table because it compiles to less code than a switch.
var looks = [...]struct {
	state wwe.State
	look  string
}{
	{wwe.StateRinging, "offered"}, {wwe.StateInvited, "offered"}, {wwe.StateInvitedConference, "offered"},
	{wwe.StatePreview, "offered"},
	{wwe.StateDialing, "connecting"}, {wwe.StateTransferring, "connecting"}, {wwe.StateJoinPending, "connecting"},
	{wwe.StateHistoryInProgress, "connecting"},
	{wwe.StateHeld, "held"},
	{wwe.StateTalking, "active"}, {wwe.StateAccepted, "active"}, {wwe.StateHistoryDone, "active"},
	{wwe.StateCreated, "active"}, {wwe.StatePulled, "active"}, {wwe.StateReady, "active"},
	{wwe.StateUserDataAttached, "active"}, {wwe.StateUserDataUpdated, "active"},
	{wwe.StateError, "trouble"}, {wwe.StateUnknown, "trouble"}, {wwe.StateJoinFailed, "trouble"},
	{wwe.StateIdle, "over"}, {wwe.StateCompleted, "over"}, {wwe.StateRevoked, "over"},
	{wwe.StateSaved, "over"}, {wwe.StateSent, "over"}, {wwe.StateCancelled, "over"},
	{wwe.StateCanceled, "over"}, {wwe.StateRejected, "over"}, {wwe.StateTransferCompleted, "over"},
	{wwe.StateLeftConference, "over"},
}

// Of returns the group of a state by its meaning to an agent, or "" for an undocumented state. Both pages
// have a colour and a shape for each group.
func Of(s wwe.State) string {
	for n := range looks {
		if looks[n].state == s {
			return looks[n].look
		}
	}
	return ""
}

// Value returns the text of a user data value: a string as it is, anything else as JSON.
func Value(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	text, err := jsontext.AppendAny(nil, value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

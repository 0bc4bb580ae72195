package wwe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The values as Genesys' two pages on the interaction namespace list them.
func TestEveryDocumentedValueHasItsConstant(t *testing.T) {
	for name, c := range map[string]struct {
		documented string
		constants  []string
	}{
		"state": {
			"UNKNOWN IDLE RINGING DIALING TALKING HELD PREVIEW INVITED ACCEPTED CREATED PULLED REVOKED COMPLETED ERROR SAVED " +
				"TRANSFERRING TRANSFER_COMPLETED INVITED_CONFERENCE LEFT_CONFERENCE USER_DATA_ATTACHED USER_DATA_UPDATED " +
				"JOIN_PENDING JOIN_FAILED HISTORY_IN_PROGRESS HISTORY_DONE CANCELLED SENT READY CANCELED REJECTED",
			listed(StateUnknown, StateIdle, StateRinging, StateDialing, StateTalking, StateHeld, StatePreview, StateInvited,
				StateAccepted, StateCreated, StatePulled, StateRevoked, StateCompleted, StateError, StateSaved, StateTransferring,
				StateTransferCompleted, StateInvitedConference, StateLeftConference, StateUserDataAttached, StateUserDataUpdated,
				StateJoinPending, StateJoinFailed, StateHistoryInProgress, StateHistoryDone, StateCancelled, StateSent, StateReady,
				StateCanceled, StateRejected),
		},
		"direction":      {"IN OUT UNKNOWN", listed(DirectionIn, DirectionOut, DirectionUnknown)},
		"callType":       {"INTERNAL INBOUND OUTBOUND CONSULT UNKNOWN", listed(CallTypeInternal, CallTypeInbound, CallTypeOutbound, CallTypeConsult, CallTypeUnknown)},
		"recordingState": {"STOPPED RECORDING PAUSED", listed(RecordingStateStopped, RecordingStateRunning, RecordingStatePaused)},
		"ronaCallState":  {"REDIRECTED NO_ANSWER", listed(RonaCallStateRedirected, RonaCallStateNoAnswer)},
		"target": {"AGENT AGENT_GROUP SKILL INTERACTION_QUEUE ROUTING_POINT CUSTOM_CONTACT", listed(TargetTypeAgent, TargetTypeAgentGroup,
			TargetTypeSkill, TargetTypeInteractionQueue, TargetTypeRoutingPoint, TargetTypeCustomContact)},
	} {
		assert.Equal(t, strings.Fields(c.documented), c.constants, name)
	}
}

func listed[T ~string](values ...T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

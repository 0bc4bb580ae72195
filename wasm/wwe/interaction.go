package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// InteractionNamespace is genesys.wwe.service.interaction: the agent's
// interactions and the commands on them.
//
// Genesys documents its methods twice, on pages called "Interaction namespace":
// in the "Service Client API Reference", and in the "Workspace Web Edition
// Developer's Guide and API Reference". They have Genesys' names in Go's
// spelling. Each waits for WWE's answer. In addition to the errors that a
// method lists, all of them return those of Service.Go.
//
// Genesys does not document the answer to a successful command: a nil error
// means that WWE did not refuse. Nor does it document which commands WWE
// refuses in which state.
type InteractionNamespace struct{ s *Service }

// GetInteractions returns all of the agent's interactions, in WWE's order. If
// WWE sends an interaction without a usable id, GetInteractions returns the
// others together with a *DataError that names it.
//
// Reference: Interaction namespace, getInteractions(). Result: an array of
// interaction.Interaction, documented. Errors: *DataError.
func (n InteractionNamespace) GetInteractions(ctx context.Context) ([]Interaction, error) {
	var interactions []Interaction
	err := n.s.answer(ctx, "interaction.getInteractions", nil, func(r *jsontext.Reader) { interactions = readInteractions(r) })
	if isUsable(err) {
		return interactions, err
	}
	return nil, err
}

func readInteractions(r *jsontext.Reader) []Interaction {
	const usual = 1000 // bytes per interaction, at least
	interactions := make([]Interaction, 0, r.Left()/usual+1)
	eachObject(r, func() string {
		next := len(interactions)
		interactions = append(interactions, Interaction{})
		if !interactions[next].read(r) {
			interactions = interactions[:next]
			return noInteractionID
		}
		return ""
	})
	return interactions
}

// GetByInteractionID (getByInteractionId) returns the interaction with this id.
// It returns ErrNotFound if WWE has none.
//
// Reference: Interaction namespace, getByInteractionId(interactionId). Result:
// interaction.Interaction or null, documented. Errors: ErrNotFound; *DataError.
func (n InteractionNamespace) GetByInteractionID(ctx context.Context, interactionID string) (Interaction, error) {
	return find(ctx, n.s, "interaction.getByInteractionId", readInteraction, argInteractionID(interactionID))
}

// SetUserData sets user data on a live interaction. A voice interaction is live
// unless its state is IDLE. Existing keys are overwritten; other keys stay.
// WWE's option service-client-api.user-data.write-allowed (in Agent Setup: List
// of User Data Write Allowed) may restrict the keys.
//
// Reference: Interaction namespace, setUserData(interactionId, keyValues).
func (n InteractionNamespace) SetUserData(ctx context.Context, interactionID string, keyValues UserData) error {
	if keyValues == nil {
		keyValues = UserData{}
	}
	return n.s.do(ctx, "interaction.setUserData", argInteractionID(interactionID), data("keyValues", keyValues))
}

// DeleteUserData deletes one key of the interaction's user data. WWE's option
// service-client-api.user-data.write-allowed (in Agent Setup: List of User Data
// Write Allowed) may restrict the keys.
//
// Reference: Interaction namespace, deleteUserData(interactionId, key).
func (n InteractionNamespace) DeleteUserData(ctx context.Context, interactionID, key string) error {
	return n.s.do(ctx, "interaction.deleteUserData", argInteractionID(interactionID), text("key", key))
}

// SelectCaseByCaseID (selectCaseByCaseId) selects the case with this id in
// WWE's window.
//
// Reference: Interaction namespace, selectCaseByCaseId(caseId).
func (n InteractionNamespace) SelectCaseByCaseID(ctx context.Context, caseID string) error {
	return n.s.do(ctx, "interaction.selectCaseByCaseId", required("caseId", caseID))
}

// MarkDone (markdone) marks the interaction done, which closes it. Pull
// previews and direct push previews of an outbound campaign end as with "Done
// and Stop": no further record is fetched or sent. Push previews end like any
// other interaction.
//
// Reference: Interaction namespace, markdone(interactionId).
func (n InteractionNamespace) MarkDone(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.markdone", argInteractionID(interactionID))
}

// BlockMarkDone (blockMarkdone) prevents the agent from marking the interaction
// done. WWE shows the warning message at each attempt. WWE announces an attempt
// with an event of TopicMarkDone, and then waits for this call for the time
// that the event states.
//
// Reference: Interaction namespace, blockMarkdone(interactionId,
// warningMessage).
func (n InteractionNamespace) BlockMarkDone(ctx context.Context, interactionID, warningMessage string) error {
	return n.s.do(ctx, "interaction.blockMarkdone", argInteractionID(interactionID), text("warningMessage", warningMessage))
}

// UnblockMarkDone (unblockMarkdone) undoes BlockMarkDone.
//
// Reference: Interaction namespace, unblockMarkdone(interactionId).
func (n InteractionNamespace) UnblockMarkDone(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, unblockRequest, argInteractionID(interactionID))
}

// Accept accepts a ringing interaction.
//
// Reference: Interaction namespace, accept(interactionId).
func (n InteractionNamespace) Accept(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.accept", argInteractionID(interactionID))
}

// Reject rejects a ringing interaction.
//
// Reference: Interaction namespace, reject(interactionId).
func (n InteractionNamespace) Reject(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.reject", argInteractionID(interactionID))
}

// Consult starts a consultation with the target. The consultation is a new
// interaction with this one as its parent. Nil user data and nil extensions
// mean none; extensions do not apply to chat. WWE has had this request since
// March 2023; Genesys does not document the answer of older versions.
//
// Reference: Interaction namespace, consult(interactionId, target, userData,
// extensions).
func (n InteractionNamespace) Consult(ctx context.Context, interactionID string, target Target, userData, extensions UserData) error {
	return n.toTarget(ctx, "interaction.consult", interactionID, target, userData, extensions)
}

// SingleStepTransfer transfers the interaction to the target without a
// consultation. See Consult for user data, extensions and versions of WWE.
//
// Reference: Interaction namespace, singleStepTransfer(interactionId, target,
// userData, extensions).
func (n InteractionNamespace) SingleStepTransfer(ctx context.Context, interactionID string, target Target, userData, extensions UserData) error {
	return n.singleStep(ctx, "interaction.singleStepTransfer", interactionID, target, userData, extensions)
}

// SingleStepConference adds the target to the interaction without a
// consultation. See Consult for user data, extensions and versions of WWE.
//
// Reference: Interaction namespace, singleStepConference(interactionId, target,
// userData, extensions).
func (n InteractionNamespace) SingleStepConference(ctx context.Context, interactionID string, target Target, userData, extensions UserData) error {
	return n.singleStep(ctx, "interaction.singleStepConference", interactionID, target, userData, extensions)
}

func (n InteractionNamespace) singleStep(ctx context.Context, request, interactionID string, to Target, userData, extensions UserData) error {
	if to.Media != "" {
		return &ArgumentError{request, "target.media", "only a consultation can choose its media"}
	}
	return n.toTarget(ctx, request, interactionID, to, userData, extensions)
}

func (n InteractionNamespace) toTarget(ctx context.Context, request, interactionID string, to Target, userData, extensions UserData) error {
	return n.s.do(ctx, request, argInteractionID(interactionID),
		target("target", to), data("userData", userData), data("extensions", extensions))
}

// CompleteTransfer completes the transfer: it connects the other parties of a
// consultation and its parent, and removes the agent. The id is that of the
// consultation. WWE has had this request since March 2023.
//
// Reference: Interaction namespace, completeTransfer(consultInteractionId).
func (n InteractionNamespace) CompleteTransfer(ctx context.Context, consultInteractionID string) error {
	return n.s.do(ctx, "interaction.completeTransfer", required("consultInteractionId", consultInteractionID))
}

// CompleteConference merges a consultation and its parent into one conference.
// The id is that of the consultation. WWE has had this request since March
// 2023.
//
// Reference: Interaction namespace, completeConference(consultInteractionId).
func (n InteractionNamespace) CompleteConference(ctx context.Context, consultInteractionID string) error {
	return n.s.do(ctx, "interaction.completeConference", required("consultInteractionId", consultInteractionID))
}

func argInteractionID(id string) argument { return required("interactionId", id) }

package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// InteractionNamespace is genesys.wwe.service.interaction: the interactions
// that the agent has, and what can be done with them.
//
// Its methods are those of the page "Interaction namespace" in Genesys'
// "Service Client API Reference" and of the page of the same name in the
// "Workspace Web Edition Developer's Guide and API Reference", whose names
// they carry in Go's spelling. Each waits for WWE's answer. Beside what each
// one says, all of them return the errors that Service.Go lists.
//
// What WWE answers to a command on success is not documented; nil means that
// it did not refuse. It is not documented either which commands WWE refuses
// in which state.
type InteractionNamespace struct{ s *Service }

// GetInteractions returns all the interactions that the agent has, in WWE's
// order. An interaction that WWE sends without a usable id is left out: the
// others then come together with a *DataError that names it.
//
// Reference: Interaction namespace, getInteractions(). Result: an array of
// interaction.Interaction, documented. Errors: *DataError; see Service.Go.
func (n InteractionNamespace) GetInteractions(ctx context.Context) ([]Interaction, error) {
	var interactions []Interaction
	err := n.s.answer(ctx, "interaction.getInteractions", nil, func(r *jsontext.Reader) { interactions = readInteractions(r) })
	if isUsable(err) {
		return interactions, err
	}
	return nil, err
}

func readInteractions(r *jsontext.Reader) []Interaction {
	const usual = 1000 // bytes of an interaction, or more
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

// GetByInteractionID gets an interaction by its unique identifier
// (getByInteractionId). ErrNotFound if WWE holds none with it.
//
// Reference: Interaction namespace, getByInteractionId(interactionId). Result:
// interaction.Interaction or null, documented. Errors: ErrNotFound; *DataError;
// see Service.Go.
func (n InteractionNamespace) GetByInteractionID(ctx context.Context, interactionID string) (Interaction, error) {
	return find(ctx, n.s, "interaction.getByInteractionId", readInteraction, argInteractionID(interactionID))
}

// SetUserData sets user data on a live interaction; for voice that is one
// whose state is not IDLE. Keys that exist are overwritten, others stay. The
// option service-client-api.user-data.write-allowed (in Agent Setup: List of
// User Data Write Allowed) may restrict the keys.
//
// Reference: Interaction namespace, setUserData(interactionId, keyValues).
// Result: not documented; nil means that WWE did not refuse. Errors: see
// Service.Go.
func (n InteractionNamespace) SetUserData(ctx context.Context, interactionID string, keyValues UserData) error {
	if keyValues == nil {
		keyValues = UserData{}
	}
	return n.s.do(ctx, "interaction.setUserData", argInteractionID(interactionID), data("keyValues", keyValues))
}

// DeleteUserData deletes one key of the data attached to the interaction. The
// option service-client-api.user-data.write-allowed (in Agent Setup: List of
// User Data Write Allowed) may restrict the keys.
//
// Reference: Interaction namespace, deleteUserData(interactionId, key). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) DeleteUserData(ctx context.Context, interactionID, key string) error {
	return n.s.do(ctx, "interaction.deleteUserData", argInteractionID(interactionID), text("key", key))
}

// SelectCaseByCaseID selects, in WWE's window, the case with this identifier
// (selectCaseByCaseId).
//
// Reference: Interaction namespace, selectCaseByCaseId(caseId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) SelectCaseByCaseID(ctx context.Context, caseID string) error {
	return n.s.do(ctx, "interaction.selectCaseByCaseId", required("caseId", caseID))
}

// MarkDone marks the interaction done (markdone), which closes it. For
// outbound previews: a pull preview and a direct push preview end as with
// "Done and Stop", so that no further record is fetched or sent; a push
// preview has nothing special.
//
// Reference: Interaction namespace, markdone(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) MarkDone(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.markdone", argInteractionID(interactionID))
}

// BlockMarkDone keeps the agent from marking the interaction done
// (blockMarkdone) and shows the warning message when he tries. WWE announces
// an attempt with an event of the topic "markdone", and then waits for this
// call for as long as the event says.
//
// Reference: Interaction namespace, blockMarkdone(interactionId,
// warningMessage). Result: not documented; nil means that WWE did not refuse.
// Errors: see Service.Go.
func (n InteractionNamespace) BlockMarkDone(ctx context.Context, interactionID, warningMessage string) error {
	return n.s.do(ctx, "interaction.blockMarkdone", argInteractionID(interactionID), text("warningMessage", warningMessage))
}

// UnblockMarkDone takes BlockMarkDone back (unblockMarkdone).
//
// Reference: Interaction namespace, unblockMarkdone(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) UnblockMarkDone(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, unblockRequest, argInteractionID(interactionID))
}

// Accept accepts an interaction while it is ringing.
//
// Reference: Interaction namespace, accept(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) Accept(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.accept", argInteractionID(interactionID))
}

// Reject rejects an interaction while it is ringing.
//
// Reference: Interaction namespace, reject(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n InteractionNamespace) Reject(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "interaction.reject", argInteractionID(interactionID))
}

// Consult starts a consultation with the target, which becomes an interaction
// of its own with this one as its parent. Nil user data and nil extensions
// mean none; extensions do not apply to chat. WWE has it since March 2023;
// what an older one answers is not documented.
//
// Reference: Interaction namespace, consult(interactionId, target, userData,
// extensions). Result: not documented; nil means that WWE did not refuse.
// Errors: see Service.Go.
func (n InteractionNamespace) Consult(ctx context.Context, interactionID string, target Target, userData, extensions UserData) error {
	return n.toTarget(ctx, "interaction.consult", interactionID, target, userData, extensions)
}

// SingleStepTransfer transfers the interaction to the target without a
// consultation before. User data, extensions and age as for Consult.
//
// Reference: Interaction namespace, singleStepTransfer(interactionId, target,
// userData, extensions). Result: not documented; nil means that WWE did not
// refuse. Errors: see Service.Go.
func (n InteractionNamespace) SingleStepTransfer(ctx context.Context, interactionID string, target Target, userData, extensions UserData) error {
	return n.singleStep(ctx, "interaction.singleStepTransfer", interactionID, target, userData, extensions)
}

// SingleStepConference brings the target into the interaction without a
// consultation before. User data, extensions and age as for Consult.
//
// Reference: Interaction namespace, singleStepConference(interactionId, target,
// userData, extensions). Result: not documented; nil means that WWE did not
// refuse. Errors: see Service.Go.
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

// CompleteTransfer connects the two parties of a consultation and its parent
// and takes the agent out. The id is that of the consultation. WWE has it
// since March 2023.
//
// Reference: Interaction namespace, completeTransfer(consultInteractionId).
// Result: not documented; nil means that WWE did not refuse. Errors: see
// Service.Go.
func (n InteractionNamespace) CompleteTransfer(ctx context.Context, consultInteractionID string) error {
	return n.s.do(ctx, "interaction.completeTransfer", required("consultInteractionId", consultInteractionID))
}

// CompleteConference joins a consultation and its parent into one conference.
// The id is that of the consultation. WWE has it since March 2023.
//
// Reference: Interaction namespace, completeConference(consultInteractionId).
// Result: not documented; nil means that WWE did not refuse. Errors: see
// Service.Go.
func (n InteractionNamespace) CompleteConference(ctx context.Context, consultInteractionID string) error {
	return n.s.do(ctx, "interaction.completeConference", required("consultInteractionId", consultInteractionID))
}

func argInteractionID(id string) argument { return required("interactionId", id) }

package wwetest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

var interactionRequests = map[string]request{
	"interaction.getInteractions":      (*Host).getInteractions,
	"interaction.getByInteractionId":   (*Host).getByInteractionID,
	"interaction.setUserData":          command((*Host).setUserData),
	"interaction.deleteUserData":       command((*Host).deleteUserData),
	"interaction.selectCaseByCaseId":   command((*Host).selectCaseByCaseID),
	"interaction.markdone":             command(func(h *Host, p parameters) error { return h.markdone(p.string(0)) }),
	"interaction.blockMarkdone":        command((*Host).blockMarkdone),
	"interaction.unblockMarkdone":      command((*Host).unblockMarkdone),
	"interaction.accept":               ofAnOffer(ActionAnswer),
	"interaction.reject":               ofAnOffer(ActionReject),
	"interaction.consult":              command(func(h *Host, p parameters) error { _, err := h.consult(p); return err }),
	"interaction.singleStepTransfer":   command((*Host).singleStepTransfer),
	"interaction.singleStepConference": command((*Host).singleStepConference),
	"interaction.completeTransfer":     command((*Host).completeTransfer),
	"interaction.completeConference":   command((*Host).completeConference),
}

func (h *Host) getInteractions(parameters) (string, error) {
	return list(h.interactions, func(i *interaction) string { return i.text(h.config.ReadAllowed) }), nil
}

func (h *Host) getByInteractionID(p parameters) (string, error) {
	if i := h.byID(p.string(0)); i != nil {
		return i.text(h.config.ReadAllowed), nil
	}
	return wire.Null, nil
}

func (h *Host) setUserData(p parameters) error {
	i, err := h.writable(p.string(0))
	if err != nil {
		return err
	}
	keyValues, err := p.userData(1)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(keyValues)) {
		if !permits(h.config.WriteAllowed, key) { // guess: then WWE sets none of the keys
			return h.refused("the user data " + key + " may not be written")
		}
	}
	h.attach(i, keyValues)
	return nil
}

func (h *Host) deleteUserData(p parameters) error {
	i, err := h.writable(p.string(0))
	if err != nil {
		return err
	}
	if !p.isString(1) {
		return errors.New("the key is not a string")
	}
	key := p.string(1)
	if !permits(h.config.WriteAllowed, key) {
		return h.refused("the user data " + key + " may not be written")
	}
	h.detach(i, key)
	return nil
}

func (h *Host) selectCaseByCaseID(p parameters) error {
	if err := h.knownCase(p.string(0)); err != nil {
		return err
	}
	h.selectCase(p.string(0))
	return nil
}

func (h *Host) blockMarkdone(p parameters) error {
	i, err := h.known(p.string(0))
	if err != nil {
		return err
	}
	i.blocked, i.warning, i.lapses = true, p.string(1), time.Time{}
	if h.config.BlocksLapse {
		i.lapses = h.clock.Now().Add(h.config.BlockMarkDoneTimeout)
	}
	return nil
}

func (h *Host) unblockMarkdone(p parameters) error {
	i, err := h.known(p.string(0))
	if err != nil {
		return err
	}
	i.blocked, i.warning = false, ""
	return nil
}

// ofAnOffer performs an action on an offered interaction: a ringing call, an
// invitation or a preview.
func ofAnOffer(a Action) request {
	return command(func(h *Host, p parameters) error {
		i, err := h.known(p.string(0))
		if err != nil {
			return err
		}
		if !i.isOffered() {
			return impossible(i, a)
		}
		return h.act(i, a)
	})
}

// consult calls the target. In voice, it puts the customer on hold.
func (h *Host) consult(p parameters) (*interaction, error) {
	parent, target, err := h.toTarget(p, h.mayConsult)
	if err != nil {
		return nil, err
	}
	media := cmp.Or(target.Media, parent.Media)
	life, state, event := chat, wwe.StateInvited, wwe.EventType(wwe.StateInvited)
	if media == "voice" {
		life, state, event = voice, wwe.StateDialing, wwe.EventTypeDialing
	}
	if life == voice {
		if parent.kind == voice && parent.State != wwe.StateHeld {
			h.hold(parent)
		}
		h.holdOthers(nil)
	}
	i := wwe.Interaction{
		ParentInteractionID: parent.InteractionID,
		CaseID:              parent.CaseID,
		State:               state,
		Media:               media,
		IsConsultation:      true,
		IsCaseSelected:      parent.IsCaseSelected,
		IsCaseExpanded:      parent.IsCaseExpanded,
		UserData:            parent.UserData.Clone(),
		Parties:             []wwe.Party{target.party()},
	}
	if life == voice {
		i.Direction, i.CallType, i.DNIS = wwe.DirectionOut, wwe.CallTypeConsult, target.Destination
	}
	consultation := h.add(life, i)
	consultation.rangElsewhere = true
	h.interactionEvent(event, consultation)
	if h.config.TargetsAnswer {
		return consultation, h.act(consultation, ActionAnswer)
	}
	return consultation, nil
}

// singleStepTransfer ends a call for the agent at once. Other interactions stay
// with the agent until the target answers (guess).
func (h *Host) singleStepTransfer(p parameters) error {
	i, _, err := h.toTarget(p, mayTransfer)
	if err != nil {
		return err
	}
	for _, consultation := range h.consultations(i.InteractionID) { // guess
		if consultation.can(ActionHangUp) {
			if err := h.act(consultation, ActionHangUp); err != nil {
				return err
			}
		}
	}
	return h.transfer(i, h.config.TargetsAnswer)
}

func (h *Host) transfer(i *interaction, answered bool) error {
	if i.kind == voice {
		return h.act(i, ActionHangUp)
	}
	i.enter(wwe.StateTransferring)
	h.interactionEvent(begins(wwe.StateTransferring), i)
	if answered {
		return h.act(i, ActionAnswer)
	}
	return nil
}

func (h *Host) singleStepConference(p parameters) error {
	i, target, err := h.toTarget(p, mayConfer)
	if err != nil {
		return err
	}
	i.Parties = append(i.Parties, target.party())
	h.interactionEvent(wwe.EventTypePartyAdded, i)
	return nil
}

// completeTransfer removes the consultation and leaves a call for the agent to
// mark done (guess). It does not wait for the colleague, who has answered
// already.
func (h *Host) completeTransfer(p parameters) error {
	consultation, parent, err := h.consultation(p.string(0))
	if err != nil {
		return err
	}
	if err := h.act(consultation, ActionHangUp); err != nil {
		return err
	}
	return h.transfer(parent, true)
}

// completeConference takes the customer off hold and removes the consultation
// (guess).
func (h *Host) completeConference(p parameters) error {
	consultation, parent, err := h.consultation(p.string(0))
	if err != nil {
		return err
	}
	if err := mayConfer(parent, target{}); err != nil {
		return err
	}
	if err := h.act(consultation, ActionHangUp); err != nil {
		return err
	}
	parent.Parties = append(parent.Parties, consultation.Parties...)
	if parent.can(ActionResume) {
		if err := h.act(parent, ActionResume); err != nil {
			return err
		}
	}
	h.interactionEvent(wwe.EventTypePartyAdded, parent)
	return nil
}

// consultations returns the consultations about the interaction with this id.
func (h *Host) consultations(id string) []*interaction {
	var all []*interaction
	for _, i := range h.interactions {
		if i.IsConsultation && i.ParentInteractionID == id {
			all = append(all, i)
		}
	}
	return all
}

// consultation returns a consultation that was answered, and the interaction
// that it is about. Both must be established.
func (h *Host) consultation(id string) (consultation, parent *interaction, err error) {
	if consultation, err = h.joined(id); err != nil {
		return nil, nil, err
	}
	if !consultation.IsConsultation {
		return nil, nil, fmt.Errorf("interaction %s is not a consultation", id)
	}
	parent, err = h.joined(consultation.ParentInteractionID)
	return consultation, parent, err
}

func mayTransfer(*interaction, target) error { return nil }

func mayConfer(i *interaction, _ target) error {
	if i.kind == openMedia {
		return fmt.Errorf("interaction %s is %s: there are no conferences of that", i.InteractionID, i.Media)
	}
	return nil
}

// mayConsult returns the reason why the agent cannot consult the target about
// the interaction, or nil. Consultations are by voice or chat. A chat can also
// use its own media; an email cannot (guesses).
func (h *Host) mayConsult(i *interaction, to target) error {
	media := cmp.Or(to.Media, i.Media)
	byItsOwn := i.kind == chat && media == i.Media
	if !byItsOwn && media != "voice" && media != "chat" || i.kind == openMedia && media == i.Media {
		return fmt.Errorf("interaction %s: there are no consultations by %s", i.InteractionID, media)
	}
	if media != "voice" {
		return h.mayConsultAgain(i, chat)
	}
	if err := h.mayConsultAgain(i, voice); err != nil || slices.Contains(manyPeople, to.Type) {
		return err
	}
	return h.isUndialled(to.Destination)
}

// toTarget parses the parameters that consult and the single-step requests
// share. It attaches their user data to the customer's interaction (guess).
func (h *Host) toTarget(p parameters, may func(*interaction, target) error) (*interaction, target, error) {
	i, err := h.joined(p.string(0))
	if err != nil {
		return nil, target{}, err
	}
	to, err := p.target(1)
	if err == nil {
		err = h.mayTurnTo(to)
	}
	if err == nil {
		err = may(i, to)
	}
	if err != nil {
		return nil, target{}, err
	}
	keyValues, err := p.userData(2)
	if err != nil {
		return nil, target{}, err
	}
	if len(keyValues) > 0 {
		h.attach(i, keyValues)
	}
	return i, to, nil
}

func impossible(i *interaction, a Action) error {
	return errors.New("interaction " + i.InteractionID + " is " + string(i.State) + ": " + string(a) + " is not possible")
}

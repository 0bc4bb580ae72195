package wwetest

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// requests are what the Host can do, by the name in the request. Each returns
// the data of the answer, "" for a command, or an error whose text becomes the
// errorMessage (guess: Genesys publishes none of these texts). The Host is
// locked.
var requests = map[string]func(h *Host, p parameters) (data string, err error){
	"interaction.getInteractions":      (*Host).getInteractions,
	"interaction.getByInteractionId":   (*Host).getByInteractionID,
	"interaction.setUserData":          (*Host).setUserData,
	"interaction.deleteUserData":       (*Host).deleteUserData,
	"interaction.selectCaseByCaseId":   (*Host).selectCaseByCaseID,
	"interaction.markdone":             (*Host).markdone,
	"interaction.blockMarkdone":        (*Host).blockMarkdone,
	"interaction.unblockMarkdone":      (*Host).unblockMarkdone,
	"interaction.accept":               (*Host).accept,
	"interaction.reject":               (*Host).reject,
	"interaction.consult":              (*Host).consult,
	"interaction.singleStepTransfer":   (*Host).singleStepTransfer,
	"interaction.singleStepConference": (*Host).singleStepConference,
	"interaction.completeTransfer":     (*Host).completeTransfer,
	"interaction.completeConference":   (*Host).completeConference,
}

func (h *Host) getInteractions(parameters) (string, error) {
	texts := make([]string, len(h.interactions))
	for n, i := range h.interactions {
		texts[n] = i.text()
	}
	return "[" + strings.Join(texts, ",") + "]", nil
}

func (h *Host) getByInteractionID(p parameters) (string, error) {
	if i := h.byID(p.string(0)); i != nil {
		return i.text(), nil
	}
	return wire.Null, nil
}

func (h *Host) setUserData(p parameters) (string, error) {
	i, err := h.live(p.string(0))
	if err != nil {
		return "", err
	}
	keyValues, err := p.userData(1)
	if err != nil {
		return "", err
	}
	h.attach(i, keyValues)
	return "", nil
}

func (h *Host) deleteUserData(p parameters) (string, error) {
	i, err := h.live(p.string(0))
	if err != nil {
		return "", err
	}
	delete(i.UserData, p.string(1)) // guess: a key that is not there is no error
	h.interactionEvent(wwe.EventAttachedDataChanged, i)
	return "", nil
}

func (h *Host) selectCaseByCaseID(p parameters) (string, error) {
	for _, i := range h.interactions {
		if i.CaseID == p.string(0) {
			h.selectCase(i.CaseID)
			return "", nil
		}
	}
	return "", fmt.Errorf("no case has the id %q", p.string(0))
}

func (h *Host) markdone(p parameters) (string, error) {
	return "", h.applyMarkDone(p.string(0))
}

func (h *Host) blockMarkdone(p parameters) (string, error) {
	i, err := h.known(p.string(0))
	if err != nil {
		return "", err
	}
	i.blocked, i.warning = true, p.string(1)
	return "", nil
}

func (h *Host) unblockMarkdone(p parameters) (string, error) {
	i, err := h.known(p.string(0))
	if err != nil {
		return "", err
	}
	i.blocked, i.warning = false, ""
	return "", nil
}

func (h *Host) accept(p parameters) (string, error) {
	i, err := h.ringing(p.string(0))
	if err != nil {
		return "", err
	}
	i.enter(wwe.StateTalking)
	h.interactionEvent(wwe.EventEstablished, i)
	h.selectCase(i.CaseID) // guess
	return "", nil
}

func (h *Host) reject(p parameters) (string, error) {
	i, err := h.ringing(p.string(0))
	if err != nil {
		return "", err
	}
	h.release(i)
	return "", nil
}

// consult puts the customer on hold and calls the target, who answers at once (guess).
func (h *Host) consult(p parameters) (string, error) {
	parent, target, err := h.toTarget(p)
	if err != nil {
		return "", err
	}
	media := target.Media
	if media == "" {
		media = parent.Media
	}
	if parent.State != wwe.StateHeld {
		parent.enter(wwe.StateHeld)
		h.interactionEvent(wwe.EventHeld, parent)
	}
	consultation := h.add(wwe.Interaction{
		ParentInteractionID: parent.InteractionID,
		CaseID:              parent.CaseID,
		State:               wwe.StateDialing,
		Media:               media,
		Direction:           wwe.DirectionOut,
		CallType:            wwe.CallConsult,
		DNIS:                target.Destination,
		IsConsultation:      true,
		IsCaseSelected:      parent.IsCaseSelected,
		IsCaseExpanded:      parent.IsCaseExpanded,
		UserData:            parent.UserData.Clone(),
		Parties:             []wwe.Party{target.party()},
	})
	h.interactionEvent(wwe.EventDialing, consultation)
	consultation.enter(wwe.StateTalking)
	h.interactionEvent(wwe.EventEstablished, consultation)
	return "", nil
}

func (h *Host) singleStepTransfer(p parameters) (string, error) {
	i, _, err := h.toTarget(p)
	if err != nil {
		return "", err
	}
	for _, consultation := range h.consultations(i.InteractionID) { // guess
		h.release(consultation)
	}
	h.release(i)
	return "", nil
}

func (h *Host) singleStepConference(p parameters) (string, error) {
	i, target, err := h.toTarget(p)
	if err != nil {
		return "", err
	}
	i.Parties = append(i.Parties, target.party())
	h.interactionEvent(wwe.EventPartyAdded, i)
	return "", nil
}

// completeTransfer leaves the customer's call to be marked done, and nothing of
// the consultation (guess).
func (h *Host) completeTransfer(p parameters) (string, error) {
	consultation, parent, err := h.consultation(p.string(0))
	if err != nil {
		return "", err
	}
	h.release(consultation)
	h.release(parent)
	return "", nil
}

// completeConference takes the customer off hold and the consultation away (guess).
func (h *Host) completeConference(p parameters) (string, error) {
	consultation, parent, err := h.consultation(p.string(0))
	if err != nil {
		return "", err
	}
	h.release(consultation)
	parent.Parties = append(parent.Parties, consultation.Parties...)
	parent.enter(wwe.StateTalking)
	h.interactionEvent(wwe.EventRetrieved, parent)
	h.interactionEvent(wwe.EventPartyAdded, parent)
	return "", nil
}

// known finds the interaction, whatever its state.
func (h *Host) known(id string) (*interaction, error) {
	if i := h.byID(id); i != nil {
		return i, nil
	}
	return nil, fmt.Errorf("no interaction has the id %q", id)
}

// live finds an interaction that is on.
func (h *Host) live(id string) (*interaction, error) {
	i, err := h.known(id)
	if err == nil && !i.isLive() {
		err = fmt.Errorf("interaction %s is not live: its state is %s", id, i.State)
	}
	return i, err
}

func (h *Host) ringing(id string) (*interaction, error) {
	i, err := h.known(id)
	if err == nil && i.State != wwe.StateRinging {
		err = fmt.Errorf("interaction %s is not ringing: its state is %s", id, i.State)
	}
	return i, err
}

// consultation finds a live consultation, and its parent, which must be live as well.
func (h *Host) consultation(id string) (consultation, parent *interaction, err error) {
	if consultation, err = h.live(id); err != nil {
		return nil, nil, err
	}
	if !consultation.IsConsultation {
		return nil, nil, fmt.Errorf("interaction %s is not a consultation", id)
	}
	parent, err = h.live(consultation.ParentInteractionID)
	return consultation, parent, err
}

// toTarget reads the parameters that consult and the single steps share, and
// attaches their user data, to the customer's interaction (guess).
func (h *Host) toTarget(p parameters) (*interaction, target, error) {
	i, err := h.known(p.string(0))
	if err != nil {
		return nil, target{}, err
	}
	if i.State != wwe.StateTalking && i.State != wwe.StateHeld {
		return nil, target{}, fmt.Errorf("interaction %s is not established: its state is %s", i.InteractionID, i.State)
	}
	to, err := p.target(1)
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

func (h *Host) attach(i *interaction, keyValues wwe.UserData) {
	maps.Copy(i.UserData, keyValues)
	h.interactionEvent(wwe.EventAttachedDataChanged, i)
}

type target struct{ wwe.Target }

func (t target) party() wwe.Party {
	p := wwe.Party{Name: t.Destination, Identifier: t.Destination, PhoneNumber: t.Destination}
	if t.Type == wwe.TargetAgent {
		p.Type, p.Username = string(wwe.TargetAgent), t.Destination
	}
	return p
}

// parameters are the JSON texts of a request's parameters. Those that are
// missing read as null does.
type parameters []string

func (p parameters) text(n int) string {
	if n < len(p) {
		return p[n]
	}
	return wire.Null
}

// string gives "" for what is no string; no id is "".
func (p parameters) string(n int) string {
	return jsontext.NewReader(p.text(n)).String()
}

func (p parameters) userData(n int) (wwe.UserData, error) {
	value, err := wwe.JSON(p.text(n)).Value()
	if value == nil && err == nil {
		return nil, nil
	}
	if data, ok := value.(map[string]any); ok {
		return data, nil
	}
	return nil, errors.New("the user data is not an object")
}

func (p parameters) target(n int) (target, error) {
	var t target
	switch value, _ := wwe.JSON(p.text(n)).Value(); value := value.(type) {
	case string:
		t.Type, t.Destination = wwe.TargetCustomContact, value
	case map[string]any:
		kind, _ := value["type"].(string)
		t.Type = wwe.TargetType(kind)
		t.Destination, _ = value["destination"].(string)
		t.Media, _ = value["media"].(string)
	}
	if t.Type == "" || t.Destination == "" {
		return target{}, errors.New("the target has no type or no destination")
	}
	return t, nil
}

// received is user data as it reaches WWE: of the types that JSON has, and
// shared with nobody.
func received(data wwe.UserData) (wwe.UserData, error) {
	text, err := jsontext.AppendAny(nil, map[string]any(data))
	if err != nil {
		return nil, err
	}
	return parameters{string(text)}.userData(0)
}

package wwetest

import (
	"fmt"

	"wwebridge/wasm/wwe"
)

// Consult has the agent consult a colleague about an interaction, as
// interaction.consult does. It returns the consultation's id.
func (h *Host) Consult(interactionID string, to wwe.Target) (consultationID string, err error) {
	err = h.byAgent(func(h *Host, p parameters) error {
		consultation, err := h.consult(p)
		if err == nil {
			consultationID = consultation.InteractionID
		}
		return err
	}, interactionID, to)
	return consultationID, err
}

// Transfer has the agent transfer an interaction to a colleague directly,
// without consulting them first, as interaction.singleStepTransfer does.
func (h *Host) Transfer(interactionID string, to wwe.Target) error {
	return h.byAgent((*Host).singleStepTransfer, interactionID, to)
}

// Conference has the agent add a colleague to an interaction directly, without
// consulting them first, as interaction.singleStepConference does.
func (h *Host) Conference(interactionID string, to wwe.Target) error {
	return h.byAgent((*Host).singleStepConference, interactionID, to)
}

// CompleteTransfer has the agent connect the customer with the colleague of
// this consultation, and leave.
func (h *Host) CompleteTransfer(consultationID string) error {
	return h.change(func() error { return h.completeTransfer(parameters{texts: []string{quote(consultationID)}}) })
}

// CompleteConference has the agent bring the colleague of this consultation
// together with the customer, and stay.
func (h *Host) CompleteConference(consultationID string) error {
	return h.change(func() error { return h.completeConference(parameters{texts: []string{quote(consultationID)}}) })
}

// byAgent performs a request for the agent, who presses one of WWE's own
// buttons.
func (h *Host) byAgent(do func(*Host, parameters) error, id string, to wwe.Target) error {
	var o object
	o.string("type", string(to.Type))
	o.string("destination", to.Destination)
	o.optional("media", to.Media)
	target := o.text()
	if to.Type == "" {
		if to.Media != "" {
			return fmt.Errorf("wwetest: a target with media needs a type")
		}
		target = quote(to.Destination)
	}
	return h.change(func() error { return do(h, parameters{texts: []string{quote(id), target}}) })
}

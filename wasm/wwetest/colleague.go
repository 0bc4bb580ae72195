package wwetest

import (
	"fmt"

	"wwebridge/wasm/wwe"
)

// Consult has the agent call a colleague about an interaction, as
// interaction.consult does.
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

// Transfer has the agent hand an interaction to a colleague without asking
// before, as interaction.singleStepTransfer does.
func (h *Host) Transfer(interactionID string, to wwe.Target) error {
	return h.byAgent((*Host).singleStepTransfer, interactionID, to)
}

// Conference has the agent bring a colleague into an interaction without
// asking before, as interaction.singleStepConference does.
func (h *Host) Conference(interactionID string, to wwe.Target) error {
	return h.byAgent((*Host).singleStepConference, interactionID, to)
}

// CompleteTransfer has the agent connect the customer with the colleague of
// this consultation, and leave.
func (h *Host) CompleteTransfer(consultationID string) error {
	return h.change(func() error { return h.completeTransfer(parameters{texts: []string{quote(consultationID)}}) })
}

// CompleteConference has the agent bring the colleague of this consultation
// together with the customer.
func (h *Host) CompleteConference(consultationID string) error {
	return h.change(func() error { return h.completeConference(parameters{texts: []string{quote(consultationID)}}) })
}

// byAgent is the agent's press on a button of WWE's own, for which widgets
// have a request.
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

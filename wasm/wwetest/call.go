package wwetest

import (
	"errors"
	"fmt"

	"wwebridge/wasm/wwe"
)

// Call is an inbound call to ring the agent with.
type Call struct {
	ANI      string       // the number that calls
	DNIS     string       // the number that was dialled
	UserData wwe.UserData // attached before it reaches the agent
	Contact  *wwe.Contact // the customer, where WWE knows one
}

// Ring offers an inbound call to the agent: a new interaction in a case of its
// own, RINGING. User data that JSON cannot express is a mistake of the test
// and panics.
func (h *Host) Ring(c Call) (interactionID string) {
	userData, err := received(c.UserData)
	if err != nil {
		panic("wwetest: Ring: " + err.Error())
	}
	i := wwe.Interaction{
		State:     wwe.StateRinging,
		Media:     "voice",
		Direction: wwe.DirectionIn,
		CallType:  wwe.CallInbound,
		ANI:       c.ANI,
		DNIS:      c.DNIS,
		UserData:  userData,
		Contact:   c.Contact,
		Parties:   []wwe.Party{{Name: c.ANI, Identifier: c.ANI, PhoneNumber: c.ANI}},
	}.Clone()
	h.mu.Lock()
	defer h.mu.Unlock()
	held := h.add(i)
	h.interactionEvent(wwe.EventRinging, held)
	if held.IsCaseSelected {
		h.caseEvent(wwe.EventCaseExpanded, held.CaseID)
		h.caseEvent(wwe.EventCaseSelected, held.CaseID)
	}
	h.flush()
	return held.InteractionID
}

// HangUp ends a call from the other side. A call that was established becomes
// IDLE and waits for the agent to mark it done; one that was still ringing, or
// a consultation, is gone (guess). An error says that there is no such call.
func (h *Host) HangUp(interactionID string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := h.byID(interactionID)
	if i == nil || !i.isLive() {
		return fmt.Errorf("wwetest: no live call has the id %q", interactionID)
	}
	h.release(i)
	h.flush()
	return nil
}

// release ends a call. The agent's after-call work begins before WWE tells
// that the call is over, if there was one to work on.
func (h *Host) release(i *interaction) {
	established := i.State != wwe.StateRinging && !i.IsConsultation
	if established {
		h.mediaEvent(afterCallWork, i.Media)
	} else {
		h.remove(i)
	}
	i.enter(wwe.StateIdle)
	h.interactionEvent(wwe.EventReleased, i)
}

// MarkDone is the agent's press on Done: what interaction.markdone does. It
// returns when it is done, which with a widget that is subscribed to
// "markdone" takes as long as WithMarkDoneTimeout says. The error says why the
// interaction was not marked done: it is live, not there, or blocked.
func (h *Host) MarkDone(interactionID string) error {
	h.mu.Lock()
	err := h.applyMarkDone(interactionID)
	h.flush()
	var delayed *wait
	if !errors.As(err, &delayed) {
		h.mu.Unlock()
		return err
	}
	done := make(chan error, 1)
	h.after(delayed, func(err error) { done <- err })
	h.mu.Unlock()
	return <-done
}

// applyMarkDone marks done, or begins to: then its error is a *wait.
func (h *Host) applyMarkDone(id string) error {
	i, err := h.known(id)
	if err != nil {
		return err
	}
	if err := h.canMarkDone(i); err != nil {
		return err
	}
	if !h.anySubscribed(wwe.TopicMarkDone) {
		h.markedDone(i)
		return nil
	}
	h.markDoneEvent(i)
	return &wait{h.markDoneTimeout, func() error {
		if h.byID(id) != i {
			return nil // marked done meanwhile
		}
		if err := h.canMarkDone(i); err != nil {
			return err
		}
		h.markedDone(i)
		return nil
	}}
}

func (h *Host) canMarkDone(i *interaction) error {
	switch {
	case i.isLive() || len(h.consultations(i.InteractionID)) > 0:
		return fmt.Errorf("interaction %s is live and cannot be marked done", i.InteractionID)
	case i.blocked:
		return errors.New(i.warning)
	}
	return nil
}

func (h *Host) markedDone(i *interaction) {
	h.remove(i)
	h.interactionEvent(wwe.EventMarkDone, i)
}

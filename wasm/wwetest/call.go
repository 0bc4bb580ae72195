package wwetest

import (
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
	return h.add(i).InteractionID
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
	return nil
}

func (h *Host) release(i *interaction) {
	if i.State == wwe.StateRinging || i.IsConsultation {
		h.remove(i)
		return
	}
	i.enter(wwe.StateIdle)
}

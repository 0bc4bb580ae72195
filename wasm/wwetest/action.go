package wwetest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"wwebridge/wasm/wwe"
)

// Actions returns the actions that are possible for the interaction now, the
// agent's own first. It returns nil if WWE does not hold the interaction.
func (h *Host) Actions(interactionID string) []Action {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := h.byID(interactionID)
	if i == nil {
		return nil
	}
	var possible []Action
	for _, known := range actions {
		if h.mayNot(i, known.action) == nil {
			possible = append(possible, known.action)
		}
	}
	return possible
}

// Do performs the action. If the action is impossible, Do returns an error and
// changes nothing.
//
// If a widget is subscribed to "markdone", ActionMarkDone takes
// Config.BlockMarkDoneTimeout, so that the widget can block it. The error is
// the widget's warning if it does.
func (h *Host) Do(interactionID string, a Action) error {
	done := make(chan error, 1)
	var delayed *wait
	err := h.change(func() error {
		err := h.do(interactionID, a)
		if errors.As(err, &delayed) {
			h.after(delayed, func(err error) { done <- err })
		}
		return err
	})
	if delayed != nil {
		return <-done
	}
	return err
}

// Answer performs ActionAnswer: the agent answers, or the other side if the
// agent is calling.
func (h *Host) Answer(interactionID string) error { return h.Do(interactionID, ActionAnswer) }

// Reject performs ActionReject.
func (h *Host) Reject(interactionID string) error { return h.Do(interactionID, ActionReject) }

// Hold performs ActionHold.
func (h *Host) Hold(interactionID string) error { return h.Do(interactionID, ActionHold) }

// Resume performs ActionResume.
func (h *Host) Resume(interactionID string) error { return h.Do(interactionID, ActionResume) }

// HangUp performs ActionHangUp. A call or chat becomes IDLE and waits for the
// agent to mark it done. A ringing call, an invitation and a consultation
// disappear (guess).
func (h *Host) HangUp(interactionID string) error { return h.Do(interactionID, ActionHangUp) }

// MarkDone performs ActionMarkDone: the agent presses Done.
func (h *Host) MarkDone(interactionID string) error { return h.Do(interactionID, ActionMarkDone) }

func (h *Host) do(id string, a Action) error {
	i, err := h.known(id)
	if err != nil {
		return err
	}
	return h.act(i, a)
}

// act performs the action. It returns a *wait if the action takes time.
func (h *Host) act(i *interaction, a Action) error {
	switch {
	case a == ActionMarkDone:
		return h.markDone(i)
	}
	if err := h.mayNot(i, a); err != nil {
		return err
	}
	if r, isRecording := recordings[a]; isRecording {
		i.RecordingState = r.to
		h.interactionEvent(eventRecording, i)
		return nil
	}
	t, _ := i.transition(a)
	h.step(i, t)
	return nil
}

// mayNot returns the reason why the action is impossible now, or nil.
func (h *Host) mayNot(i *interaction, a Action) error {
	switch {
	case !i.can(a):
		return impossible(i, a)
	case a == ActionCall:
		return h.mayDial(i.Parties[0].PhoneNumber)
	}
	return nil
}

// eventRecording reports that a call's recording has started, paused and so on
// (guess).
const eventRecording wwe.EventType = "RECORDING_STATE_CHANGED"

// step performs a transition, with its side effects on the rest of the desk.
func (h *Host) step(i *interaction, t transition) {
	switch t.action {
	case ActionCall:
		h.callPreview(i)
		return
	case ActionNoAnswer:
		i.RonaCallState = wwe.RonaCallStateNoAnswer
	case ActionRedirect:
		i.RonaCallState = wwe.RonaCallStateRedirected
	}
	if t.to == "" {
		t.to = i.before
	}
	if t.event == wwe.EventTypeReleased && i.kind == voice {
		h.released(i)
	}
	accepted := t.action == ActionAnswer && i.isOffered()
	if i.kind == voice && t.to == wwe.StateTalking {
		h.holdOthers(i)
	}
	i.enter(t.to)
	if t.gone != nil && t.gone(i) {
		h.remove(i)
	}
	if t.to == wwe.StateSaved {
		h.workbin = append(h.workbin, i)
	}
	if t.event == "" {
		t.event = wwe.EventType(t.to)
	}
	h.interactionEvent(t.event, i)
	if accepted {
		h.selectCase(i.CaseID) // guess
	}
	if accepted && i.transferrer != "" {
		i.removeParty(i.transferrer)
		i.transferrer = ""
		h.interactionEvent(wwe.EventTypePartyRemoved, i)
	}
	if i.kind == chat && i.State == wwe.StateAccepted && !i.IsConsultation && h.config.ChatJoins {
		for next, more := i.transition(ActionJoin); more; next, more = i.transition(ActionJoin) {
			h.step(i, next)
		}
	}
}

// released performs the side effects of a call's end. If the agent was on the
// call, after-call work begins before WWE sends the event.
func (h *Host) released(i *interaction) {
	if i.RecordingState != "" {
		i.RecordingState = wwe.RecordingStateStopped // guess
	}
	if (i.State == wwe.StateTalking || i.State == wwe.StateHeld) && !i.IsConsultation {
		h.setMediaState("voice", afterCallWork)
	}
}

// callPreview dials the customer of a preview, in the preview's case (guess).
func (h *Host) callPreview(i *interaction) {
	h.dial(wwe.Interaction{
		CaseID:         i.CaseID,
		IsCaseSelected: i.IsCaseSelected,
		IsCaseExpanded: i.IsCaseExpanded,
		DNIS:           i.Parties[0].PhoneNumber,
		UserData:       i.UserData.Clone(),
		Contact:        i.Contact,
		Parties:        slices.Clone(i.Parties),
	})
}

// markDone marks the interaction done. It returns a *wait if a widget may still
// block that.
func (h *Host) markDone(i *interaction) error {
	now := h.clock.Now()
	if err := h.mayMarkDone(i, now); err != nil {
		return err
	}
	if !h.anySubscribed(wwe.TopicMarkDone) {
		return h.markedDone(i)
	}
	h.markDoneEvent(i)
	replaced := fmt.Errorf("WWE was refreshed before interaction %s was marked done", i.InteractionID)
	return &wait{h.config.BlockMarkDoneTimeout, func() error {
		if h.byID(i.InteractionID) != i {
			return nil // somebody else has marked it done
		}
		if err := h.mayMarkDone(i, now); err != nil { // as of the press: a newer block may lapse right now
			return err
		}
		return h.markedDone(i)
	}, replaced}
}

func (h *Host) mayMarkDone(i *interaction, attempted time.Time) error {
	if !i.can(ActionMarkDone) {
		return impossible(i, ActionMarkDone)
	}
	for _, other := range h.interactions {
		belongs := other.ParentInteractionID == i.InteractionID || i.kind == preview && other.CaseID == i.CaseID && other != i
		if belongs && other.isLive() {
			return fmt.Errorf("interaction %s cannot be marked done before %s is over", i.InteractionID, other.InteractionID)
		}
	}
	if i.isBlocked(attempted) {
		return errors.New(cmp.Or(i.warning, "a widget blocks it, without a warning"))
	}
	return nil
}

func (i *interaction) isBlocked(now time.Time) bool {
	return i.blocked && (i.lapses.IsZero() || now.Before(i.lapses))
}

func (h *Host) markedDone(i *interaction) error {
	t, _ := i.transition(ActionMarkDone)
	if t.to != i.State {
		i.enter(t.to)
	}
	h.remove(i)
	h.interactionEvent(t.event, i)
	return nil
}

// SetUserData attaches data to the interaction, as a routing strategy or WWE
// itself would. It overwrites existing keys. It returns an error if the
// interaction has ended, see Config.UserDataAfterRelease.
func (h *Host) SetUserData(interactionID string, data wwe.UserData) error {
	data, err := received(data)
	if err != nil {
		return fmt.Errorf("wwetest: SetUserData: %w", err)
	}
	return h.change(func() error {
		i, err := h.writable(interactionID)
		if err == nil {
			h.attach(i, data)
		}
		return err
	})
}

// DeleteUserData deletes a key from the user data. It returns an error if the
// interaction has ended, see Config.UserDataAfterRelease.
func (h *Host) DeleteUserData(interactionID, key string) error {
	return h.change(func() error {
		i, err := h.writable(interactionID)
		if err == nil {
			h.detach(i, key)
		}
		return err
	})
}

// AddParty adds a party, such as a supervisor, to an interaction that the agent
// is in.
func (h *Host) AddParty(interactionID string, p wwe.Party) error {
	return h.change(func() error {
		i, err := h.joined(interactionID)
		if err == nil {
			i.Parties = append(i.Parties, p)
			h.interactionEvent(wwe.EventTypePartyAdded, i)
		}
		return err
	})
}

// RemoveParty removes the party with this name from an interaction that the
// agent is in.
func (h *Host) RemoveParty(interactionID, name string) error {
	return h.change(func() error {
		i, err := h.joined(interactionID)
		if err != nil {
			return err
		}
		if !i.removeParty(name) {
			return fmt.Errorf("interaction %s has no party %q", interactionID, name)
		}
		h.interactionEvent(wwe.EventTypePartyRemoved, i)
		return nil
	})
}

func (i *interaction) removeParty(name string) (found bool) {
	n := slices.IndexFunc(i.Parties, func(p wwe.Party) bool { return p.Name == name })
	if n < 0 {
		return false
	}
	i.Parties = slices.Concat(i.Parties[:n], i.Parties[n+1:])
	return true
}

package wwe

import "slices"

// mirror is the Workspace as a reader of events. It takes them where they
// arrive, which is cheap, and needs no queue.
type mirror struct{ w *Workspace }

// Push implements subscriptions.Reader.
func (m mirror) Push(event Event) {
	w := m.w
	e, isInteraction := event.(InteractionEvent)
	var v version
	if isInteraction {
		v = versionOf(&e.Interaction, w.seed)
	}
	w.mu.Lock()
	switch {
	case w.closed:
	case isInteraction:
		w.hear(e.Type, &e.Interaction, v)
	default:
		// An event about a case does not say what the case was before. Only a
		// snapshot shows whether the event is old.
		w.verify()
	}
	w.alive = w.asked
	w.mu.Unlock()
}

// Lose implements subscriptions.Reader.
func (m mirror) Lose(deaf bool) {
	w := m.w
	w.mu.Lock()
	if w.deaf != deaf {
		w.deaf = deaf
		w.signal()
	}
	if deaf {
		w.void, w.delays, w.anew = w.asked, 0, true
		wake(w.lost)
	}
	w.verify()
	w.mu.Unlock()
	wake(w.back)
}

// Close implements subscriptions.Reader.
func (m mirror) Close(err error) {
	w := m.w
	w.mu.Lock()
	if !w.closed {
		w.closed, w.err = true, err
		close(w.done)
		w.signal()
	}
	w.mu.Unlock()
}

// doubt implements doubter.
func (m mirror) doubt(interactionID string) { m.w.doubt(interactionID) }

// isBack implements doubter.
func (m mirror) isBack() { wake(m.w.back) }

func (w *Workspace) doubt(interactionID string) {
	w.mu.Lock()
	if k := w.known.byID[interactionID]; interactionID == "" || k != nil && !k.gone() {
		if interactionID != "" {
			w.refused = w.asked + 1
		}
		w.verify()
	}
	w.mu.Unlock()
}

// hear takes what an event says of an interaction. It is shown at once if it is
// newer than what is shown. Where that is not sure a snapshot decides, and the
// event is not shown. The Workspace is locked.
func (w *Workspace) hear(kind EventType, i *Interaction, v version) {
	k := w.known.byID[i.InteractionID]
	if k == nil || k.isOther(i) {
		if k == nil && kind != EventTypeMarkDone {
			k = w.known.add(i, v)
			k.learn(v.order)
			w.touch(k)
		}
		w.verify() // it may be gone already, and its case may have changed with it
		return
	}
	inOrder := k.heard == k.version.order
	isNew := k.learn(v.order)
	switch {
	case k.gone():
		w.verify()
	case kind == EventTypeMarkDone:
		w.known.remove(k)
		w.touch(k)
		w.verify()
	case v == k.version:
		wake(w.unsure) // it may be gone, if its type only is unknown
	case v.isLike(k.version) || isNew && k.follows(i, inOrder):
		k.change(i, v)
		w.touch(k)
		if !isLive(i.State) {
			w.verify()
		}
	default:
		w.verify()
	}
}

// touch notes that an event has changed what is shown. It may be an old event
// that comes late for the first time, which nothing in it shows. The Workspace
// is locked.
func (w *Workspace) touch(k *known) {
	k.touched = w.asked
	w.signal()
	wake(w.unsure)
}

// isLive reports whether an interaction in this state is not about to vanish.
func isLive(s State) bool { return slices.Contains(liveStates[:], s) }

var liveStates = [...]State{
	StateRinging, StateDialing, StateTalking, StateHeld, StatePreview, StateInvited, StateAccepted, StateCreated,
	StatePulled, StateUserDataAttached, StateUserDataUpdated, StateJoinPending, StateHistoryInProgress, StateHistoryDone,
	StateInvitedConference, StateReady,
}

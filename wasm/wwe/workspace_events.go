package wwe

import "slices"

// mirror is the Workspace as a reader of events. It handles them where they
// arrive, which is cheap and needs no queue.
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
		// An event about a case does not include the case's previous state.
		// Only a snapshot shows whether the event is old.
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

// hear handles an event about an interaction. It shows the event's version at
// once if that is certain to be newer than the version shown. Otherwise, a
// snapshot decides. The caller holds mu.
func (w *Workspace) hear(kind EventType, i *Interaction, v version) {
	k := w.known.byID[i.InteractionID]
	if k == nil || k.isOther(i) {
		if k == nil && kind != EventTypeMarkDone {
			k = w.known.add(i, v)
			k.learn(v.order)
			w.touch(k)
		}
		w.verify() // the interaction may be gone already, or its case may have changed
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
		wake(w.unsure) // an event of an undocumented type may mean that it is gone
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

// touch records that an event has changed the mirror. The event may be an old
// one that arrives late, which nothing in it reveals. The caller holds mu.
func (w *Workspace) touch(k *known) {
	k.touched = w.asked
	w.signal()
	wake(w.unsure)
}

// isLive reports whether an interaction in this state is expected to stay.
func isLive(s State) bool { return slices.Contains(liveStates[:], s) }

var liveStates = [...]State{
	StateRinging, StateDialing, StateTalking, StateHeld, StatePreview, StateInvited, StateAccepted, StateCreated,
	StatePulled, StateUserDataAttached, StateUserDataUpdated, StateJoinPending, StateHistoryInProgress, StateHistoryDone,
	StateInvitedConference, StateReady,
}

package wwe

// mirror is the Workspace as a reader of events. It takes them where they
// arrive, which is cheap, and needs no queue.
type mirror struct{ w *Workspace }

// Push implements subscriptions.Reader.
func (m mirror) Push(event Event) {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.touched = true
	switch e := event.(type) {
	case InteractionEvent:
		w.apply(e)
	case CaseEvent:
		w.applyCase(e)
	default:
		w.readAgain()
	}
}

// Lose implements subscriptions.Reader.
func (m mirror) Lose(deaf bool) {
	w := m.w
	w.mu.Lock()
	if w.deaf != deaf {
		w.deaf = deaf
		w.tell()
	}
	w.touched, w.lost = true, true
	w.readAgain()
	w.mu.Unlock()
}

// Close implements subscriptions.Reader.
func (m mirror) Close(err error) {
	w := m.w
	w.mu.Lock()
	if !w.closed {
		w.closed, w.err = true, err
		close(w.done)
		close(w.changed)
	}
	w.mu.Unlock()
}

func (w *Workspace) apply(e InteractionEvent) {
	known := w.index(e.Interaction.InteractionID) >= 0
	if e.Type == EventMarkDone {
		w.remove(func(i Interaction) bool { return i.InteractionID == e.Interaction.InteractionID })
	} else {
		w.put(e.Interaction)
	}
	if !known || e.Type == EventMarkDone || !isLive(e.Interaction.State) {
		w.readAgain() // it may be gone, or its case may have changed with it
	}
}

// isLive tells of the states in which an interaction is not about to vanish.
func isLive(s State) bool {
	switch s {
	case StateRinging, StateDialing, StateTalking, StateHeld, StatePreview, StateInvited, StateAccepted, StateCreated,
		StatePulled, StateUserDataAttached, StateUserDataUpdated, StateJoinPending, StateHistoryInProgress, StateHistoryDone,
		StateInvitedConference, StateReady:
		return true
	}
	return false
}

func (w *Workspace) applyCase(e CaseEvent) {
	known := false
	for n := range w.interactions {
		i := w.interactions[n]
		mine := i.CaseID == e.CaseID
		known = known || mine
		switch e.Type {
		case EventCaseSelected:
			i.IsCaseSelected = mine
		case EventCaseExpanded:
			i.IsCaseExpanded = i.IsCaseExpanded || mine
		case EventCaseCollapsed:
			i.IsCaseExpanded = i.IsCaseExpanded && !mine
		default:
			known = false
		}
		w.put(i)
	}
	if !known {
		w.readAgain()
	}
}

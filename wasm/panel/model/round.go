package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// round is a set of WWE's interactions, ready to replace the set that is shown.
//
// Comparing thousands of interactions takes long. So prepare does it in the background and pauses for the
// browser, and apply only swaps in the result. A View never contains half of a round.
type round struct {
	began         time.Time        // read once: a clock call per interaction would cost more than everything else
	order         []*item          // in WWE's order
	items         map[string]*item // by interaction id
	cases         []caseItems
	consultations map[string]*item // the open ones, by the id of the interaction that they are about
	changed       []*item          // their new content is in next
	begun         *item            // a new consultation, nil for none
	entries       []*Entry
	tell          []func()
}

// prepare compares WWE's interactions with those shown. The caller must not modify now afterwards. The
// cost is linear, and small for an interaction whose pointer is unchanged. prepare calls rest at every
// step. Only the goroutine that calls apply may call it, without the lock.
func (m *Model) prepare(now []*wwe.Interaction, rest func()) *round {
	r := &round{began: time.Now(), order: make([]*item, 0, len(now)), items: m.items, cases: m.cases, consultations: map[string]*item{}}
	m.rounds++
	isSame := len(now) == len(m.order) // the same interactions with the same ids, in the same order
	for n, i := range now {
		rest()
		known := m.items[i.InteractionID]
		if known != nil && known.InteractionUUID != i.InteractionUUID {
			known = nil
		}
		isSame = isSame && known == m.order[n]
		r.order = append(r.order, m.hold(known))
	}
	if !isSame {
		r.items = map[string]*item{}
		lost := map[string]*item{} // the first one that is not matched yet, by UUID
		for n := len(m.order) - 1; n >= 0; n-- {
			rest()
			if i := m.order[n]; i.held != m.rounds && i.InteractionUUID != "" {
				i.alike, lost[i.InteractionUUID] = lost[i.InteractionUUID], i
			}
		}
		for n, i := range now {
			rest()
			if known := lost[i.InteractionUUID]; known != nil && r.order[n] == nil { // a WWE reload has changed its id
				lost[i.InteractionUUID] = known.alike
				r.order[n] = m.hold(known)
			}
		}
	}
	regroup := !isSame
	for n, i := range now {
		rest()
		known := r.order[n]
		// WWE reuses ids after a reload, so two interactions with the same id but different UUIDs may be
		// different. But a call may take over the UUID of the call that it becomes part of.
		if same := m.items[i.InteractionID]; known == nil && same != nil && same.held != m.rounds &&
			(same.InteractionUUID == "" || i.InteractionUUID == "" || same.CaseID == i.CaseID) {
			known = m.hold(same)
		}
		switch {
		case known == nil:
			known = m.arrive(r, i)
		case known.Interaction != i:
			regroup = regroup || known.CaseID != i.CaseID
			m.compare(r, known, i)
		}
		r.order[n] = known
		if !isSame {
			r.items[i.InteractionID] = known
		}
		if i.IsConsultation && !isOver(i.State) && r.consultations[i.ParentInteractionID] == nil {
			r.consultations[i.ParentInteractionID] = known
		}
	}
	if regroup {
		for _, i := range m.order {
			rest()
			if i.held != m.rounds {
				m.report(r, Gone, Polite, i.Interaction, "gone")
			}
		}
		r.cases = group(r.order, now, rest)
	}
	return r
}

// hold notes that WWE holds the item in this round. It does nothing for nil.
func (m *Model) hold(i *item) *item {
	if i != nil {
		i.held = m.rounds
	}
	return i
}

// report adds an entry of the kind, unless it is "". Once the round is applied, the page receives
// EventChanged with this change, see interactionDetail.
func (m *Model) report(r *round, kind EntryKind, level Level, i *wwe.Interaction, what string) {
	if kind != "" {
		r.entries = append(r.entries, &Entry{Kind: kind, Level: level, Interaction: i})
	}
	r.tell = append(r.tell, func() { m.options.Notify(EventChanged, interactionDetail(i, what)) })
}

// arrive returns a new item for an interaction that the panel has not seen before.
func (m *Model) arrive(r *round, i *wwe.Interaction) *item {
	began := r.began
	restored, wasThere := m.place.seen[i.InteractionUUID]
	if wasThere {
		began = restored
	}
	level := Quiet // interactions that exist at the start are not news, unless they ring
	switch {
	case IsOffered(i):
		level = Assertive
	case !wasThere && m.known:
		level = Polite
	}
	m.report(r, Arrived, level, i, "new")
	arrived := &item{Interaction: i, began: began, since: began, held: m.rounds}
	if m.known && (i.IsConsultation && !isOver(i.State) || i.State == wwe.StateDialing) {
		r.begun = arrived
	}
	return arrived
}

// compare records the changes of a known item.
func (m *Model) compare(r *round, known *item, i *wwe.Interaction) {
	before := known.Interaction
	known.next = i
	r.changed = append(r.changed, known)
	switch {
	case before.State != i.State:
		level := Polite
		if IsOffered(i) && !IsOffered(before) {
			level = Assertive
		}
		m.report(r, StateChanged, level, i, "state")
	case before.RecordingState != i.RecordingState, len(before.Parties) != len(i.Parties), !sameData(before.UserData, i.UserData):
		known.newData = true
		m.report(r, "", Quiet, i, "data")
	}
}

// group sorts the items into cases, in the order of their first interactions. now holds the new content
// of the items.
func group(order []*item, now []*wwe.Interaction, rest func()) []caseItems {
	var cases []caseItems
	at := map[string]int{}
	for n, i := range order {
		rest()
		id := now[n].CaseID
		c, known := at[id]
		if !known || id == "" { // an interaction without a case is alone
			c = len(cases)
			at[id] = c
			cases = append(cases, caseItems{id: id})
		}
		cases[c].items = append(cases[c].items, i)
	}
	return cases
}

// apply replaces the interactions shown with those of the round.
func (m *Model) apply(r *round) {
	now := time.Now()
	for _, i := range r.changed {
		if i.State != i.next.State {
			i.since = now
			i.revision++
		} else if i.newData {
			i.revision++
		}
		i.Interaction, i.next, i.newData = i.next, nil, false
		m.followWrapUp(i, now)
	}
	for _, i := range r.order {
		if i.key == 0 {
			m.lastID++
			i.key = m.lastID
			m.restoreWrapUp(i)
			m.followWrapUp(i, now)
		}
	}
	m.order, m.items, m.cases, m.consultations = r.order, r.items, r.cases, r.consultations
	m.record(r.entries...)
	m.tell = append(m.tell, r.tell...)
	m.known = true
	m.follow()
	m.turnTo(r.begun)
	m.bringIntoSight()
	if m.place.keepSeen(m.order) {
		m.unsaved = true
	}
	m.forgetWrapUps()
	m.saveLater()
	close(m.applied)
	m.applied = make(chan struct{})
}

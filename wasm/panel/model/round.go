package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// round is what WWE holds, ready to take the place of what is shown.
//
// If WWE holds thousands of interactions, comparing them with what is shown
// takes long. So prepare does that beside what is shown, with rests for the
// browser, and apply only puts the result in place: a View never has half of it.
type round struct {
	order         []*item          // in WWE's order
	items         map[string]*item // by interaction id
	cases         []caseItems
	consultations map[string]*item // the open ones, by the id of what they are about
	changes       []change
	entries       []*Entry
	tell          []func()
}

// change is what happens to an item that the panel knows.
type change struct {
	item *item
	now  *wwe.Interaction
	what string // as in interactionDetail; "" for nothing to tell
}

// prepare compares what WWE holds with what is shown. What it is given must not
// change any more. Its cost is linear, and nearly nothing for an interaction
// that is the same pointer in the same place as before. Rest is called now and
// then. Only the goroutine that calls apply may call it, without the lock.
func (m *Model) prepare(now []*wwe.Interaction, rest func()) *round {
	r := &round{order: make([]*item, 0, len(now)), items: m.items, cases: m.cases, consultations: map[string]*item{}}
	m.rounds++
	found, isSame := m.find(now, rest)
	lost := map[string][]*item{} // what WWE does not hold by that id, by UUID
	if !isSame {
		r.items = make(map[string]*item, len(now))
		for _, i := range m.order {
			rest()
			if i.held != m.rounds && i.InteractionUUID != "" {
				lost[i.InteractionUUID] = append(lost[i.InteractionUUID], i)
			}
		}
	}
	regroup := !isSame
	for n, i := range now {
		rest()
		known := found[n]
		if known == nil && len(lost[i.InteractionUUID]) > 0 { // it has another id since WWE was reloaded
			known, lost[i.InteractionUUID] = lost[i.InteractionUUID][0], lost[i.InteractionUUID][1:]
			known.held = m.rounds
		}
		switch {
		case known == nil:
			known = m.arrive(r, i)
		case known.Interaction != i:
			regroup = regroup || known.CaseID != i.CaseID
			r.compare(known, i)
		}
		r.order = append(r.order, known)
		if !isSame {
			r.items[i.InteractionID] = known
		}
		if i.IsConsultation && !isOver(i.State) && r.consultations[i.ParentInteractionID] == nil {
			r.consultations[i.ParentInteractionID] = known
		}
	}
	if !isSame {
		for _, i := range m.order {
			rest()
			if i.held != m.rounds {
				r.add(&Entry{Kind: Gone, Level: Polite, Interaction: i.Interaction})
				m.report(r, i.Interaction, "gone")
			}
		}
	}
	if regroup {
		r.cases = group(r.order, now, rest)
	}
	return r
}

// find finds the items that have the ids of what WWE holds, nil for those that
// the panel does not know, and reports whether they are all there is, in their places.
func (m *Model) find(now []*wwe.Interaction, rest func()) (found []*item, isSame bool) {
	found = make([]*item, len(now))
	isSame = len(now) == len(m.order)
	for n, i := range now {
		rest()
		if n < len(m.order) && m.order[n].InteractionID == i.InteractionID {
			found[n] = m.order[n]
		} else {
			found[n], isSame = m.items[i.InteractionID], false
		}
		if found[n] != nil {
			found[n].held = m.rounds
		}
	}
	return found, isSame
}

func (r *round) add(e *Entry) { r.entries = append(r.entries, e) }

// report has the page told of the interaction once the round is applied.
func (m *Model) report(r *round, i *wwe.Interaction, what string) {
	r.tell = append(r.tell, func() { m.options.Notify(EventChanged, interactionDetail(i, what)) })
}

// arrive makes an item of an interaction that the panel does not know.
func (m *Model) arrive(r *round, i *wwe.Interaction) *item {
	began := time.Now()
	restored, wasThere := m.place.seen[i.InteractionUUID]
	if wasThere {
		began = restored
	}
	level := Quiet // what was there at the beginning is no news, unless it rings
	switch {
	case IsOffered(i):
		level = Assertive
	case !wasThere && m.known:
		level = Polite
	}
	r.add(&Entry{Kind: Arrived, Level: level, Interaction: i})
	m.report(r, i, "new")
	return &item{Interaction: i, began: began, since: began, held: m.rounds}
}

// compare notes what is new about an item that the panel knows.
func (r *round) compare(known *item, i *wwe.Interaction) {
	before, what := known.Interaction, ""
	switch {
	case before.State != i.State:
		what = "state"
		level := Polite
		if IsOffered(i) && !IsOffered(before) {
			level = Assertive
		}
		r.add(&Entry{Kind: StateChanged, Level: level, Interaction: i})
	case before.RecordingState != i.RecordingState, len(before.Parties) != len(i.Parties), !sameData(before.UserData, i.UserData):
		what = "data"
	}
	r.changes = append(r.changes, change{known, i, what})
}

// group puts the items into their cases, which come in the order of their first
// interactions. Now is what the items are about to be.
func group(order []*item, now []*wwe.Interaction, rest func()) []caseItems {
	var cases []caseItems
	at := map[string]int{}
	for n, i := range order {
		rest()
		id := now[n].CaseID
		c, known := at[id]
		if !known || id == "" { // what has no case is alone
			c = len(cases)
			at[id] = c
			cases = append(cases, caseItems{id: id})
		}
		cases[c].items = append(cases[c].items, i)
	}
	return cases
}

// apply puts the round in the place of what is shown.
func (m *Model) apply(r *round) {
	now := time.Now()
	for _, c := range r.changes {
		if before := c.item.InteractionID; before != c.now.InteractionID {
			m.rename(before, c.now.InteractionID)
		}
		c.item.Interaction = c.now
		if c.what == "state" {
			c.item.since = now
		}
		if c.what != "" {
			c.item.revision++
		}
	}
	for _, i := range r.order {
		if i.key == 0 {
			m.lastID++
			i.key = m.lastID
		}
	}
	m.order, m.items, m.cases, m.consultations = r.order, r.items, r.cases, r.consultations
	m.record(r.entries...)
	m.tell = append(m.tell, r.tell...)
	m.known = true
	m.follow()
	m.bringIntoSight()
	if m.place.keepSeen(m.order) {
		m.unsaved = true
	}
	close(m.applied)
	m.applied = make(chan struct{})
}

// rename keeps what belongs to an interaction when its id changes.
func (m *Model) rename(before, now string) {
	for n, f := range m.failures {
		if f.On == before {
			moved := *f // who shows the old one keeps it as it is
			moved.On = now
			m.failures[n] = &moved
		}
	}
	if m.selected == before {
		m.selected = now
	}
}

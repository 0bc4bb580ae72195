package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// item is an interaction and what the panel knows of it beyond WWE.
type item struct {
	*wwe.Interaction
	key      int       // stays when WWE gives it another id
	began    time.Time // when the panel first saw it
	since    time.Time // that it is in this state
	revision int       // counts changes of what actions change
}

type caseItems struct {
	id    string
	items []*item
}

// Case is a case with its interactions, consultations after what they are about.
type Case struct {
	ID       string
	Selected bool // in WWE
	Items    []*Item
}

// Item is an interaction to show.
type Item struct {
	*wwe.Interaction
	Key          int // stays when WWE gives it another id
	Began, Since time.Time
	Offers       []Offer
	Blocked      Block
	Writable     bool   // its user data may be changed now
	Keys         []Key  // its user data, by name, of the selected one
	Consultation string // the id of the consultation that is open about it
}

// Offer returns the offer of the action, nil if it makes no sense now.
func (i *Item) Offer(a Action) *Offer {
	for n := range i.Offers {
		if i.Offers[n].Action == a {
			return &i.Offers[n]
		}
	}
	return nil
}

// Who names whom the interaction is with; "" if WWE does not tell.
func Who(i *wwe.Interaction) string {
	if c := i.Contact; c != nil && !i.IsConsultation {
		switch {
		case c.DisplayName != "":
			return c.DisplayName
		case c.FirstName != "" && c.LastName != "":
			return c.FirstName + " " + c.LastName
		case c.FirstName != "":
			return c.FirstName
		case c.LastName != "":
			return c.LastName
		}
	}
	if i.Direction == wwe.DirectionIn && i.ANI != "" {
		return i.ANI
	}
	if len(i.Parties) > 0 && i.Parties[0].Name != "" {
		return i.Parties[0].Name
	}
	if i.DNIS != "" {
		return i.DNIS
	}
	return i.ANI
}

func (m *Model) itemView(i *item) *Item {
	v := &Item{
		Interaction: i.Interaction, Key: i.key, Began: i.began, Since: i.since,
		Blocked:  m.blocked(i),
		Writable: !isOver(i.State),
	}
	v.Offers = m.offers(v)
	if c := m.consultationOf(i.Interaction); c != nil && c != i.Interaction {
		v.Consultation = c.InteractionID
	}
	if i.InteractionID == m.selected {
		v.Keys = m.keys(i, v.Writable)
	}
	return v
}

// apply takes over what WWE holds.
func (m *Model) apply(now []wwe.Interaction) {
	held := make(map[string]bool, len(now))
	var order []*item
	for n := range now {
		held[now[n].InteractionID] = true
	}
	for _, i := range now {
		m.rename(&i, held)
		order = append(order, m.put(&i))
	}
	for id, i := range m.items {
		if !held[id] {
			delete(m.items, id)
			m.record(&Entry{Kind: Gone, Level: Polite, Interaction: i.Interaction})
			m.notify(EventChanged, interactionDetail(i.Interaction, "gone"))
		}
	}
	m.known = true
	m.cases = group(order)
	m.follow()
	if m.place.keepSeen(order) {
		m.unsaved = true
	}
	close(m.applied)
	m.applied = make(chan struct{})
}

// rename finds the interaction under the id that it had before WWE was loaded anew.
func (m *Model) rename(i *wwe.Interaction, held map[string]bool) {
	if m.items[i.InteractionID] != nil || i.InteractionUUID == "" {
		return
	}
	for id, old := range m.items {
		if old.InteractionUUID != i.InteractionUUID || held[id] {
			continue
		}
		delete(m.items, id)
		m.items[i.InteractionID] = old
		for n := range m.failures {
			if f := m.failures[n]; f.On == id {
				moved := *f // who shows the old one keeps it as it is
				moved.On = i.InteractionID
				m.failures[n] = &moved
			}
		}
		if m.selected == id {
			m.selected = i.InteractionID
		}
		return
	}
}

// put adds an interaction or changes it in its place.
func (m *Model) put(i *wwe.Interaction) *item {
	known := m.items[i.InteractionID]
	if known == nil {
		began := time.Now()
		restored, wasThere := m.place.seen[i.InteractionUUID]
		if wasThere {
			began = restored
		}
		m.lastID++
		known = &item{Interaction: i, key: m.lastID, began: began, since: began}
		m.items[i.InteractionID] = known
		level := Quiet // what was there at the beginning is no news, unless it rings
		switch {
		case IsOffered(i):
			level = Assertive
		case !wasThere && m.known:
			level = Polite
		}
		m.record(&Entry{Kind: Arrived, Level: level, Interaction: i})
		m.notify(EventChanged, interactionDetail(i, "new"))
		return known
	}
	before := known.Interaction
	known.Interaction = i
	switch {
	case before.State != i.State:
		known.since = time.Now()
		known.revision++
		level := Polite
		if IsOffered(i) && !IsOffered(before) {
			level = Assertive
		}
		m.record(&Entry{Kind: StateChanged, Level: level, Interaction: i})
		m.notify(EventChanged, interactionDetail(i, "state"))
	case before.RecordingState != i.RecordingState:
		known.revision++
		m.notify(EventChanged, interactionDetail(i, "data"))
	case len(before.Parties) != len(i.Parties) || !sameData(before.UserData, i.UserData):
		known.revision++
		m.notify(EventChanged, interactionDetail(i, "data"))
	}
	return known
}

// group puts the interactions into their cases, which come in the order of
// their first interactions.
func group(order []*item) []caseItems {
	var cases []caseItems
	at := map[string]int{}
	for _, i := range order {
		n, known := at[i.CaseID]
		if !known || i.CaseID == "" { // what has no case is alone
			n = len(cases)
			at[i.CaseID] = n
			cases = append(cases, caseItems{id: i.CaseID})
		}
		cases[n].items = append(cases[n].items, i)
	}
	return cases
}

// follow keeps the selection on something that is there, and in step with WWE.
func (m *Model) follow() {
	wweCase := ""
	for _, i := range m.items {
		if i.IsCaseSelected {
			wweCase = i.CaseID
		}
	}
	moved := wweCase != m.wweCase && wweCase != ""
	m.wweCase = wweCase
	current := m.items[m.selected]
	if current != nil && !(moved && current.CaseID != wweCase) {
		return
	}
	m.choose(m.best(wweCase, current == nil))
}

// best finds what to select: where the agent was, also before the page was
// loaded anew, else in the case that WWE has selected, else what is offered, else the first.
func (m *Model) best(wweCase string, lost bool) *item {
	rules := []func(*item) bool{
		func(i *item) bool { return lost && i.InteractionUUID != "" && i.InteractionUUID == m.place.uuid },
		func(i *item) bool { return lost && i.CaseID != "" && i.CaseID == m.place.caseID },
		func(i *item) bool { return wweCase != "" && i.CaseID == wweCase && i.IsMainCaseInteraction },
		func(i *item) bool { return wweCase != "" && i.CaseID == wweCase },
		func(i *item) bool { return IsOffered(i.Interaction) },
		func(*item) bool { return true },
	}
	for _, fits := range rules {
		for _, c := range m.cases {
			for _, i := range c.items {
				if fits(i) {
					return i
				}
			}
		}
	}
	return nil
}

func (m *Model) choose(i *item) {
	if i == nil {
		if m.selected != "" {
			m.selected = ""
			m.notify(EventSelected, interactionDetail(&wwe.Interaction{}, ""))
		}
		return
	}
	if m.selected == i.InteractionID {
		return
	}
	m.selected = i.InteractionID
	m.place.caseID, m.place.uuid = i.CaseID, i.InteractionUUID
	m.notify(EventSelected, interactionDetail(i.Interaction, "selected"))
	m.unsaved = true
}

// Select selects an interaction here, and its case in WWE.
func (m *Model) Select(id string) {
	caseID := ""
	m.change(func() {
		if i := m.items[id]; i != nil {
			m.choose(i)
			if i.CaseID != m.wweCase && m.allowed.Allows(SelectCase.Request()) {
				caseID = i.CaseID
			}
		}
	})
	if caseID != "" {
		m.Do(Task{Action: SelectCase, On: id, CaseID: caseID}, nil)
	}
}

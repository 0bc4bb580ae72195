package model

import "wwebridge/wasm/wwe"

// The selection moves for four reasons only:
//   - the agent selects an interaction in the panel;
//   - a consultation about what is selected begins: the agent talks to a
//     colleague now, and the buttons must not act on the customer;
//   - WWE selects another case than the one it had selected last;
//   - what was selected is gone.
//
// Everything else leaves it alone: events about data, a flag that WWE repeats or
// takes back, and the agent's choice in the panel that WWE does not follow.
//
// WWE says with each interaction whether its case is selected, so it can
// contradict itself. If it says so of several cases, the one that it had
// selected before stays selected, else it is the first in the list.

// follow keeps the selection on something that is there, and in step with WWE.
func (m *Model) follow() {
	m.wweCase = m.caseInWWE()
	moved := m.wweCase != "" && m.wweCase != m.lastCase
	if moved {
		m.lastCase = m.wweCase
	}
	isThere := m.isThere(m.selected)
	if isThere && !(moved && m.selected.CaseID != m.wweCase) {
		return
	}
	m.choose(m.best(!isThere))
}

// turnTo selects a consultation that has begun, nil for none, if it is about
// what the agent has selected.
func (m *Model) turnTo(consultation *item) {
	if consultation != nil && m.selected != nil && m.items[consultation.ParentInteractionID] == m.selected {
		m.choose(consultation)
	}
}

// caseInWWE returns the case that WWE has selected, "" for none.
func (m *Model) caseInWWE() string {
	first := ""
	for _, i := range m.order {
		switch {
		case !i.IsCaseSelected || i.CaseID == "":
		case i.CaseID == m.lastCase:
			return i.CaseID
		case first == "":
			first = i.CaseID
		}
	}
	return first
}

// best finds what to select: where the agent was, also before a page reload,
// else in the case that WWE has selected, else what is offered, else the first.
func (m *Model) best(lost bool) *item {
	inCase := func(i *item) bool { return m.wweCase != "" && i.CaseID == m.wweCase }
	rules := []func(*item) bool{
		func(i *item) bool { return lost && i.InteractionUUID != "" && i.InteractionUUID == m.place.uuid },
		func(i *item) bool { return lost && i.CaseID != "" && i.CaseID == m.place.caseID },
		func(i *item) bool { return inCase(i) && i.IsMainCaseInteraction },
		inCase,
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
		if m.selected != nil {
			m.selected = nil
			m.notify(EventSelected, interactionDetail(&wwe.Interaction{}, ""))
		}
		return
	}
	if m.selected == i {
		return
	}
	m.selected = i
	m.place.caseID, m.place.uuid = i.CaseID, i.InteractionUUID
	m.notify(EventSelected, interactionDetail(i.Interaction, "selected"))
	m.unsaved = true
}

// Select selects an interaction here, and its case in WWE. It reports whether
// WWE holds the interaction.
func (m *Model) Select(id string) (found bool) {
	caseID := ""
	m.change(func() {
		if i := m.items[id]; i != nil {
			found = true
			m.choose(i)
			m.bringIntoSight()
			if i.CaseID != m.wweCase && m.svc != nil && m.allowed.Allows(SelectCase.Request()) {
				caseID = i.CaseID
			}
		}
	})
	if caseID != "" {
		m.Do(Task{Action: SelectCase, On: id, CaseID: caseID}, nil)
	}
	return found
}

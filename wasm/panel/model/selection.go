package model

import "wwebridge/wasm/wwe"

// The selection moves for five reasons only:
//   - the agent selects an interaction in the panel;
//   - a consultation about the selected interaction begins: the agent now talks to a colleague, and the
//     buttons must not act on the customer;
//   - the selected preview is called: the agent now needs the buttons of that call;
//   - WWE selects another case than before;
//   - the selected interaction is gone.
//
// Nothing else moves it: no data event, no repeated or withdrawn flag of WWE, and no choice of the agent
// that WWE does not follow.
//
// WWE flags each interaction whose case is selected, so its flags can contradict each other. If several
// cases are flagged, the one selected before stays selected, otherwise the first in the list is.

// follow keeps the selection on an existing interaction and in step with WWE.
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

// turnTo selects a new call if it is a consultation about the selected interaction, or the call of the
// selected preview. It does nothing for nil.
func (m *Model) turnTo(begun *item) {
	if begun == nil || m.selected == nil {
		return
	}
	if m.items[begun.ParentInteractionID] == m.selected || isPreview(m.selected.Interaction) && isCallOf(begun.Interaction, m.selected.Interaction) {
		m.choose(begun)
	}
}

// caseInWWE returns the case selected in WWE, or "" for none.
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

// best returns the item to select. If the selection is lost, it tries the agent's last place, even from
// before a page reload. Next come the case selected in WWE, an offered interaction, and the first one.
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

// Select selects an interaction in the panel and its case in WWE. It reports whether WWE holds the
// interaction.
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

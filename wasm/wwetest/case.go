package wwetest

import (
	"fmt"
	"slices"

	"wwebridge/wasm/wwe"
)

// SelectCase acts as the agent's click on a case. It selects and expands the
// case, and collapses the others.
func (h *Host) SelectCase(caseID string) error {
	return h.change(func() error {
		if err := h.knownCase(caseID); err != nil {
			return err
		}
		h.selectCase(caseID)
		return nil
	})
}

// ToggleCase acts as the agent's click on the arrow of a case. It collapses an
// expanded case and expands a collapsed one. The selection stays.
func (h *Host) ToggleCase(caseID string) error {
	return h.change(func() error {
		if err := h.knownCase(caseID); err != nil {
			return err
		}
		var expanded bool
		for _, i := range h.interactions {
			if i.CaseID == caseID {
				i.IsCaseExpanded = !i.IsCaseExpanded
				expanded = i.IsCaseExpanded
			}
		}
		event := wwe.EventTypeCaseCollapsed
		if expanded {
			event = wwe.EventTypeCaseExpanded
		}
		h.caseEvent(event, caseID)
		return nil
	})
}

func (h *Host) knownCase(caseID string) error {
	if slices.ContainsFunc(h.interactions, func(i *interaction) bool { return i.CaseID == caseID }) {
		return nil
	}
	return fmt.Errorf("no case has the id %q", caseID)
}

// selectCase selects and expands the case, as WWE does, and collapses the
// others.
func (h *Host) selectCase(caseID string) {
	var folded []string
	selected, expanded := true, true
	for _, i := range h.interactions {
		mine := i.CaseID == caseID
		if mine {
			selected = selected && i.IsCaseSelected
			expanded = expanded && i.IsCaseExpanded
		} else if i.IsCaseExpanded && !slices.Contains(folded, i.CaseID) {
			folded = append(folded, i.CaseID)
		}
		i.IsCaseSelected, i.IsCaseExpanded = mine, mine
	}
	for _, other := range folded {
		h.caseEvent(wwe.EventTypeCaseCollapsed, other)
	}
	if !expanded {
		h.caseEvent(wwe.EventTypeCaseExpanded, caseID)
	}
	if !selected {
		h.caseEvent(wwe.EventTypeCaseSelected, caseID)
	}
}

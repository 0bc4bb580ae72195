package wwe

import (
	"maps"
	"slices"
)

// equal tells whether two interactions are the same in everything.
func equal(a, b Interaction) bool {
	return a.InteractionID == b.InteractionID && a.ParentInteractionID == b.ParentInteractionID && a.CaseID == b.CaseID &&
		a.State == b.State && a.PreviousState == b.PreviousState &&
		a.IsConsultation == b.IsConsultation && a.IsMainCaseInteraction == b.IsMainCaseInteraction &&
		a.IsCaseSelected == b.IsCaseSelected && a.IsCaseExpanded == b.IsCaseExpanded &&
		a.Media == b.Media && a.CallUUID == b.CallUUID && a.ANI == b.ANI && a.DNIS == b.DNIS &&
		a.Direction == b.Direction && a.CallType == b.CallType && a.RecordingState == b.RecordingState &&
		a.RonaCallState == b.RonaCallState && a.InteractionUUID == b.InteractionUUID && a.ConnID == b.ConnID &&
		equalContacts(a.Contact, b.Contact) && slices.EqualFunc(a.Parties, b.Parties, equalParties) &&
		maps.Equal(a.Unknown, b.Unknown) && equalValues(map[string]any(a.UserData), map[string]any(b.UserData))
}

func equalContacts(a, b *Contact) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.DisplayName == b.DisplayName && a.FirstName == b.FirstName && a.LastName == b.LastName && maps.Equal(a.Unknown, b.Unknown)
}

func equalParties(a, b Party) bool {
	return a.Name == b.Name && a.Identifier == b.Identifier && a.PhoneNumber == b.PhoneNumber && a.Type == b.Type &&
		a.Username == b.Username && a.FirstName == b.FirstName && a.LastName == b.LastName && a.Path == b.Path &&
		maps.Equal(a.Unknown, b.Unknown)
}

// equalValues compares values as they are decoded from JSON.
func equalValues(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, equalValues)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equalValues)
	}
	switch b.(type) {
	case map[string]any, []any: // which == cannot compare
		return false
	}
	return a == b
}

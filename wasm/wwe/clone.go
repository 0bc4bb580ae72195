package wwe

import (
	"maps"
	"slices"
)

// Clone returns a copy that shares nothing that can be changed.
func (i Interaction) Clone() Interaction {
	i.UserData = i.UserData.Clone()
	i.Parties = slices.Clone(i.Parties)
	for p := range i.Parties {
		i.Parties[p].Unknown = maps.Clone(i.Parties[p].Unknown)
	}
	if i.Contact != nil {
		contact := *i.Contact
		contact.Unknown = maps.Clone(contact.Unknown)
		i.Contact = &contact
	}
	i.Unknown = maps.Clone(i.Unknown)
	return i
}

// Clone returns a copy, nested values included.
func (d UserData) Clone() UserData {
	if d == nil {
		return nil
	}
	return cloneValue(map[string]any(d)).(map[string]any)
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		clone := make(map[string]any, len(v))
		for key, value := range v {
			clone[key] = cloneValue(value)
		}
		return clone
	case []any:
		clone := make([]any, len(v))
		for i, value := range v {
			clone[i] = cloneValue(value)
		}
		return clone
	case map[string]string:
		return maps.Clone(v)
	case []string:
		return slices.Clone(v)
	}
	return v
}

package wwe

import "slices"

// Clone returns a copy that shares nothing that can be changed.
func (i Interaction) Clone() Interaction {
	i.UserData = i.UserData.Clone()
	i.Parties = slices.Clone(i.Parties)
	for p := range i.Parties {
		i.Parties[p].Unknown = cloneMap(i.Parties[p].Unknown)
	}
	if i.Contact != nil {
		contact := *i.Contact
		contact.Unknown = cloneMap(contact.Unknown)
		i.Contact = &contact
	}
	i.Unknown = cloneMap(i.Unknown)
	return i
}

// Clone returns a copy, nested values included, of the kinds that WWE sends.
// What else can be sent, such as a []int, the two share.
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
	case UserData:
		return v.Clone()
	case map[string]string:
		return cloneMap(v)
	case []string:
		return slices.Clone(v)
	}
	return v
}

// cloneMap is maps.Clone in a quarter of the code, once.
//
//go:noinline
func cloneMap[V any](m map[string]V) map[string]V {
	if m == nil {
		return nil
	}
	clone := make(map[string]V, len(m))
	for key, value := range m {
		clone[key] = value
	}
	return clone
}

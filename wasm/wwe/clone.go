package wwe

import (
	"slices"
	"unsafe"

	"wwebridge/internal/jsontext"
)

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
// Data that hold themselves have a copy that does so too. What else can be sent,
// such as a []int, the two share, and what is nested more than 500 levels deep,
// which cannot be sent.
func (d UserData) Clone() UserData {
	if d == nil {
		return nil
	}
	return (&copier{}).object(d)
}

// copier makes the copies of what is in one value. It remembers those that hold
// others, because there may be no end to copying each of them wherever it is met.
type copier struct {
	depth  int
	copies map[place]any
}

// place is where a map or a slice lies, which only reflect and unsafe know.
type place struct {
	at     unsafe.Pointer
	length int // two slices may begin in one place; -1 for a map
}

func (c *copier) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return c.object(v)
	case UserData:
		return UserData(c.object(v))
	case []any:
		return c.array(v)
	case map[string]string:
		return cloneMap(v)
	case []string:
		return slices.Clone(v)
	}
	return v
}

func (c *copier) object(v map[string]any) map[string]any {
	is := place{*(*unsafe.Pointer)(unsafe.Pointer(&v)), -1}
	if known, ok := c.copies[is]; ok {
		return known.(map[string]any)
	}
	if v == nil || c.depth > jsontext.MaxDepth {
		return v
	}
	clone := make(map[string]any, len(v))
	remembered := false
	c.depth++
	for key, value := range v {
		if !remembered && isNested(value) {
			remembered = true
			c.remember(is, clone)
		}
		clone[key] = c.value(value)
	}
	c.depth--
	return clone
}

func (c *copier) array(v []any) []any {
	is := place{unsafe.Pointer(unsafe.SliceData(v)), len(v)}
	if known, ok := c.copies[is]; ok {
		return known.([]any)
	}
	if v == nil || c.depth > jsontext.MaxDepth {
		return v
	}
	clone := make([]any, len(v))
	remembered := false
	c.depth++
	for i, value := range v {
		if !remembered && isNested(value) {
			remembered = true
			c.remember(is, clone)
		}
		clone[i] = c.value(value)
	}
	c.depth--
	return clone
}

func (c *copier) remember(is place, clone any) {
	if c.copies == nil {
		c.copies = map[place]any{}
	}
	c.copies[is] = clone
}

// isNested tells whether the value can hold any other.
func isNested(v any) bool {
	switch v.(type) {
	case map[string]any, UserData, []any:
		return true
	}
	return false
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

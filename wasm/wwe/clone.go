package wwe

import (
	"slices"
	"unsafe"

	"wwebridge/internal/jsontext"
)

// Clone returns a deep copy: the two share no data that can be changed.
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

// Clone returns a deep copy of the values that WWE sends, including nested
// ones. If the data contains itself, so does the copy. The two share values of
// other types, such as a []int. They also share values nested more than 500
// levels deep, which cannot be sent.
func (d UserData) Clone() UserData {
	if d == nil {
		return nil
	}
	return (&copier{}).object(d)
}

// copier copies the values in one UserData. It remembers the values that
// contain others: otherwise, copying data that contains itself would never end.
type copier struct {
	depth  int
	copies map[place]any
}

// place identifies a map or a slice by its address, which only reflect and
// unsafe can read.
type place struct {
	at     unsafe.Pointer
	length int // two slices may start at the same address; -1 for a map
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

// isNested reports whether the value can contain others.
func isNested(v any) bool {
	switch v.(type) {
	case map[string]any, UserData, []any:
		return true
	}
	return false
}

// cloneMap is maps.Clone with a quarter of its code, compiled once.
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

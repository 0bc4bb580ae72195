package jsontext

import "unsafe"

// boxes is room for strings that are in an any. Go would make room for each by
// itself, which takes longer than to read it. It must not be copied: two copies
// would give out the same room.
type boxes []string

// box is any(s). Nobody changes the room that an any has been given.
func (b *boxes) box(s string) any {
	const together = 32 // which live for as long as one of them
	if len(s) >= long {
		return s // which lives by itself
	}
	if len(*b) == cap(*b) {
		*b = make([]string, 0, together)
	}
	*b = append(*b, s)
	// Go does not promise that an any is a type and a pointer to a value that
	// nobody changes, but its compiler, runtime and reflect all build on it.
	v := any("")
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = unsafe.Pointer(&(*b)[len(*b)-1]) // beside the type
	return v
}

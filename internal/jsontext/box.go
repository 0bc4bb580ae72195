package jsontext

import "unsafe"

// boxes allocates, in batches, the string headers that Any stores in interfaces.
// Allocating each header on its own takes longer than reading the string. A boxes must
// not be copied: two copies would hand out the same memory.
type boxes []string

// box returns any(s). The string header that the result points to never changes.
func (b *boxes) box(s string) any {
	const together = 32 // headers per batch; a batch lives as long as any of them
	if len(s) >= long {
		return s // gets an allocation of its own
	}
	if len(*b) == cap(*b) {
		*b = make([]string, 0, together)
	}
	*b = append(*b, s)
	// Go does not specify that an interface is a type and a pointer to an immutable
	// value, but its compiler, runtime and reflect package all rely on it.
	v := any("")
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = unsafe.Pointer(&(*b)[len(*b)-1]) // the type is the first word
	return v
}

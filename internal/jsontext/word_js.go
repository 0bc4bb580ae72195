package jsontext

import "unsafe"

// word gives the eight bytes from i on, which must be there. The compiler
// makes one load of them only on other platforms.
func word(text string, i int) uint64 {
	_ = text[i+7]
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
}

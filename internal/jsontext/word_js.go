package jsontext

import "unsafe"

// word returns the eight bytes that start at i. The compiler merges the portable
// version into a single load on other platforms only.
func word(text string, i int) uint64 {
	_ = text[i+7]
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), i))
}

//go:build js && gc && !go1.28

package jsontext

import "unsafe"

// This does what unnamed.go does by reflect, which is a thirtieth of the panel's
// size. It is built only for releases whose types are known to look so:
// these are the parts of internal/abi.Type that the kinds below need. A test
// compares them with reflect.
type typeInfo struct {
	size, _ uintptr
	_       [7]byte
	kind    uint8
	_       [3]uintptr
	first   *typeInfo // of a slice the elements' type, of a map the keys'
	second  *typeInfo // of a map the values' type
}

// value is an any.
type value struct {
	of   *typeInfo
	data unsafe.Pointer
}

func valueOf(v any) value { return *(*value)(unsafe.Pointer(&v)) }

func (t *typeInfo) is(like any) bool { return t.kind&kindMask == valueOf(like).of.kind&kindMask }

const kindMask = 1<<5 - 1

var basic = [...]any{
	"", false, int(0), int8(0), int16(0), int32(0), int64(0),
	uint(0), uint8(0), uint16(0), uint32(0), uint64(0), uintptr(0), float32(0), float64(0),
}

// unnamed returns the value as one of the types that appendAny knows; ok is
// false if there is none.
func unnamed(v any) (_ any, ok bool) {
	is := valueOf(v)
	for _, b := range basic {
		if is.of.is(b) {
			return anyOf(value{valueOf(b).of, is.data}), true
		}
	}
	switch {
	case is.of.is([]any(nil)):
		return elements(is)
	case is.of.is(map[string]any(nil)) && is.of.first.is(""):
		return members(is)
	}
	return nil, false
}

func anyOf(v value) any { return *(*any)(unsafe.Pointer(&v)) }

// at returns what is at p and of type t. Of a struct it is not known whether
// an any holds it or a pointer to it if it is as large as a pointer.
func (t *typeInfo) at(p unsafe.Pointer) (v any, ok bool) {
	pointer := unsafe.Sizeof(p)
	switch {
	case t == anyType:
		return *(*any)(p), true
	case t.is(map[string]any(nil)) || t.is(&t.kind):
		p = *(*unsafe.Pointer)(p)
	case t.is([]any(nil)):
	default:
		known := t.size > pointer && t.is(struct{}{})
		for _, b := range basic {
			known = known || t.is(b)
		}
		if !known {
			return nil, false
		}
	}
	return anyOf(value{t, p}), true
}

var anyType = valueOf([]any(nil)).of.first

func elements(v value) (array []any, ok bool) {
	t, all := v.of.first, *(*[]struct{})(v.data)
	start := *(*unsafe.Pointer)(v.data)
	array = make([]any, len(all))
	for n := range array {
		if array[n], ok = t.at(unsafe.Add(start, uintptr(n)*t.size)); !ok {
			return nil, false
		}
	}
	return array, true
}

// members reads a map as one whose values have the same size, which lies in
// memory in the same way.
func members(v value) (object map[string]any, ok bool) {
	switch t := v.of.second; {
	case t == anyType:
		return *(*map[string]any)(unsafe.Pointer(&v.data)), true
	case t.is(""):
		return membersOf[string](v)
	case t.is([]any(nil)):
		return membersOf[[]byte](v)
	case t.is(map[string]any(nil)) || t.is(&t.kind):
		return membersOf[unsafe.Pointer](v)
	case t.is(struct{}{}):
		return nil, false
	case t.size == 8:
		return membersOf[uint64](v)
	case t.size == 4:
		return membersOf[uint32](v)
	case t.size == 2:
		return membersOf[uint16](v)
	case t.size == 1:
		return membersOf[uint8](v)
	}
	return nil, false
}

func membersOf[T any](v value) (object map[string]any, ok bool) {
	object = map[string]any{}
	for name, member := range *(*map[string]T)(unsafe.Pointer(&v.data)) {
		if object[name], ok = v.of.second.at(unsafe.Pointer(&member)); !ok {
			return nil, false
		}
	}
	return object, true
}

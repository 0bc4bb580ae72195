//go:build js && gc && !go1.28

package jsontext

import "unsafe"

// value implements the part of reflect.Value that the writer needs. Package reflect
// would make up a thirtieth of the panel's size. The layout of types is that of
// internal/abi, so this file is built only for Go releases known to use it. A test
// compares value with reflect.
type value struct {
	of *typeInfo
	at unsafe.Pointer // address of the value
}

type typeInfo struct {
	size, _ uintptr
	_       uint32
	flags   uint8
	_       [2]uint8
	kind    uint8
	_       [3]uintptr
	first   *typeInfo      // key type of a map; element type of an array, slice or pointer
	second  unsafe.Pointer // value type of a map; fields of a struct
	count   int            // length of an array; number of fields of a struct or methods of an interface
}

type field struct {
	name   *nameInfo
	of     *typeInfo
	offset uintptr
}

// nameInfo is the first byte of a name: flags, followed by the name and, if the flags
// say so, the tag. Each text follows its length.
type nameInfo byte

const (
	directly = 1 << 5 // type flag: an interface holds the value itself, not its address

	isExported, hasTag, isEmbedded = 1 << 0, 1 << 1, 1 << 3 // name flags
)

// inAny is the layout of an any.
type inAny struct {
	of   *typeInfo
	data unsafe.Pointer
}

func valueOf(v any) value {
	if is := *(*inAny)(unsafe.Pointer(&v)); is.of != nil && is.of.flags&directly == 0 {
		return value{is.of, is.data}
	}
	is := (*inAny)(unsafe.Pointer(&v))
	return value{is.of, unsafe.Pointer(&is.data)}
}

//go:noinline
func (v value) Interface() any {
	is := inAny{v.of, v.at}
	if v.of.flags&directly != 0 {
		is.data = v.pointer()
	}
	return *(*any)(unsafe.Pointer(&is))
}

//go:noinline
func (v value) Kind() uint8 {
	if v.of == nil {
		return 0
	}
	return v.of.kind & (1<<5 - 1)
}

func (v value) pointer() unsafe.Pointer { return *(*unsafe.Pointer)(v.at) }

//go:noinline
func (v value) IsNil() bool { return v.pointer() == nil }

func (v value) Bool() bool { return *(*bool)(v.at) }

func (v value) String() string { return *(*string)(v.at) }

//go:noinline
func (v value) Uint() (n uint64) {
	for i := v.of.size; i > 0; i-- {
		n = n<<8 | uint64(*(*uint8)(unsafe.Add(v.at, i-1)))
	}
	return n
}

func (v value) Int() int64 {
	unused := 64 - 8*v.of.size
	return int64(v.Uint()<<unused) >> unused
}

func (v value) Float() float64 {
	if v.of.size == 4 {
		return float64(*(*float32)(v.at))
	}
	return *(*float64)(v.at)
}

//go:noinline
func (v value) Len() int {
	switch v.Kind() {
	case kindArray:
		return v.of.count
	case kindMap:
		return len(*(*map[string]any)(v.at))
	}
	return len(*(*[]struct{})(v.at)) // a string has its length in the same place
}

//go:noinline
func (v value) Index(n int) value {
	start := v.at
	if v.Kind() == kindSlice {
		start = v.pointer()
	}
	return value{v.of.first, unsafe.Add(start, uintptr(n)*v.of.first.size)}
}

// Elem returns the value that a pointer points to or an interface holds.
//
//go:noinline
func (v value) Elem() value {
	if v.Kind() == kindPointer {
		return value{v.of.first, v.pointer()}
	}
	if v.of.count == 0 || v.IsNil() {
		return valueOf(*(*any)(v.at))
	}
	is := *(*inAny)(v.at)
	is.of = (*struct{ _, of *typeInfo })(unsafe.Pointer(is.of)).of // the second word of a method table
	return valueOf(*(*any)(unsafe.Pointer(&is)))
}

//go:noinline
func (v value) IsZero() bool {
	switch v.Kind() {
	case kindString:
		return v.Len() == 0
	case kindArray:
		for n := range v.Len() {
			if !v.Index(n).IsZero() {
				return false
			}
		}
		return true
	case kindStruct:
		for n := range v.of.count {
			if f := v.field(n); !(value{f.of, unsafe.Add(v.at, f.offset)}).IsZero() {
				return false
			}
		}
		return true
	case kindSlice, kindInterface:
		return v.IsNil()
	}
	for n := range v.of.size {
		if *(*byte)(unsafe.Add(v.at, n)) != 0 {
			return false
		}
	}
	return true
}

func (v value) field(n int) *field {
	return (*field)(unsafe.Add(v.of.second, uintptr(n)*unsafe.Sizeof(field{})))
}

// members returns the members of a map in any order, or the fields of a struct in the
// order of declaration. ok is false for a map whose keys are not strings, for a struct
// that has unexported or embedded fields, and for a struct without fields, such as
// wwe.Undefined.
func members(v value) (all []member, ok bool) {
	if v.Kind() == kindMap {
		if (value{of: v.of.first}).Kind() != kindString {
			return nil, false
		}
		var m iterator
		for mapiterinit(v.of, v.pointer(), &m); m.key != nil; mapiternext(&m) {
			all = append(all, member{*m.key, "", value{(*typeInfo)(v.of.second), m.value}})
		}
		return all, true
	}
	for n := range v.of.count {
		f := v.field(n)
		flags := *f.name
		if flags&isExported == 0 || flags&isEmbedded != 0 {
			return nil, false
		}
		name, rest := text(unsafe.Add(unsafe.Pointer(f.name), 1))
		tag := ""
		if flags&hasTag != 0 {
			tag, _ = text(rest)
		}
		all = append(all, member{name, tag, value{f.of, unsafe.Add(v.at, f.offset)}})
	}
	return all, all != nil
}

// text returns the text at p and the address of the first byte after it.
func text(p unsafe.Pointer) (string, unsafe.Pointer) {
	length, shift, more := 0, 0, true
	for ; more; shift += 7 {
		b := *(*uint8)(p)
		length |= int(b&0x7f) << shift
		more = b >= 0x80
		p = unsafe.Add(p, 1)
	}
	return unsafe.String((*byte)(p), length), unsafe.Add(p, length)
}

// iterator is the iterator that the runtime provides to programs that range over maps
// of unknown types; see runtime/linkname_shim.go.
type iterator struct {
	key   *string
	value unsafe.Pointer
	_, _  unsafe.Pointer
}

//go:linkname mapiterinit runtime.mapiterinit
func mapiterinit(of *typeInfo, m unsafe.Pointer, i *iterator)

//go:linkname mapiternext runtime.mapiternext
func mapiternext(i *iterator)

package jsontext

import (
	"errors"
	"math"
	"runtime"
	"strconv"
	"strings"
)

// marshaler is json.Marshaler. This package must not import encoding/json.
type marshaler interface{ MarshalJSON() ([]byte, error) }

// The kinds of Go types, numbered as in reflect.
const (
	kindBool      = 1
	kindInt       = 2
	kindInt64     = 6
	kindUint      = 7
	kindUintptr   = 12
	kindFloat32   = 13
	kindFloat64   = 14
	kindArray     = 17
	kindInterface = 20
	kindMap       = 21
	kindPointer   = 22
	kindSlice     = 23
	kindString    = 24
	kindStruct    = 25
)

// mostFrames is the depth of the call stack at which AppendAny stops calling
// MarshalJSON. The depth limit alone cannot end a recursion through MarshalJSON,
// because its text starts at depth 0 again.
const mostFrames = 2000

const tooDeep = "nested too deeply, or within itself"

// AppendAny appends v as JSON with the meaning that encoding/json gives it. It accepts
// nil, booleans, strings, numbers, slices, arrays, pointers, maps with string keys,
// structs whose fields are all exported and not embedded, and values with a MarshalJSON
// method. It sorts the keys of a map, so equal values produce equal text.
//
// Unlike encoding/json, it writes []byte as an array of numbers and ignores the
// "string" option of field tags. It returns an *Error, with the path to the faulty
// value, for any other type, for an integer beyond 2^53, which JavaScript cannot
// represent exactly, and for NaN and infinities.
func AppendAny(b []byte, v any) ([]byte, error) {
	b, err := appendValue(b, valueOf(v), 0)
	if err != nil {
		return nil, err // err itself would be a non-nil error that holds a nil *Error
	}
	return b, nil
}

func appendValue(b []byte, v value, depth int) (_ []byte, failed *Error) {
	if depth > MaxDepth {
		return refuse(tooDeep)
	}
	kind := v.Kind()
	if kind == kindInterface {
		v = v.Elem()
		kind = v.Kind()
	}
	if kind == 0 || kind == kindPointer && v.IsNil() {
		return append(b, "null"...), nil
	}
	if v, ok := v.Interface().(marshaler); ok {
		return appendMarshaler(b, v)
	}
	switch {
	case kind == kindBool:
		return strconv.AppendBool(b, v.Bool()), nil
	case kind == kindString:
		return AppendString(b, v.String()), nil
	case kind >= kindInt && kind <= kindInt64:
		return appendInt(b, v.Int())
	case kind >= kindUint && kind <= kindUintptr:
		return appendUint(b, v.Uint())
	case kind == kindFloat32:
		return appendFloat(b, v.Float(), 32)
	case kind == kindFloat64:
		return appendFloat(b, v.Float(), 64)
	case kind == kindPointer:
		return appendValue(b, v.Elem(), depth+1)
	case (kind == kindSlice || kind == kindMap) && v.IsNil():
		return append(b, "null"...), nil
	case kind == kindSlice || kind == kindArray:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, failed = appendValue(b, v.Index(i), depth+1); failed != nil {
				failed.within("[" + strconv.Itoa(i) + "]")
				return nil, failed
			}
		}
		return append(b, ']'), nil
	case kind == kindMap || kind == kindStruct:
		all, ok := members(v)
		if !ok {
			break
		}
		if kind == kindMap {
			sort(all)
		}
		b = append(b, '{')
		comma := false
		for _, m := range all {
			if kind == kindStruct && !m.isWritten() {
				continue
			}
			if comma {
				b = append(b, ',')
			}
			comma = true
			b = append(AppendString(b, m.name), ':')
			if b, failed = appendValue(b, m.value, depth+1); failed != nil {
				failed.within(m.name)
				return nil, failed
			}
		}
		return append(b, '}'), nil
	}
	return refuse("a value of this Go type cannot be sent; strings, booleans, numbers, nil, slices, maps with " +
		"strings as keys, structs with fields that are all exported, and what has MarshalJSON can")
}

// member is an entry of a map or a field of a struct.
type member struct {
	name  string
	tag   string // only for a struct field
	value value
}

// isWritten applies the field's json tag: it sets the member's name and reports whether
// the field is written.
func (m *member) isWritten() bool {
	_, tag, _ := strings.Cut(" "+m.tag, ` json:"`)
	tag, _, _ = strings.Cut(tag, `"`)
	if tag == "-" {
		return false
	}
	name, options, _ := strings.Cut(tag, ",")
	if name != "" {
		m.name = name
	}
	for more := options != ""; more; {
		var option string
		option, options, more = strings.Cut(options, ",")
		switch {
		case option == "omitzero":
			if m.isZero() {
				return false
			}
		case option == "omitempty":
			switch m.value.Kind() {
			case kindArray, kindMap, kindSlice, kindString:
				if m.value.Len() == 0 {
					return false
				}
			case kindStruct:
			default:
				if m.value.IsZero() {
					return false
				}
			}
		}
	}
	return true
}

func (m *member) isZero() bool {
	kind := m.value.Kind()
	if kind != kindInterface && (kind != kindPointer || !m.value.IsNil()) {
		if z, ok := m.value.Interface().(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
	}
	return m.value.IsZero()
}

func appendMarshaler(b []byte, v marshaler) ([]byte, *Error) {
	text, err := marshal(v)
	if err != nil {
		for within := err; within != nil; within = errors.Unwrap(within) {
			if inner, ok := within.(*Error); ok { // keeps the path
				return nil, &Error{inner.Path, inner.Problem} // a copy, because its owner may keep it
			}
		}
		return refuse(err.Error())
	}
	r := NewReader(string(text))
	r.Skip()
	if r.Err() != nil {
		return nil, r.err
	}
	return append(b, text...), nil
}

// marshal calls MarshalJSON and turns a panic into an error.
func marshal(v marshaler) (text []byte, err error) {
	var caller [1]uintptr
	if runtime.Callers(mostFrames, caller[:]) > 0 {
		return nil, &Error{Problem: tooDeep}
	}
	defer func() {
		if recover() != nil {
			err = &Error{Problem: "its method MarshalJSON panicked"}
		}
	}()
	return v.MarshalJSON()
}

// maxExact is the limit up to which JavaScript's numbers represent every integer.
const maxExact = 1 << 53

func appendInt(b []byte, n int64) ([]byte, *Error) {
	if n > maxExact || n < -maxExact {
		return inexact()
	}
	return strconv.AppendInt(b, n, 10), nil
}

func appendUint(b []byte, n uint64) ([]byte, *Error) {
	if n > maxExact {
		return inexact()
	}
	return strconv.AppendUint(b, n, 10), nil
}

func inexact() ([]byte, *Error) {
	return refuse("an integer beyond 2^53 would arrive as another one; send it as a string")
}

//go:noinline
func refuse(problem string) ([]byte, *Error) { return nil, &Error{Problem: problem} }

func appendFloat(b []byte, f float64, bits int) ([]byte, *Error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return refuse("JSON has no number for " + strconv.FormatFloat(f, 'g', -1, 64))
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, bits), nil
}

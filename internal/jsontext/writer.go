package jsontext

import (
	"math"
	"strconv"
)

// marshaler is encoding/json's Marshaler, which this package must not import.
type marshaler interface{ MarshalJSON() ([]byte, error) }

// AppendAny appends v as JSON text: nil, booleans, strings, numbers, slices,
// and maps with strings as keys, also of named types, and what has the method
// MarshalJSON. It sorts the names of an object so that the same value always
// gives the same text. Anything else is an *Error that names the place.
func AppendAny(b []byte, v any) ([]byte, error) {
	b, err := appendAny(b, v, 0)
	if err != nil {
		return nil, err // not err itself: a nil *Error in an error is not nil
	}
	return b, nil
}

func appendAny(b []byte, v any, depth int) ([]byte, *Error) {
	if depth > maxDepth {
		return nil, &Error{Problem: "nested too deeply"}
	}
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case string:
		return AppendString(b, v), nil
	case float64:
		return appendFloat(b, v, 64)
	case float32:
		return appendFloat(b, float64(v), 32)
	case int:
		return appendInt(b, int64(v))
	case int8:
		return appendInt(b, int64(v))
	case int16:
		return appendInt(b, int64(v))
	case int32:
		return appendInt(b, int64(v))
	case int64:
		return appendInt(b, v)
	case uint:
		return appendUint(b, uint64(v))
	case uint8:
		return appendUint(b, uint64(v))
	case uint16:
		return appendUint(b, uint64(v))
	case uint32:
		return appendUint(b, uint64(v))
	case uint64:
		return appendUint(b, v)
	case uintptr:
		return appendUint(b, uint64(v))
	case []any:
		return appendArray(b, v, depth)
	case map[string]any:
		return appendObject(b, v, depth)
	case marshaler:
		text, err := marshal(v)
		if err != nil {
			return nil, &Error{Problem: err.Error()}
		}
		r := NewReader(string(text))
		r.Skip()
		if err := r.Err(); err != nil {
			return nil, &Error{Problem: err.Error()}
		}
		return append(b, text...), nil
	}
	if v, ok := unnamed(v); ok {
		return appendAny(b, v, depth)
	}
	return nil, &Error{Problem: "a value of this Go type cannot be sent; strings, booleans, numbers, nil, " +
		"slices, maps with strings as keys, and what has MarshalJSON can"}
}

// marshal returns an error for a method that panics, as that of a nil pointer may.
func marshal(v marshaler) (text []byte, err error) {
	defer func() {
		if recover() != nil {
			err = &Error{Problem: "its method MarshalJSON panicked"}
		}
	}()
	return v.MarshalJSON()
}

// maxExact is the greatest integer up to which JavaScript's numbers have them all.
const maxExact = 1 << 53

func appendInt(b []byte, n int64) ([]byte, *Error) {
	if n > maxExact || n < -maxExact {
		return nil, inexact()
	}
	return strconv.AppendInt(b, n, 10), nil
}

func appendUint(b []byte, n uint64) ([]byte, *Error) {
	if n > maxExact {
		return nil, inexact()
	}
	return strconv.AppendUint(b, n, 10), nil
}

func inexact() *Error {
	return &Error{Problem: "an integer beyond 2^53 would arrive as another one; send it as a string"}
}

func appendFloat(b []byte, f float64, bits int) ([]byte, *Error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, &Error{Problem: "JSON has no number for " + strconv.FormatFloat(f, 'g', -1, 64)}
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, bits), nil
}

func appendArray(b []byte, array []any, depth int) ([]byte, *Error) {
	b = append(b, '[')
	for i, v := range array {
		if i > 0 {
			b = append(b, ',')
		}
		var err *Error
		if b, err = appendAny(b, v, depth+1); err != nil {
			err.within("[" + strconv.Itoa(i) + "]")
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendObject(b []byte, object map[string]any, depth int) ([]byte, *Error) {
	b = append(b, '{')
	for i, name := range Names(object) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(AppendString(b, name), ':')
		var err *Error
		if b, err = appendAny(b, object[name], depth+1); err != nil {
			err.within(name)
			return nil, err
		}
	}
	return append(b, '}'), nil
}

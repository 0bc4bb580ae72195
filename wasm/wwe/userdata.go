package wwe

import (
	"strconv"

	"wwebridge/internal/jsontext"
)

// UserData is the data attached to an interaction, by key. Values are string,
// float64, bool, nil, []any and map[string]any; WWE's own are mostly strings,
// and some nested objects. Any string may be a key, "" and "__proto__" too.
//
// A value that is nested more than 500 levels deep is JSON from there on, and
// so is a number that float64 cannot hold. A JSON is sent as its text.
//
// Widgets may send more: any of Go's integers and floats, strings and named
// strings, slices, arrays, maps with strings as keys, pointers, structs such as
// this package's own, and values with the method MarshalJSON. WWE gets the JSON
// that encoding/json would write, by the tags of structs, except that:
//   - A []byte is an array of numbers, and a json.Number a string.
//   - The method MarshalText does not count, nor does the method MarshalJSON of
//     a pointer where the value is in a slice or a struct.
//   - A tag's option "string" has no effect, and a backslash in its name begins
//     no escape.
//   - An integer beyond 2^53 is an error, because JavaScript would make another
//     one of it: send it as a string.
//   - A struct that has no field, or one that is embedded or not exported, is an
//     error, but for those with the method MarshalJSON; so is what holds itself.
//
// The option service-client-api.user-data.read-allowed decides which keys WWE
// shows to widgets, service-client-api.user-data.write-allowed which ones
// widgets may set and delete.
//
// Nil stands for none: where WWE takes user data, it is then left out.
type UserData map[string]any

func readUserData(r *jsontext.Reader) UserData {
	r.Verbatim = verbatim
	return UserData(r.Map())
}

// Text returns the value of a key as text: a string as it is, a number or
// boolean as JSON writes it, an object or array as JSON. It is "" if the key is
// absent or null, and for a value that cannot be sent, except a large integer.
func (d UserData) Text(key string) string {
	switch v := d[key].(type) {
	case nil:
		return ""
	case string:
		return v
	case int: // which may be too large to be sent, as may the next three
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case uint:
		return strconv.FormatUint(uint64(v), 10)
	case uint64:
		return strconv.FormatUint(v, 10)
	default:
		text, err := jsontext.AppendAny(nil, v)
		if err != nil {
			return ""
		}
		r := jsontext.NewReader(string(text)) // of a string of a named type
		if r.Peek() == '"' {
			return r.String()
		}
		if string(text) == "null" { // a nil map, for example
			return ""
		}
		return string(text)
	}
}

// Keys returns the keys, sorted.
func (d UserData) Keys() []string { return jsontext.Names(d) }

// MarshalJSON writes user data as it is sent to WWE.
func (d UserData) MarshalJSON() ([]byte, error) {
	if d == nil {
		return []byte("null"), nil
	}
	return jsontext.AppendAny(nil, map[string]any(d))
}

// UnmarshalJSON reads user data as it comes from WWE.
func (d *UserData) UnmarshalJSON(text []byte) error {
	r := jsontext.NewReader(string(text))
	*d = nil
	if !r.Null() {
		*d = readUserData(r)
	}
	return r.Err()
}

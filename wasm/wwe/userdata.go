package wwe

import (
	"strconv"

	"wwebridge/internal/jsontext"
)

// UserData is the data attached to an interaction, by key. Values are of the
// types string, float64, bool, nil, []any and map[string]any. WWE's own values
// are mostly strings, and some are nested objects. Any string may be a key,
// even "" and "__proto__".
//
// Values nested more than 500 levels deep, and numbers that float64 cannot
// hold, are JSON. A JSON is sent as its text.
//
// Widgets may send other types too: Go's integers and floats, strings and named
// strings, slices, arrays, maps with string keys, pointers, structs such as
// this package's own, and values with the method MarshalJSON. WWE receives the
// JSON that encoding/json would write, according to the struct tags, with these
// exceptions:
//   - A []byte is an array of numbers, and a json.Number is a string.
//   - The method MarshalText is not used. Neither is a MarshalJSON with a
//     pointer receiver if the value is in a slice or a struct.
//   - The option "string" of a tag has no effect, and a backslash in a tag's
//     name does not start an escape.
//   - An integer beyond 2^53 is an error, because JavaScript would change it:
//     send it as a string.
//   - A struct without fields, or with an embedded or unexported field, is an
//     error unless it has the method MarshalJSON. Data that contains itself is
//     an error too.
//
// WWE's option service-client-api.user-data.read-allowed decides which keys
// widgets can read, and service-client-api.user-data.write-allowed decides
// which keys they may set and delete.
//
// Nil means no data: an optional parameter is then sent as undefined.
type UserData map[string]any

func readUserData(r *jsontext.Reader) UserData {
	r.Verbatim = verbatim
	return UserData(r.Map())
}

// Text returns the value of a key as text: a string unchanged, and a number,
// boolean, object or array as JSON. It returns "" if the key is absent or null,
// and for a value that cannot be sent, unless that is a large integer.
func (d UserData) Text(key string) string {
	switch v := d[key].(type) {
	case nil:
		return ""
	case string:
		return v
	case int: // this and the next three may be too large to be sent
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
		r := jsontext.NewReader(string(text)) // v may have a named string type
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

// MarshalJSON returns the user data as it is sent to WWE.
func (d UserData) MarshalJSON() ([]byte, error) {
	if d == nil {
		return []byte("null"), nil
	}
	return jsontext.AppendAny(nil, map[string]any(d))
}

// UnmarshalJSON reads user data in the form in which WWE sends it.
func (d *UserData) UnmarshalJSON(text []byte) error {
	r := jsontext.NewReader(string(text))
	*d = nil
	if !r.Null() {
		*d = readUserData(r)
	}
	return r.Err()
}

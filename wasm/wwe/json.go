package wwe

import "wwebridge/internal/jsontext"

// JSON is JSON text from WWE or for WWE: the data of a reply, or an unknown
// property. "" means that there is no value.
type JSON string

// Value decodes the text into nil, bool, float64, string, []any or
// map[string]any. It does without encoding/json, which would enlarge the
// browser's download. Values nested more than 500 levels deep, and numbers that
// float64 cannot hold, remain JSON. An unpaired UTF-16 surrogate, which
// JavaScript strings may contain, becomes three bytes of invalid UTF-8, and
// becomes the same surrogate when it is sent back.
func (j JSON) Value() (any, error) {
	r := jsontext.NewReader(string(j))
	r.Verbatim = verbatim
	v := r.Any()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return v, nil
}

// MarshalJSON returns the text, or null for "". It does not validate the text:
// encoding/json does, and so does the code that sends it to WWE.
func (j JSON) MarshalJSON() ([]byte, error) {
	if j == "" {
		return []byte("null"), nil
	}
	return []byte(j), nil
}

// UnmarshalJSON stores the text unchanged.
func (j *JSON) UnmarshalJSON(text []byte) error {
	*j = JSON(text)
	return nil
}

// verbatim returns the JSON for a value that has no other Go type.
func verbatim(text string) any { return JSON(text) }

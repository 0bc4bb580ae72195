package wwe

import "wwebridge/internal/jsontext"

// JSON is JSON text that came from WWE or goes to it: the data of a reply, or
// a property that this package does not know. "" is no value at all.
type JSON string

// Value decodes the text into nil, bool, float64, string, []any or
// map[string]any, without encoding/json, which would add to what the browser
// loads. What is nested more than 500 levels deep, and a number that float64
// cannot hold, stays JSON. A lone half of a UTF-16 surrogate pair, which
// JavaScript's strings may hold, becomes three bytes that are not valid UTF-8
// and go back as they came.
func (j JSON) Value() (any, error) {
	r := jsontext.NewReader(string(j))
	r.Verbatim = verbatim
	v := r.Any()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return v, nil
}

// MarshalJSON returns the text, null for "". It does not look whether that is
// JSON: encoding/json does, and so does what sends it to WWE.
func (j JSON) MarshalJSON() ([]byte, error) {
	if j == "" {
		return []byte("null"), nil
	}
	return []byte(j), nil
}

// UnmarshalJSON keeps the text.
func (j *JSON) UnmarshalJSON(text []byte) error {
	*j = JSON(text)
	return nil
}

// verbatim is what stands for a value that has no other type.
func verbatim(text string) any { return JSON(text) }

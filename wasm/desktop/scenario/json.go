package scenario

import (
	"encoding/json"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
)

// jsonOf returns the JSON of user data, in which values that JSON cannot
// express are texts.
func jsonOf(data wwe.UserData) string {
	text, err := jsontext.AppendAny(nil, map[string]any(data))
	if err != nil {
		return "{}"
	}
	return string(text)
}

// encoded returns the arguments of a function as JSON. The values are of the
// option types, or strings.
func encoded(args ...any) []json.RawMessage {
	var all []json.RawMessage
	for _, arg := range args {
		text, err := json.Marshal(arg)
		if err != nil {
			text = []byte("null") // the function then refuses it
		}
		all = append(all, text)
	}
	return all
}

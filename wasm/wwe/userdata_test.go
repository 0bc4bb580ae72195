package wwe_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/wwe"
)

func TestTextOfUserData(t *testing.T) {
	data := wwe.UserData{
		"text": "a\"b", "empty": "", "number": 4711.0, "fraction": -0.5, "large": 1e21, "yes": true, "null": nil,
		"object": map[string]any{"b": []any{1.0, "x"}, "a": nil}, "verbatim": wwe.JSON("1e999"), "named": wwe.StateTalking, "int": 7,
		"function": func() {}, "no map": wwe.UserData(nil), "no text": wwe.JSON(""), "huge": int64(1 << 60), "huge int": 1 << 60, "huge uint": uint(1 << 60),
	}
	for key, want := range map[string]string{
		"text": "a\"b", "empty": "", "number": "4711", "fraction": "-0.5", "large": "1e+21", "yes": "true", "null": "", "absent": "",
		"object": `{"a":null,"b":[1,"x"]}`, "verbatim": "1e999", "named": "TALKING", "int": "7", "function": "",
		"no map": "", "no text": "", "huge": "1152921504606846976", "huge int": "1152921504606846976", "huge uint": "1152921504606846976",
	} {
		assert.Equal(t, want, data.Text(key), key)
	}
	assert.Empty(t, wwe.UserData(nil).Text("k"))
	assert.Equal(t, []string{"", "B", "a", "é"}, wwe.UserData{"é": 1, "a": 1, "": 1, "B": 1}.Keys())
	assert.Empty(t, wwe.UserData(nil).Keys())
}

package strictjson_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/strictjson"
)

type agent struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
	Chief *agent   `json:"chief"`
}

type config struct {
	*agent
	Name    int               `json:"name"` // in place of the agent's
	Options map[string]string `json:"options"`
	Any     any               `json:"any"`
	Raw     json.RawMessage   `json:"raw"`
	Bytes   []byte            `json:"bytes"`
	Even    even              `json:"even"`
	Hidden  string            `json:"-"`
	private string            // it is no property
}

type even int

func (e *even) UnmarshalJSON(text []byte) error {
	var n int
	if err := json.Unmarshal(text, &n); err != nil || n%2 != 0 {
		return fmt.Errorf("%s is not even", text)
	}
	*e = even(n)
	return nil
}

func TestDecodesAsEncodingJSONDoes(t *testing.T) {
	const text = ` { "name": 7, "roles": ["a", "b"], "chief": {"name": "c", "roles": null}, "options": {"a": "1"},
		"any": [{"x": 1}], "raw": {"x" : 1}, "bytes": "AQI=", "even": 2 } `
	want, got := config{agent: &agent{}}, config{agent: &agent{}}
	require.NoError(t, json.Unmarshal([]byte(text), &want))
	require.NoError(t, strictjson.Decode([]byte(text), &got))
	assert.Equal(t, want, got)
}

func TestWhatIsNotNamedStays(t *testing.T) {
	into := config{agent: &agent{Roles: []string{"a"}}, Name: 1, Options: map[string]string{"a": "1", "b": "2"}, private: "x"}
	require.NoError(t, strictjson.Decode([]byte(`{"options": {"b": "3"}, "name": null}`), &into))
	assert.Equal(t, config{agent: &agent{Roles: []string{"a"}}, Name: 1, Options: map[string]string{"a": "1", "b": "3"}, private: "x"}, into)
}

func TestWhatIsWrongIsNamedByItsPath(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "x"}`:                        "name has the wrong type",
		`{"name": 1.5}`:                        "name has the wrong type",
		`{"name": 1e99}`:                       "name has the wrong type",
		`{"name": {}}`:                         "name has the wrong type",
		`{"roles": "a"}`:                       "roles has the wrong type",
		`{"roles": {}}`:                        "roles has the wrong type",
		`{"roles": ["a", 7]}`:                  "roles[1] has the wrong type",
		`{"chief": []}`:                        "chief has the wrong type",
		`{"chief": {"chief": {"roles": [7]}}}`: "chief.chief.roles[0] has the wrong type",
		`{"options": {"a": 1}}`:                "options.a has the wrong type",
		`{"options": []}`:                      "options has the wrong type",
		`{"even": 1}`:                          "even has the wrong type",
		`{"bytes": "?"}`:                       "bytes has the wrong type",
		`{"more": 1, "name": "x", "even": 1}`:  "even has the wrong type",
		`{"more": 1}`:                          "there is no property more",
		`{"Name": 1}`:                          "there is no property Name",
		`{"Hidden": "x"}`:                      "there is no property Hidden",
		`{"private": "x"}`:                     "there is no property private",
		`{"agent": {}}`:                        "there is no property agent",
		`{"chief": {"more": 1}}`:               "there is no property chief.more",
		``:                                     "it is not JSON",
		`{`:                                    "it is not JSON",
		`{} {}`:                                "it is not JSON",
		`null`:                                 "it is not a JSON object",
		strings.Repeat(" ", 100) + "[]":        "it is not a JSON object",
		strings.Repeat(`{"chief":`, 100_000):   "it is nested too deeply",

		`{"any":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}`: "it is nested too deeply",
		`{"more": "` + strings.Repeat("[", 1_000) + `\"["}`:                       "there is no property more",
	} {
		for range 20 { // whatever the order of a map is
			require.EqualError(t, strictjson.Decode([]byte(text), &config{agent: &agent{}}), want, "%.50s", text)
		}
	}
}

func TestWhatIsNestedTooDeeplyIsNotHandedToEncodingJSON(t *testing.T) {
	var value any
	assert.ErrorIs(t, strictjson.Unmarshal([]byte(strings.Repeat("[", 9_000)+strings.Repeat("]", 9_000)), &value), strictjson.ErrTooDeep)
	require.NoError(t, strictjson.Unmarshal([]byte(strings.Repeat("[", 500)+strings.Repeat("]", 500)), &value))
}

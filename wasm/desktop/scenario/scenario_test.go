package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/desktop/scenario"
)

func TestAnUnknownScenarioNamesThoseThatExist(t *testing.T) {
	for _, name := range []string{"", "nope", "../scenario", "gallery/chat", strings.Repeat("x", 10_000)} {
		_, err := scenario.Find(name)
		require.ErrorContains(t, err, "there are first-call, second-call,")
		assert.Less(t, len(err.Error()), 400)
	}
}

func TestAScenarioIsValidatedStrictly(t *testing.T) {
	for steps, want := range map[string]string{
		``:                                   "needs a title, about and steps",
		`{"do": "ring", "wait": 5}`:          "there is no property steps[0].wait",
		`{"do": "juggle"}`:                   `step 1: there is no function "juggle"; there are addParty`,
		`{}`:                                 `there is no function ""`,
		`{"do": "ring", "with": [7]}`:        "step 1: ring: argument 1: 7 has the wrong type",
		`{"do": "ring", "with": [{}, {}]}`:   "ring: its arguments are 1, not 2",
		`{"do": "ring", "with": [{"a": 1}]}`: "ring: argument 1: there is no property a",
		`{"do": "ring", "with": [{"userData": []}]}`:                    "userData has the wrong type",
		`{"do": "answer"}`:                                              "answer: its arguments are 1, not 0",
		`{"do": "answer", "with": ["$call"]}`:                           "no step before has given the name call",
		`{"do": "ring", "as": "a"}, {"do": "answer", "with": [["$a"]]}`: "answer: argument 1",
		`{"do": "restart", "as": "a"}`:                                  "restart begins no interaction",
		`{"do": "ring", "as": "a", "then": {"b": "TALKING"}}`:           "no step has given the name b",
		`{"do": "ring", "as": "a", "then": {"a": "SHOUTING"}}`:          `there is no state "SHOUTING"`,
		`{"do": "ring", "after": -1}`:                                   "after is between 0 and 60000 milliseconds",
		`{"do": "ring", "after": 60001}`:                                "after is between",
		`{"do": "ring", "after": 0.5}`:                                  "steps[0].after has the wrong type",
		`{"do": "fault", "with": [{"kind": "gremlin"}]}`:                `there is no fault "gremlin"`,
		`{"do": "configure", "with": [{"colour": 1}]}`:                  "colour",
		`{"repeat": 5000, "steps": [{"do": "ring"}, {"do": "ring"}]}`:   "more than 5000 steps",
		`{"repeat": 9007199254740992, "steps": [{"do": "ring"}]}`:       "more than 5000 steps",
		`{"repeat": -1, "steps": [{"do": "ring"}]}`:                     "repeat is a number above 0",
		`{"repeat": 2}`: "repeat is a number above 0",
		`{"repeat": 2, "do": "ring", "steps": [{"do": "ring"}]}`:            "has no other property",
		`{"repeat": 2, "steps": [{"repeat": 2, "steps": [{"do":"ring"}]}]}`: "repeat no others",
		`{"repeat": 20, "steps": [{"do": "ring", "after": 40000}]}`:         "it takes 13m20s",
	} {
		_, err := scenario.Parse([]byte(`{"title": "t", "about": "a", "steps": [` + steps + `]}`))
		assert.ErrorContains(t, err, want, steps)
	}
	for text, want := range map[string]string{`[]`: "not a JSON object", `{`: "not JSON", `{"title": 1}`: "title has the wrong type", `{"name": "x"}`: "no property name"} {
		_, err := scenario.Parse([]byte(text))
		assert.ErrorContains(t, err, want, text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"title": "t", "about": "a", "steps": [{"do": "ring", "with": [{"ani": "1"}], "as": "a", "then": {"a": "RINGING"}}]}`)
	f.Add(`{"title": "t", "about": "a", "steps": [{"repeat": 2, "steps": [{"do": "emit", "with": ["interaction", null]}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := scenario.Parse([]byte(text)); err == nil {
			assert.NotEmpty(t, s.Steps)
		}
	})
}

//go:build !js

package wwe

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

// A widget keeps the numbers that called, and not the answers that they came in.
func TestWhatAProgramKeepsDoesNotKeepTheAnswerAlive(t *testing.T) {
	const answerSize = 480_000
	long := strings.Repeat("x", answerSize/4)
	interaction := func(n int) string {
		text := strings.Replace(keptText, "+33", "+33"+strconv.Itoa(n), 1)
		return strings.Replace(text, "LONG", long, 1)
	}
	interactions := func(n int) []Interaction {
		r := jsontext.NewReader(`[` + interaction(n) + `,` + interaction(n) + `,` + interaction(n) + `]`)
		all := readInteractions(r)
		require.NoError(t, r.Err())
		return all
	}
	for name, kept := range map[string]func(i Interaction) any{
		"text":                       func(i Interaction) any { return i.ANI },
		"a number as text":           func(i Interaction) any { return i.ConnID },
		"user data":                  func(i Interaction) any { return i.UserData["k"] },
		"user data after a long one": func(i Interaction) any { return i.UserData["z"] },
		"a number that is too large": func(i Interaction) any { return i.UserData["large"] },
		"keys of user data": func(i Interaction) any {
			var keys []string
			for key := range i.UserData {
				keys = append(keys, key)
			}
			return keys
		},
		"nested user data":           func(i Interaction) any { return i.UserData["nested"] },
		"a party":                    func(i Interaction) any { return i.Parties[0] },
		"a contact":                  func(i Interaction) any { return i.Contact },
		"a property of another type": func(i Interaction) any { return i.Unknown["dnis"] },
		"the unknown":                func(i Interaction) any { return i.Unknown },
	} {
		t.Run(name, func(t *testing.T) {
			assertKeepsLittle(t, answerSize, func(n int) any { return kept(interactions(n)[1]) })
		})
		t.Run(name+" of an event", func(t *testing.T) {
			assertKeepsLittle(t, answerSize/4, func(n int) any {
				return kept(readEvent("interaction", `{"eventType":"RINGING","interaction":`+interaction(n)+`}`).(InteractionEvent).Interaction)
			})
		})
	}
	t.Run("a value of a JSON", func(t *testing.T) {
		assertKeepsLittle(t, answerSize/4, func(n int) any {
			value, err := JSON(interaction(n)).Value()
			require.NoError(t, err)
			return value.(map[string]any)["ani"]
		})
	})
	t.Run("a media and its state", func(t *testing.T) {
		assertKeepsLittle(t, answerSize/4, func(n int) any {
			m := readMedia(jsontext.NewReader(`{"media":"voice","state":{"type":"READY","displayName":[1]},"more":5,"long":"` + long + strconv.Itoa(n) + `"}`))
			require.NotEmpty(t, m.Unknown["long"])
			delete(m.Unknown, "long")
			return m
		})
	})
	t.Run("an agent", func(t *testing.T) {
		assertKeepsLittle(t, answerSize/4, func(n int) any {
			a := readAgent(jsontext.NewReader(`{"username":"a","roles":["ROLE_AGENT",{}],"long":"` + long + strconv.Itoa(n) + `"}`))
			delete(a.Unknown, "long")
			return a
		})
	})
}

const keptText = `{"interactionId":"1","ani":"+33","connId":12.50,"dnis":[1],"more":5,"userData":{"k":"v","long":"LONG","z":"last",` +
	`"large":1e999,"nested":{"a":["b"]}},"parties":[{"name":"Ann","phoneNumber":[2]}],"contact":{"firstname":"Ann","x":1},"caseId":"c"}`

// assertKeepsLittle: of many values, each kept from an answer of its own, none keeps a tenth of it.
func assertKeepsLittle(t *testing.T, answerSize int, keep func(n int) any) {
	t.Helper()
	const times = 20
	kept := make([]any, times)
	before := heap()
	for n := range kept {
		kept[n] = keep(n)
	}
	assert.Less(t, (heap()-before)/times, answerSize/10, "bytes for each")
	runtime.KeepAlive(kept)
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

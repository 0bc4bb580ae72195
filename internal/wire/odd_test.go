package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

// oddValues are one value of each kind that JSON has.
var oddValues = []string{
	`null`, `true`, `false`, `0`, `-7.5e3`, `1e999`, `"odd"`, `""`, `[1]`, `[]`, `{"a":1}`, `{}`,
	strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000),
	strings.Repeat(`{"a":`, 100_000) + `0` + strings.Repeat(`}`, 100_000),
}

// message is the text of a reply with one property replaced, or added.
func message(property, value string) string {
	all := []string{`"request":"agent.get"`, `"referenceId":"go-1"`, `"data":{"a":1}`, `"userAgent":"WWE Server"`, `"protocolVersion":2`}
	changed := `"` + property + `":` + value
	for n := range all {
		if strings.HasPrefix(all[n], `"`+property+`"`) {
			all[n] = changed
			changed = ""
		}
	}
	if changed != "" {
		all = append(all, changed)
	}
	return "{" + strings.Join(all, ",") + "}"
}

func TestOneOddPropertyOfAMessageDoesNotLoseTheAnswer(t *testing.T) {
	for _, property := range []string{"request", "protocolVersion", "subscriptionId", "frameId", "event", "errorMessage", "data", "sentAt", "__proto__"} {
		for _, odd := range oddValues {
			text := message(property, odd)
			m, ok := ParseMessage(text)
			require.True(t, ok, "%s: %.20s", property, odd)
			assert.Equal(t, "go-1", m.ReferenceID)
			assert.False(t, m.FromClient)
			assert.True(t, text == m.Reply.Body)
			assert.Equal(t, property == "errorMessage", m.Reply.Failed, "%s: %.20s", property, odd)
			want := `{"a":1}`
			if property == "data" {
				want = odd
			}
			assert.True(t, want == m.Reply.Data, "%s: %.20s", property, odd)
			assert.Equal(t, property == "event" && odd == `"odd"`, m.Event != "", "only a text names a topic, as for Genesys' client: %.20s", odd)

			reply, fromClient := ParseOutcome(nil, "go-1", false, text)
			assert.False(t, fromClient)
			assert.True(t, want == reply.Data && reply.Failed == m.Reply.Failed, "from Genesys' client too: %s: %.20s", property, odd)
		}
	}
}

// Who is not WWE by the text of its userAgent is nobody, and an id that is no
// text is none of ours.
func TestAnOddSenderOrIDIsNotTakenForOurs(t *testing.T) {
	for _, odd := range oddValues {
		_, ok := ParseMessage(message("userAgent", odd))
		assert.False(t, ok, "%.20s", odd)
		m, ok := ParseMessage(message("referenceId", odd))
		require.True(t, ok)
		assert.NotEqual(t, "go-1", m.ReferenceID, "%.20s", odd)
		assert.Equal(t, odd == `"odd"`, m.ReferenceID != "")
		reply, _ := ParseOutcome(nil, "go-1", false, message("referenceId", odd))
		assert.Equal(t, `{"a":1}`, reply.Data, "Genesys' client knows whose reply it is")
	}
}

func TestAnOddPropertyOfAnEventLeavesItsTopicAndData(t *testing.T) {
	for _, property := range []string{"request", "protocolVersion", "subscriptionId", "frameId", "sentAt"} {
		for _, odd := range oddValues {
			m, ok := ParseMessage(`{"event":"interaction","` + property + `":` + odd + `,"data":[7],"userAgent":"WWE Server"}`)
			require.True(t, ok, "%s: %.20s", property, odd)
			assert.Equal(t, "interaction", m.Event)
			assert.Equal(t, `[7]`, m.Reply.Data)
		}
	}
}

func TestWhatAReadLeavesOutComesWithTheReply(t *testing.T) {
	read := readAs(func(r *jsontext.Reader) {
		for a := r.Array(); a.Next(); {
			if r.Peek() != '{' {
				r.Omit(a.Index, r.Expected("an object"))
			}
		}
	})
	m, ok := ParseMessageBy(read, "", `{"referenceId":"go-1","data":[{},7],"userAgent":"WWE Server"}`)
	require.True(t, ok)
	assert.True(t, m.Reply.WasRead)
	assert.EqualError(t, m.Reply.Omitted, "[1]: expected an object, found a number; left out")

	m, ok = ParseMessageBy(read, "", `{"referenceId":"go-1","data":[{}],"userAgent":"WWE Server"}`)
	require.True(t, ok)
	assert.True(t, m.Reply.WasRead)
	assert.Nil(t, m.Reply.Omitted)
}

type readAs Read

func (r readAs) Reading(string) Read { return Read(r) }

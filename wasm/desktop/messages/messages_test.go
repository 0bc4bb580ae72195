package messages

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func read(all []wwetest.Message) (entries []Entry, r *Reader) {
	r = &Reader{}
	for _, m := range all {
		entries = append(entries, r.Read(m))
	}
	return entries, r
}

func TestAnswersArePairedWithRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		_, err = svc.Subscribe(t.Context(), wwe.TopicInteraction)
		require.NoError(t, err)
		call := host.Ring(wwetest.Call{ANI: "needle"})
		synctest.Wait()
		host.Fault(wwetest.Fault{Request: "interaction.accept", Kind: wwetest.FaultKindDelay, Delay: 300 * time.Millisecond})
		host.Fault(wwetest.Fault{Request: "agent.get", Refuse: "not <now>", Next: 1})
		require.NoError(t, svc.Interaction.Accept(t.Context(), call))
		_, err = svc.Agent.Get(t.Context())
		require.Error(t, err)

		entries, r := read(host.Messages())
		var rows []string
		for _, e := range entries {
			content := e.Content
			if e.Kind == Event {
				content, _, _ = strings.Cut(content, "{")
			}
			rows = append(rows, fmt.Sprint(e.Kind, " ", e.Pair, " ", e.Name, " ", content, " ", e.Took, " ", e.Refused))
		}
		assert.Equal(t, []string{
			`1 1 subscribe ["interaction"] 0s false`,
			`2 1 subscribe subscription 0 0s false`,
			`3 0 RINGING #1 RINGING  0s false`,
			`1 2 interaction.accept "1" 0s false`,
			`3 0 ESTABLISHED #1 TALKING  0s false`,
			`2 2 interaction.accept  300ms false`,
			`1 3 agent.get  0s false`,
			`2 3 agent.get "not <now>" 0s true`,
		}, without(rows, "CASE_"))
		assert.Empty(t, r.Unanswered())
	})
}

// without leaves the rows out that contain a text.
func without(rows []string, text string) (others []string) {
	for _, row := range rows {
		if !strings.Contains(row, text) {
			others = append(others, row)
		}
	}
	return others
}

func from(widget bool, text string) wwetest.Message {
	return wwetest.Message{Frame: 1, FromWidget: widget, Text: text}
}

func TestARequestWithoutAnAnswerIsKnown(t *testing.T) {
	_, r := read([]wwetest.Message{
		from(true, `{"request": "agent.get", "referenceId": "a"}`),
		from(true, `{"request": "agent.getState", "referenceId": "b"}`),
		{Frame: 2, Text: `{"request": "agent.get", "referenceId": "a"}`}, // an answer to another frame
		from(false, `{"referenceId": "b", "data": {}}`),
	})
	assert.Equal(t, map[int]bool{1: true}, r.Unanswered())
}

func TestAnyTextIsAMessage(t *testing.T) {
	for _, text := range []string{``, `7`, `null`, `[]`, `{`, `{}`, `"wwe.x"`, `{"request": 7}`, `{"event": {}, "data": 7}`,
		`{"event": "interaction", "data": {"eventType": 7, "interaction": [1]}}`, `{"referenceId": null, "data": null}`, strings.Repeat("[", 100_000)} {
		for _, fromWidget := range []bool{true, false} {
			e := (&Reader{}).Read(from(fromWidget, text))
			assert.NotEmpty(t, e.Name, text)
		}
	}
}

func TestTheReaderForgetsRequestsThatNobodyAnswers(t *testing.T) {
	r := &Reader{}
	for n := range 2*maxOpen + 5 {
		r.Read(from(true, fmt.Sprintf(`{"request": "agent.get", "referenceId": "%d"}`, n)))
	}
	assert.LessOrEqual(t, len(r.Unanswered()), maxOpen)
}

func TestTheSequenceHasALaneForEachSideAndAnArrowForEachMessage(t *testing.T) {
	at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	after := func(ms int) time.Time { return at.Add(time.Duration(ms) * time.Millisecond) }
	message := func(ms, frame int, widget bool, text string) wwetest.Message {
		return wwetest.Message{At: after(ms), Frame: frame, FromWidget: widget, Text: text}
	}
	entries, _ := read([]wwetest.Message{
		message(0, 1, true, `{"request": "agent.get", "referenceId": "a", "parameters": []}`),
		message(7, 1, false, `{"request": "agent.get", "referenceId": "a", "errorMessage": "no"}`),
		message(20, 3, false, `{"event": "interaction", "data": {"eventType": "RINGING", "interaction": {"interactionId": "1", "state": "RINGING"}}}`),
		message(30, 3, true, `{"request": "interaction.accept", "referenceId": "b", "parameters": ["1"]}`),
		message(42, 3, false, `{"request": "interaction.accept", "referenceId": "b"}`),
	})
	s := Draw(entries, []Step{{after(10), "ring " + strings.Repeat("ä", 100)}})
	assert.Equal(t, []string{"The world outside", "WWE", "Widget 1", "Widget 3"}, s.Lanes)
	var rows []string
	for _, a := range s.Arrows {
		rows = append(rows, fmt.Sprint(a.From, a.To, " ", a.Label, " ", a.Answer, a.Refused))
	}
	assert.Equal(t, []string{
		`2 1 agent.get() false false`,
		`1 2 refused: "no" true true`,
		`0 1 ring ` + strings.Repeat("ä", 28) + `… false false`,
		`1 3 RINGING #1 RINGING false false`,
		`3 1 interaction.accept("1") false false`,
		`1 3 after 12 ms: done true false`,
	}, rows)
	assert.Equal(t, "12.3 s", Took(12300*time.Millisecond))
}

package wwetest_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// subscriber is a raw frame that keeps what WWE posts to it.
type subscriber struct {
	t     *testing.T
	frame *wwetest.Frame
	sent  int

	mu  sync.Mutex
	got []string
}

func newSubscriber(t *testing.T, host *wwetest.Host, topics ...string) *subscriber {
	s := &subscriber{t: t}
	s.frame = host.Attach(wwetest.Origin, func(message string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.got = append(s.got, message)
	})
	if len(topics) > 0 {
		list, _ := json.Marshal(topics)
		s.frame.Receive(`{"event":"subscribe","data":` + string(list) + `,"referenceId":"s","userAgent":"WWE Client","protocolVersion":2}`)
		s.upTo(`"referenceId":"s"`)
	}
	return s
}

// upTo takes everything up to the message that contains the text.
func (s *subscriber) upTo(text string) []string {
	s.t.Helper()
	var taken []string
	require.Eventually(s.t, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		for n, message := range s.got {
			if strings.Contains(message, text) {
				taken = s.got[:n+1]
				s.got = s.got[n+1:]
				return true
			}
		}
		return false
	}, 5*time.Second, time.Millisecond, text)
	return taken
}

// story tells briefly what has come so far: the types of the events, with the
// state and the id of the interaction.
func (s *subscriber) story(host *wwetest.Host) []string {
	s.t.Helper()
	host.Emit("interaction", `"end"`)
	var story []string
	for _, text := range s.upTo(`"end"`) {
		var m struct {
			Event string
			Data  json.RawMessage
		}
		require.NoError(s.t, json.Unmarshal([]byte(text), &m))
		var data struct {
			EventType, SelectedCaseID string
			Interaction               struct{ InteractionID, State string }
			State                     struct{ OperationName string }
		}
		if m.Event == "" || json.Unmarshal(m.Data, &data) != nil {
			continue
		}
		parts := []string{m.Event, data.EventType, data.State.OperationName, data.Interaction.InteractionID, data.Interaction.State}
		story = append(story, strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
	}
	return story
}

func (s *subscriber) request(name string, parameters ...string) {
	s.sent++
	s.frame.Receive(`{"request":"` + name + `","parameters":[` + strings.Join(parameters, ",") + `],"referenceId":"r` +
		string(rune('0'+s.sent)) + `","userAgent":"WWE Client","protocolVersion":2}`)
}

func TestEventsFollowTheirEffects(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 20 * time.Millisecond }))
	s := newSubscriber(t, host, "interaction", "media", "markdone")
	first := host.Ring(wwetest.Call{ANI: "1"})
	assert.Equal(t, []string{"interaction RINGING 1 RINGING", "interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, s.story(host))
	s.request("interaction.accept", `"1"`)
	assert.Equal(t, []string{"interaction ESTABLISHED 1 TALKING"}, s.story(host))
	s.request("interaction.setUserData", `"1"`, `{"a":"b"}`)
	s.request("interaction.deleteUserData", `"1"`, `"a"`)
	assert.Equal(t, []string{"interaction ATTACHED_DATA_CHANGED 1 TALKING", "interaction ATTACHED_DATA_CHANGED 1 TALKING"}, s.story(host))
	second := host.Ring(wwetest.Call{ANI: "2"})
	s.request("interaction.accept", `"2"`)
	assert.Equal(t, []string{"interaction RINGING 2 RINGING", "interaction HELD 1 HELD", "interaction ESTABLISHED 2 TALKING",
		"interaction CASE_COLLAPSED", "interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, s.story(host))
	s.request("interaction.consult", `"2"`, `"7001"`)
	assert.Equal(t, []string{"interaction HELD 2 HELD", "interaction DIALING 3 DIALING", "interaction ESTABLISHED 3 TALKING"}, s.story(host))
	s.request("interaction.completeConference", `"3"`)
	assert.Equal(t, []string{"interaction RELEASED 3 IDLE", "interaction RETRIEVED 2 TALKING", "interaction PARTY_ADDED 2 TALKING"}, s.story(host))
	require.NoError(t, host.HangUp(second))
	assert.Equal(t, []string{"media AfterCallWork", "interaction RELEASED 2 IDLE"}, s.story(host), "the state of the media comes first")
	s.request("interaction.markdone", `"2"`)
	assert.Equal(t, []string{"markdone MARKDONE_APPLY 2 IDLE"}, s.story(host))
	s.upTo(`"MARK_DONE"`)
	require.Len(t, host.Interactions(), 1)
	require.NoError(t, host.SetAgentState("Ready"))
	s.request("interaction.singleStepTransfer", `"1"`, `"7001"`)
	assert.Equal(t, []string{"media Ready", "media AfterCallWork", "interaction RELEASED 1 IDLE"}, s.story(host))
	third := host.Ring(wwetest.Call{ANI: "3"})
	s.request("interaction.reject", `"`+third+`"`)
	assert.Equal(t, []string{"interaction RINGING 4 RINGING", "interaction RELEASED 4 IDLE"}, s.story(host))
	assert.Equal(t, first, host.Interactions()[0].InteractionID)
}

func TestEventsAreInWWEsShapes(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 20 * time.Millisecond }))
	s := newSubscriber(t, host, "interaction", "media", "markdone")
	id := host.Ring(wwetest.Call{ANI: "1"})
	i := strings.TrimSuffix(strings.TrimPrefix(string(host.InteractionsJSON()), "["), "]")
	caseID := host.Interactions()[0].CaseID
	assert.Equal(t, []string{
		`{"event":"interaction","data":{"eventType":"RINGING","interaction":` + i + `},"userAgent":"WWE Server","protocolVersion":2}`,
		`{"event":"interaction","data":{"eventType":"CASE_EXPANDED","selectedCaseId":"` + caseID + `"},"userAgent":"WWE Server","protocolVersion":2}`,
		`{"event":"interaction","data":{"eventType":"CASE_SELECTED","selectedCaseId":"` + caseID + `"},"userAgent":"WWE Server","protocolVersion":2}`,
	}, s.upTo("CASE_SELECTED"))
	s.request("interaction.accept", quoted(id))
	s.upTo("ESTABLISHED")
	require.NoError(t, host.HangUp(id))
	assert.Equal(t, `{"event":"media","data":{"state":{"type":"NOT_READY_AFTER_CALLWORK","displayName":"After Call Work",`+
		`"operationName":"AfterCallWork"},"media":"voice"},"userAgent":"WWE Server","protocolVersion":2}`, s.upTo(`"media"`)[0])
	s.upTo("RELEASED")
	require.NoError(t, host.MarkDone(id))
	apply := s.upTo("MARKDONE_APPLY")
	assert.Contains(t, apply[len(apply)-1], `{"event":"markdone","data":{"eventType":"MARKDONE_APPLY","timeout":20,"interaction":{"interactionId":"1"`)
}

func TestSubscriptions(t *testing.T) {
	subscribe := func(data, ref string) string {
		return `{"event":"subscribe","data":` + data + `,"referenceId":"` + ref + `","userAgent":"WWE Client","protocolVersion":2}`
	}
	t.Run("have ids from 0 in each frame, and no event in the answer", func(t *testing.T) {
		host := wwetest.NewHost()
		for range 2 {
			s := newSubscriber(t, host)
			s.frame.Receive(subscribe(`["interaction","media"]`, "a"))
			s.frame.Receive(subscribe(`"markdone"`, "b"))
			assert.Equal(t, []string{
				`{"referenceId":"a","subscriptionId":0,"userAgent":"WWE Server","protocolVersion":2}`,
				`{"referenceId":"b","subscriptionId":1,"userAgent":"WWE Server","protocolVersion":2}`,
			}, s.upTo(`"b"`))
		}
		assert.Equal(t, 2, host.Subscriptions("markdone"))
	})
	t.Run("of one frame that overlap give an event once", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "system")
		s.frame.Receive(subscribe(`"system"`, "b"))
		host.Emit("system", "1")
		host.Emit("system", "2")
		got := s.upTo(`"data":2`)
		assert.Len(t, got, 3, "the answer, 1 and 2")
	})
	t.Run("end at unsubscribe and at Detach", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "system")
		s.frame.Receive(`{"event":"unsubscribe","data":0,"referenceId":"u","userAgent":"WWE Client","protocolVersion":2}`)
		s.upTo(`"u"`)
		assert.Zero(t, host.Subscriptions("system"))
		other := newSubscriber(t, host, "system")
		other.frame.Detach()
		assert.Zero(t, host.Subscriptions("system"))
	})
	t.Run("are refused, ignored or lose their events on demand", func(t *testing.T) {
		host := wwetest.NewHost()
		host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "no"})
		s := newSubscriber(t, host)
		s.frame.Receive(subscribe(`"system"`, "a"))
		assert.Contains(t, s.upTo(`"a"`)[0], `"errorMessage":"no"`)
		host.ClearFaults()
		host.Fault(wwetest.Fault{Topic: "system"})
		s.frame.Receive(subscribe(`["system","agent"]`, "b"))
		host.Emit("system", "1")
		host.Emit("agent", "2")
		assert.Len(t, s.upTo(`"data":2`), 2, "the answer and the event of agent")
	})
	t.Run("of odd data are harmless", func(t *testing.T) {
		s := newSubscriber(t, wwetest.NewHost())
		for _, data := range []string{`null`, `7`, `{}`, `[1,null,["x"]]`, `[]`, `"constructor"`} {
			s.frame.Receive(subscribe(data, "x"))
			s.frame.Receive(`{"event":"unsubscribe","data":` + data + `,"userAgent":"WWE Client"}`)
		}
	})
}

func TestTheLogHasEveryMessageInBothDirections(t *testing.T) {
	var mu sync.Mutex
	var log []wwetest.Message
	host := wwetest.NewHost(wwetest.WithLog(func(m wwetest.Message) {
		mu.Lock()
		defer mu.Unlock()
		log = append(log, m)
	}))
	s := newSubscriber(t, host, "system")
	host.Emit("system", "1")
	s.upTo(`"data":1`)
	mu.Lock()
	defer mu.Unlock()
	require.Len(t, log, 3)
	assert.True(t, log[0].FromWidget)
	assert.Contains(t, log[0].Text, `"event":"subscribe"`)
	assert.False(t, log[1].FromWidget)
	assert.Contains(t, log[1].Text, `"subscriptionId":0`)
	assert.Contains(t, log[2].Text, `"event":"system"`)
}

func TestRestartForgetsSubscriptionsAndIDs(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "1"})
	s := newSubscriber(t, host, "interaction")
	restarted := 0
	s.frame.OnRestart(func() { restarted++ })
	host.Restart()
	assert.Equal(t, 1, restarted)
	assert.Zero(t, host.Subscriptions("interaction"))
	after := host.Interactions()
	require.Len(t, after, 1)
	assert.NotEqual(t, id, after[0].InteractionID)
	assert.Equal(t, wwe.StateRinging, after[0].State)
}

// event is the text of an event.
func event(topic, data string) string {
	return `{"event":"` + topic + `","data":` + data + `,"userAgent":"WWE Server","protocolVersion":2}`
}

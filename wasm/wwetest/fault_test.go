//go:build !js

package wwetest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// What comes for a request, to a topic and for a subscription, with and
// without each fault. All of them are tried on a Host with one call that rings.
func TestEachFault(t *testing.T) {
	const (
		state = "agent.setState"
		ready = `{"type":"DND_ON","displayName":"Do Not Disturb","operationName":"Dnd"}`
	)
	now := answered(state, "")
	told := event("agent", ready)
	odd := `[[{"interactionId":[7]}]]`
	ringing := func(host *wwetest.Host) string { // an event that is as good as any other
		return event("interaction", `{"eventType":"ATTACHED_DATA_CHANGED","interaction":`+strings.Trim(string(host.InteractionsJSON()), "[]")+`}`)
	}
	half := func(text string) string { return text[:len(text)/2] }

	for _, c := range []struct {
		fault   wwetest.Fault
		happens bool // what a request asked for
		answer  func(host *wwetest.Host, normal string) []string
		event   func(host *wwetest.Host, normal string) []string // nil: the fault is not for events
	}{
		{wwetest.Fault{Kind: wwetest.FaultKindIgnore}, false, no, no},
		{wwetest.Fault{}, false, no, no},
		{wwetest.Fault{Kind: wwetest.FaultKindSilence}, false, no, no},
		{
			wwetest.Fault{Refuse: "not today"}, false,
			func(_ *wwetest.Host, normal string) []string {
				return []string{with(normal, "subscriptionId", nil, "errorMessage", "not today")}
			}, nil,
		},
		{
			wwetest.Fault{Data: "[7]"}, false,
			func(_ *wwetest.Host, normal string) []string {
				return []string{with(normal, "subscriptionId", nil, "data", []any{7.0})}
			},
			func(_ *wwetest.Host, normal string) []string { return []string{event("agent", "[7]")} },
		},
		{wwetest.Fault{Kind: wwetest.FaultKindDrop}, true, no, no},
		{wwetest.Fault{Kind: wwetest.FaultKindDelay}, true, no, no}, // and see below
		{wwetest.Fault{Kind: wwetest.FaultKindTwice}, true, twice, twice},
		{wwetest.Fault{Kind: wwetest.FaultKindReorder}, true, no, no}, // and see below
		{
			wwetest.Fault{Kind: wwetest.FaultKindWrongType}, true,
			func(_ *wwetest.Host, normal string) []string {
				var data any
				_ = json.Unmarshal([]byte(odd), &data)
				return []string{with(normal, "data", data)}
			},
			func(_ *wwetest.Host, normal string) []string { return []string{event("agent", odd)} },
		},
		{
			wwetest.Fault{Kind: wwetest.FaultKindWrongID}, true,
			func(_ *wwetest.Host, normal string) []string {
				return []string{strings.Replace(strings.Replace(normal, `"r"`, `"r?"`, 1), `"s"`, `"s?"`, 1)}
			}, nil,
		},
		{
			wwetest.Fault{Kind: wwetest.FaultKindTruncated}, true,
			func(_ *wwetest.Host, normal string) []string { return []string{half(normal)} },
			func(_ *wwetest.Host, normal string) []string { return []string{half(normal)} },
		},
		{wwetest.Fault{Kind: wwetest.FaultKindHuge, Count: 10}, true, padded(10), padded(10)},
		{wwetest.Fault{Kind: wwetest.FaultKindHuge}, true, padded(5_000_000), padded(5_000_000)},
		{
			wwetest.Fault{Kind: wwetest.FaultKindBurst, Count: 3}, true,
			func(host *wwetest.Host, normal string) []string {
				return []string{ringing(host), ringing(host), ringing(host), normal}
			},
			func(_ *wwetest.Host, normal string) []string { return []string{normal, normal, normal, normal} },
		},
		{
			wwetest.Fault{Kind: wwetest.FaultKindEventFirst}, true,
			func(host *wwetest.Host, normal string) []string { return []string{ringing(host), normal} }, nil,
		},
		{wwetest.Fault{Kind: wwetest.FaultKindRestart}, false, no, no},
		{wwetest.Fault{Kind: wwetest.FaultKindForge}, true, once, once}, // in memory there is no other window, and see below
	} {
		name := string(c.fault.Kind) + c.fault.Refuse + string(c.fault.Data)
		begin := func(topics ...string) (*wwetest.Host, *inbox) {
			host := wwetest.NewHost(wwetest.WithClock(wwetest.NewClock()))
			host.Ring(wwetest.Call{})
			return host, newInbox(host, topics...)
		}
		bubble(t, name+" of a request", func(t *testing.T) {
			host, b := begin()
			fault := c.fault
			fault.Request = state
			host.Fault(fault)
			assertSame(t, c.answer(host, now), b.send(state, `"Dnd"`))
			assert.Equal(t, c.happens, host.AgentState().OperationName == "Dnd")
			host.ClearFaults()
			assert.Len(t, b.send("agent.get"), 1+len(late(c.fault)))
		})
		bubble(t, name+" of a subscription", func(t *testing.T) {
			host, b := begin()
			fault := c.fault
			fault.Request = "subscribe"
			host.Fault(fault)
			assertSame(t, c.answer(host, granted("0")), b.subscribe("system"))
			assert.Equal(t, c.happens, host.Subscriptions("system") == 1)
		})
		bubble(t, name+" of the end of a subscription", func(t *testing.T) {
			host, b := begin("system")
			fault := c.fault
			fault.Request = "unsubscribe"
			host.Fault(fault)
			b.unsubscribe("0")
			isRestart := c.fault.Kind == wwetest.FaultKindRestart // which ends all of them
			assert.Equal(t, c.happens || isRestart, host.Subscriptions("system") == 0)
		})
		if c.event == nil {
			continue
		}
		bubble(t, name+" of an event", func(t *testing.T) {
			host, b := begin("agent", "media")
			fault := c.fault
			fault.Topic = wwe.TopicAgent
			host.Fault(fault)
			got := b.send(state, `"Dnd"`)
			if c.fault.Kind == wwetest.FaultKindRestart {
				assert.Empty(t, got, "nothing that was on its way arrives")
				return
			}
			assert.Equal(t, now, got[0], "the answer comes as ever")
			var events []string
			for _, message := range got[1:] {
				if !strings.HasPrefix(message, `{"event":"media"`) {
					events = append(events, message)
				}
			}
			want := c.event(host, told)
			if c.fault.Kind == wwetest.FaultKindReorder { // the next media event lets it through
				want = []string{told}
			}
			assertSame(t, want, events)
			assert.Equal(t, "Dnd", host.AgentState().OperationName)
		})
	}
}

func no(*wwetest.Host, string) []string             { return nil }
func once(_ *wwetest.Host, normal string) []string  { return []string{normal} }
func twice(_ *wwetest.Host, normal string) []string { return []string{normal, normal} }

func padded(n int) func(*wwetest.Host, string) []string {
	return func(_ *wwetest.Host, normal string) []string {
		return []string{`{"padding":"` + strings.Repeat("x", n) + `",` + normal[1:]}
	}
}

// late is what comes with the next message.
func late(f wwetest.Fault) []string {
	if f.Kind == wwetest.FaultKindReorder {
		return []string{"it"}
	}
	return nil
}

// with returns the message with other properties; one that is nil is absent.
func with(text string, properties ...any) string {
	var m map[string]any
	_ = json.Unmarshal([]byte(text), &m)
	for n := 0; n < len(properties); n += 2 {
		m[properties[n].(string)] = properties[n+1]
		if properties[n+1] == nil {
			delete(m, properties[n].(string))
		}
	}
	changed, _ := json.Marshal(m)
	return string(changed)
}

// assertSame compares messages; the order of their properties does not count.
func assertSame(t *testing.T, want, got []string) {
	t.Helper()
	require.Len(t, got, len(want))
	for n := range want {
		if json.Valid([]byte(want[n])) && len(want[n]) < 10_000 {
			assert.JSONEq(t, want[n], got[n])
		} else {
			assert.True(t, want[n] == got[n])
		}
	}
}

func TestFaultsInTime(t *testing.T) {
	const get, state = "agent.get", "agent.getState"
	isReady := answered(state, isReady)
	bubble(t, "a delay ends with the clock, and a delay of 0 is a minute", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		b := newInbox(host)
		host.Fault(wwetest.Fault{Request: state, Kind: wwetest.FaultKindDelay, Delay: 5 * time.Second})
		assert.Empty(t, b.send(state))
		clock.Advance(5*time.Second - 1)
		assert.Empty(t, b.take())
		clock.Advance(1)
		assert.Equal(t, []string{isReady}, b.take())
		host.Fault(wwetest.Fault{Request: state, Kind: wwetest.FaultKindDelay})
		b.send(state)
		host.Fault(wwetest.Fault{Topic: "system", Kind: wwetest.FaultKindDelay})
		b.subscribe("system")
		host.Emit("system", "1")
		clock.Advance(time.Minute - 1)
		assert.Empty(t, b.take())
		clock.Advance(1)
		assert.Equal(t, []string{isReady, event("system", "1")}, b.take())
	})
	bubble(t, "what is late is forgotten when WWE is refreshed or the frame is gone", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		a, b := newInbox(host), newInbox(host)
		host.Fault(wwetest.Fault{Request: state, Kind: wwetest.FaultKindDelay})
		host.Fault(wwetest.Fault{Request: get, Kind: wwetest.FaultKindReorder})
		a.send(state)
		a.send(get)
		host.Restart()
		b.send(state)
		b.frame.Detach()
		clock.Advance(time.Hour)
		assert.Empty(t, b.take())
		host.ClearFaults()
		assert.Equal(t, []string{isReady}, a.send(state))
	})
	bubble(t, "what is overtaken comes after the next message, or never", func(t *testing.T) {
		host := wwetest.NewHost()
		a, b := newInbox(host), newInbox(host)
		host.Fault(wwetest.Fault{Request: get, Kind: wwetest.FaultKindReorder, Next: 2})
		assert.Empty(t, a.send(get))
		assert.Empty(t, a.send(get), "two of them")
		assert.Len(t, b.send(state), 1, "another frame's message is no message")
		got := a.send(state)
		require.Len(t, got, 3)
		assert.Equal(t, isReady, got[0])
		assert.Empty(t, a.take())
	})
	bubble(t, "a refresh in the midst of a call loses its answer, the subscriptions and the ids", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		id := host.Ring(wwetest.Call{})
		b.take()
		restarted := 0
		b.frame.OnRestart(func() { restarted++ })
		host.Fault(wwetest.Fault{Request: "interaction.accept", Kind: wwetest.FaultKindRestart})
		assert.Empty(t, b.send("interaction.accept", quoted(id)))
		assert.Equal(t, 1, restarted)
		assert.Zero(t, host.Subscriptions("interaction"))
		i := host.Interactions()[0]
		assert.NotEqual(t, id, i.InteractionID)
		assert.Equal(t, wwe.StateRinging, i.State)
		assert.Empty(t, host.Faults(), "it happens once")
		assert.Equal(t, []string{answered("interaction.accept", "")}, b.send("interaction.accept", quoted(i.InteractionID)))
		assert.Equal(t, []string{granted("0")}, b.subscribe("interaction"))
	})
	bubble(t, "a mark done that takes its time is faulty at its end", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		id := host.Ring(wwetest.Call{})
		require.NoError(t, host.Answer(id))
		require.NoError(t, host.HangUp(id))
		b := newInbox(host, "markdone")
		host.Fault(wwetest.Fault{Request: "interaction.markdone", Kind: wwetest.FaultKindTwice})
		b.send("interaction.markdone", quoted(id))
		host.ClearFaults()
		clock.Advance(time.Second)
		assert.Len(t, b.take(), 2)
	})
}

func TestAForgery(t *testing.T) {
	bubble(t, "goes through the page's own hands, before the true message", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "system")
		b.frame.OnForge(func(message string) { b.all = append(b.all, "forged "+message) })
		host.Fault(wwetest.Fault{Request: "agent.getState", Kind: wwetest.FaultKindForge})
		host.Fault(wwetest.Fault{Topic: "system", Kind: wwetest.FaultKindForge})
		assert.Equal(t, []string{"forged " + refused("agent.getState", "forged"), answered("agent.getState", isReady)}, b.send("agent.getState"))
		host.Emit("system", "1")
		assert.Equal(t, []string{"forged " + event("system", `{"eventType":"FORGED","selectedCaseId":"forged"}`), event("system", "1")}, b.take())
	})
}

func TestSilence(t *testing.T) {
	bubble(t, "of everything is of requests, subscriptions and events", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "agent", "interaction")
		host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
		assert.Empty(t, b.send("agent.setState", `"Dnd"`))
		assert.Empty(t, b.subscribe("system"))
		assert.Empty(t, b.unsubscribe("0"))
		host.Ring(wwetest.Call{})
		assert.Empty(t, b.take())
		assert.Equal(t, "Ready", host.AgentState().OperationName)
		assert.Equal(t, 1, host.Subscriptions("agent"))
		host.ClearFaults()
		host.Ring(wwetest.Call{})
		assert.Len(t, b.take(), 1)
	})
}

func TestWhichFaultCounts(t *testing.T) {
	const get = "agent.get"
	bubble(t, "for the next n of them only", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		host.Fault(wwetest.Fault{Request: get, Next: 2})
		assert.Equal(t, []wwetest.Fault{{Request: get, Next: 2, Kind: wwetest.FaultKindIgnore}}, host.Faults())
		assert.Empty(t, b.send(get))
		assert.Len(t, b.send("agent.getState"), 1, "which does not use it up")
		assert.Equal(t, 1, host.Faults()[0].Next)
		assert.Empty(t, b.send(get))
		assert.Empty(t, host.Faults())
		assert.Len(t, b.send(get), 1)
	})
	bubble(t, "is the last one, and when it is used up the one before", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		host.Fault(wwetest.Fault{Refuse: "first"})
		host.Fault(wwetest.Fault{Request: get, Refuse: "second", Next: 1})
		host.Fault(wwetest.Fault{Request: "agent.getState", Refuse: "another's"})
		assert.Equal(t, []string{refused(get, "second")}, b.send(get))
		assert.Equal(t, []string{refused(get, "first")}, b.send(get))
		assert.Len(t, host.Faults(), 2)
	})
	bubble(t, "by chance is the same with the same seed", func(t *testing.T) {
		run := func(seed uint64) (outcomes string) {
			host := wwetest.NewHost(wwetest.WithSeed(seed))
			b := newInbox(host)
			host.Fault(wwetest.Fault{Request: get, Probability: 0.3})
			for range 200 {
				outcomes += []string{"x", "."}[len(b.send(get))]
			}
			return outcomes
		}
		assert.Equal(t, run(5), run(5))
		assert.NotEqual(t, run(5), run(6))
		assert.InDelta(t, 60, strings.Count(run(5), "x"), 25)
	})
	bubble(t, "by chance uses up only what it strikes", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		host.Fault(wwetest.Fault{Request: get, Probability: 0.5, Next: 10})
		lost := 0
		for range 200 {
			lost += 1 - len(b.send(get))
		}
		assert.Equal(t, 10, lost)
	})
	bubble(t, "of a request is none of an event, nor the other way round", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "agent")
		host.Fault(wwetest.Fault{Topic: "agent"})
		assert.Len(t, b.send("agent"), 1, "a request of that name")
		host.ClearFaults()
		host.Fault(wwetest.Fault{})
		require.NoError(t, host.SetAgentState("Dnd"))
		assert.Len(t, b.take(), 1)
	})
}

func TestFaultsEnd(t *testing.T) {
	bubble(t, "with ClearFaults, and can answer what WWE does not know", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		host.Fault(wwetest.Fault{Request: "future.get", Data: `{"a":1}`})
		host.Fault(wwetest.Fault{Request: "agent.getState", Refuse: "no"})
		assert.Equal(t, []string{answered("future.get", `{"a":1}`)}, b.send("future.get"))
		host.ClearFaults()
		assert.Equal(t, []string{refused("future.get", "unknown request: future.get")}, b.send("future.get"))
		assert.Equal(t, []string{answered("agent.getState", isReady)}, b.send("agent.getState"))
	})
}

func TestAFaultIsValid(t *testing.T) {
	for _, kind := range wwetest.FaultKinds() {
		assert.NotEmpty(t, kind.Explain(), kind)
		require.NoError(t, wwetest.Fault{Kind: kind, Data: "1"}.Validate(), kind)
	}
	assert.Len(t, wwetest.FaultKinds(), 16)
	assert.Empty(t, wwetest.FaultKind("sloth").Explain())
	nan := 0.0
	for problem, f := range map[string]wwetest.Fault{
		`there is no fault "sloth"`:                        {Kind: "sloth"},
		"a fault concerns a request or a topic, not both":  {Request: "a", Topic: "b"},
		`the fault "refuse" is not for events`:             {Topic: "agent", Refuse: "no"},
		`the fault "wrongId" is not for events`:            {Topic: "agent", Kind: wwetest.FaultKindWrongID},
		`the fault "eventFirst" is not for events`:         {Topic: "agent", Kind: wwetest.FaultKindEventFirst},
		"a fault's next, count and delay are not negative": {Next: -1},
		"a fault's probability is between 0 and 1":         {Probability: 1.5},
		"a fault's count is at most 100 million":           {Kind: wwetest.FaultKindHuge, Count: 100_000_001},
		"a burst is of at most a million events":           {Kind: wwetest.FaultKindBurst, Count: 1_000_001},
		`the fault "data" needs data`:                      {Kind: wwetest.FaultKindData},
		"the data is not JSON: ":                           {Data: "{"},
	} {
		err := f.Validate()
		require.ErrorContains(t, err, problem)
		host := wwetest.NewHost()
		assert.PanicsWithValue(t, "wwetest: Fault: "+err.Error(), func() { host.Fault(f) })
		assert.Empty(t, host.Faults())
	}
	for _, f := range []wwetest.Fault{{Count: -1}, {Delay: -1}, {Probability: -0.1}, {Probability: nan / nan}} {
		require.Error(t, f.Validate())
	}
}

func TestABurst(t *testing.T) {
	bubble(t, "of any topic is of that topic's events", func(t *testing.T) {
		for topic, data := range map[string]string{
			"agent": isReady, "media": `{"state":` + isReady + `,"media":"voice"}`, "markdone": "{}", "messenger:a": "{}",
			"interaction": `{"eventType":"CASE_EXPANDED","selectedCaseId":"none"}`,
		} {
			host := wwetest.NewHost()
			b := newInbox(host, topic)
			host.Fault(wwetest.Fault{Topic: wwe.Topic(topic), Kind: wwetest.FaultKindBurst})
			host.Emit(wwe.Topic(topic), "7")
			got := b.take()
			require.Len(t, got, 1001)
			assert.Equal(t, event(topic, data), got[0])
			assert.Equal(t, event(topic, "7"), got[1000])
		}
	})
}

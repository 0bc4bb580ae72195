package wwe_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// next waits for the subscription's next event.
func next(t *testing.T, sub *wwe.Subscription) wwe.Event {
	t.Helper()
	select {
	case event, open := <-sub.Events():
		require.True(t, open, "the subscription has ended: %v", sub.Err())
		return event
	case <-time.After(time.Minute): // a burst of real messages takes its time
		require.Fail(t, "no event came")
		return nil
	}
}

// eventually waits for what the other side does in its own time.
func eventually(t *testing.T, holds func() bool, what string) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if holds() {
			return
		}
	}
	require.Fail(t, "never: "+what)
}

func subscribed(t *testing.T, svc *wwe.Service, topics ...wwe.Topic) *wwe.Subscription {
	t.Helper()
	sub, err := svc.Subscribe(t.Context(), topics...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sub.Close()) })
	return sub
}

// events promises, over the rig's transport, what subscriptions do.
func events(t *testing.T, r rig) {
	run := func(name string, f func(t *testing.T)) { t.Run(r.name+"/"+name, f) }

	run("events arrive typed, in WWE's order", func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 10 * time.Millisecond }))
		svc := r.connect(t, host)
		sub := subscribed(t, svc, wwe.TopicInteraction, wwe.TopicMedia, wwe.TopicMarkDone)
		id := host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"k": "v"}})
		ringing := next(t, sub).(wwe.InteractionEvent)
		assert.Equal(t, wwe.EventTypeRinging, ringing.Type)
		assert.Equal(t, host.Interactions()[0], ringing.Interaction)
		caseID := ringing.Interaction.CaseID
		assert.Equal(t, wwe.CaseEvent{Type: wwe.EventTypeCaseExpanded, CaseID: caseID}, next(t, sub))
		assert.Equal(t, wwe.CaseEvent{Type: wwe.EventTypeCaseSelected, CaseID: caseID}, next(t, sub))
		require.NoError(t, svc.Interaction.Accept(t.Context(), id))
		assert.Equal(t, wwe.EventTypeEstablished, next(t, sub).(wwe.InteractionEvent).Type)
		require.NoError(t, host.HangUp(id))
		assert.Equal(t, wwe.MediaEvent{Media: "voice", State: wwe.MediaState{
			Type: "NOT_READY_AFTER_CALLWORK", DisplayName: "After Call Work", OperationName: "AfterCallWork"}}, next(t, sub))
		assert.Equal(t, wwe.EventTypeReleased, next(t, sub).(wwe.InteractionEvent).Type)
		require.NoError(t, svc.Interaction.MarkDone(t.Context(), id))
		apply := next(t, sub).(wwe.MarkDoneEvent)
		assert.Equal(t, 10*time.Millisecond, apply.Timeout)
		assert.Equal(t, id, apply.Interaction.InteractionID)
		assert.Equal(t, wwe.EventTypeMarkDone, next(t, sub).(wwe.InteractionEvent).Type)
	})

	run("what cannot be typed arrives whole", func(t *testing.T) {
		host := wwetest.NewHost()
		sub := subscribed(t, r.connect(t, host), wwe.TopicInteraction, wwe.TopicMarkDone, wwe.TopicAgent, wwe.TopicMedia,
			wwe.TopicOutbound, wwe.TopicSystem, wwe.TopicMessenger("x"), "future", "constructor", "__proto__")
		for _, c := range []struct {
			topic wwe.Topic
			data  wwe.JSON
			want  wwe.Event
		}{
			{"interaction", ``, nil},
			{"interaction", `null`, nil},
			{"interaction", `"text"`, nil},
			{"interaction", `{"eventType":"RELEASED","interaction":{"state":"IDLE"}}`, nil},
			{"interaction", `{"eventType":"RELEASED","interaction":{"interactionId":{}}}`, nil},
			{"interaction", `{"eventType":"RELEASED","selectedCaseId":"c","interaction":{"interactionId":""}}`, nil},
			{"interaction", `{"eventType":"RELEASED","interaction":{"interactionId":7}}`,
				wwe.InteractionEvent{Type: wwe.EventTypeReleased, Interaction: wwe.Interaction{InteractionID: "7"}}},
			{"interaction", `{"eventType":"CASE_SELECTED","selectedCaseId":"c","interaction":"7"}`,
				wwe.CaseEvent{Type: wwe.EventTypeCaseSelected, CaseID: "c", Unknown: `{"interaction":"7"}`}},
			{"interaction", `{"eventType":"CASE_SELECTED"}`, nil},
			{"interaction", `{"eventType":"BEAMED_UP","interaction":{"interactionId":"1","state":"ORBIT"}}`,
				wwe.InteractionEvent{Type: "BEAMED_UP", Interaction: wwe.Interaction{InteractionID: "1", State: "ORBIT"}}},
			{"interaction", `{"eventType":"CASE_JUMPED","selectedCaseId":"c"}`, wwe.CaseEvent{Type: "CASE_JUMPED", CaseID: "c"}},
			{"markdone", `{"eventType":"MARKDONE_APPLY","timeout":-1e300,"interaction":{"interactionId":"1"}}`,
				wwe.MarkDoneEvent{Type: wwe.EventTypeMarkDoneApply, Interaction: wwe.Interaction{InteractionID: "1"}}},
			{"markdone", `{"eventType":"MARKDONE_APPLY","timeout":1000}`, nil},
			{"agent", `{"type":"READY","displayName":"Ready","operationName":"Ready"}`,
				wwe.AgentEvent{State: wwe.MediaState{Type: "READY", DisplayName: "Ready", OperationName: "Ready"}}},
			{"agent", `{"displayName":"Ready"}`, nil},
			{"media", `{"state":{"type":"READY"}}`, nil},
			{"outbound", `{"eventType":"CampaignStarted","campaign":"c","mode":"Preview","x":1}`, wwe.OutboundEvent{
				Type: wwe.EventTypeCampaignStarted, Campaign: "c", Mode: "Preview", Data: `{"eventType":"CampaignStarted","campaign":"c","mode":"Preview","x":1}`}},
			{"outbound", `[]`, nil},
			{"system", `{"a":1}`, nil},
			{"messenger:x", `{"hello":[1]}`, wwe.MessengerEvent{Channel: "x", Message: `{"hello":[1]}`}},
			{"messenger:x", `"plain"`, wwe.MessengerEvent{Channel: "x", Message: `"plain"`}},
			{"future", `[1,2]`, nil},
			{"constructor", `{}`, nil},
			{"__proto__", `{}`, nil},
		} {
			if c.want == nil {
				c.want = wwe.UnknownEvent{On: c.topic, Data: c.data}
			}
			host.Emit(c.topic, c.data)
			got := next(t, sub)
			assert.Equal(t, c.want, got, "%s %s", c.topic, c.data)
			assert.Equal(t, c.topic, got.Topic())
		}
	})

	run("any number of readers share one subscription at WWE", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		a, b := subscribed(t, svc, "system"), subscribed(t, svc, "system", "agent")
		assert.Equal(t, 1, host.Subscriptions("system"))
		host.Emit("system", "1")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, a))
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, b))
		require.NoError(t, a.Close())
		host.Emit("system", "2")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "2"}, next(t, b))
		_, open := <-a.Events()
		assert.False(t, open)
		require.NoError(t, b.Close())
		eventually(t, func() bool { return host.Subscriptions("system")+host.Subscriptions("agent") == 0 }, "the last reader unsubscribes")
		again := subscribed(t, svc, "system")
		host.Emit("system", "3")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "3"}, next(t, again), "subscribing again after Close")
	})

	run("each reader's events are its own", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		topics := []wwe.Topic{wwe.TopicInteraction, wwe.TopicMarkDone}
		a, b := subscribed(t, svc, topics...), subscribed(t, svc, topics...)
		host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"k": map[string]any{"n": "1"}}})
		next(t, a).(wwe.InteractionEvent).Interaction.UserData["k"].(map[string]any)["n"] = "changed"
		assert.Equal(t, wwe.UserData{"k": map[string]any{"n": "1"}}, next(t, b).(wwe.InteractionEvent).Interaction.UserData)
		for _, sub := range []*wwe.Subscription{a, b} { // the events of the case
			next(t, sub)
			next(t, sub)
		}
		host.Emit(wwe.TopicMarkDone, `{"eventType":"MARKDONE_APPLY","timeout":1,"interaction":{"interactionId":"1","userData":{"k":"v"}}}`)
		next(t, a).(wwe.MarkDoneEvent).Interaction.UserData["k"] = "changed"
		assert.Equal(t, wwe.UserData{"k": "v"}, next(t, b).(wwe.MarkDoneEvent).Interaction.UserData)
	})

	run("two Services subscribed to the same topic both get it", func(t *testing.T) {
		first, second := wwetest.NewHost(), wwetest.NewHost()
		one, two := r.connect(t, first), r.connect(t, second)
		a, b := subscribed(t, one, "system"), subscribed(t, two, "system")
		first.Emit("system", "1")
		second.Emit("system", "2")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, a))
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "2"}, next(t, b))
		require.NoError(t, one.Close())
		second.Emit("system", "3")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "3"}, next(t, b))
	})

	run("refusal, silence and a cancelled context are errors, and leave nothing", func(t *testing.T) {
		host := wwetest.NewHost()
		svc, impatient := r.connect(t, host), r.connect(t, host, wwe.WithTimeout(30*time.Millisecond))
		host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "not you"})
		_, err := svc.Subscribe(t.Context(), "system")
		var refused *wwe.RequestError
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, "not you", refused.Message)
		require.EqualError(t, err, "wwe: subscribe system: WWE refused: not you")

		host.ClearFaults()
		host.Fault(wwetest.Fault{Request: "subscribe"})
		_, err = impatient.Subscribe(t.Context(), "system")
		require.ErrorIs(t, err, wwe.ErrTimeout)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Regexp(t, `^wwe: subscribe: no answer from WWE within [\d.]+m?s`, err.Error())

		why := fmt.Errorf("the panel was closed")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(5*time.Millisecond, func() { cancel(why) })
		_, err = svc.Subscribe(ctx, "system")
		assert.Equal(t, why, err)
		_, err = svc.Subscribe(ctx, "system")
		assert.Equal(t, why, err, "before it is sent")

		host.ClearFaults()
		sub := subscribed(t, svc, "system")
		host.Emit("system", "1")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, sub), "the next one works")
	})

	run("a topic that WWE says is subscribed already is granted: its first answer may be lost", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		host.Fault(wwetest.Fault{Request: "subscribe", Kind: wwetest.FaultKindDrop, Next: 1})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		_, err := svc.Subscribe(ctx, "system")
		require.ErrorIs(t, err, wwe.ErrTimeout)
		eventually(t, func() bool { return host.Subscriptions("system") == 1 }, "WWE has granted it nevertheless")
		host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "Already subscribed"})
		sub := subscribed(t, svc, "system")
		host.Emit("system", "1")
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, sub))
	})

	run("topics that cannot be right are refused before they are sent", func(t *testing.T) {
		svc := r.connect(t, wwetest.NewHost())
		var argument *wwe.ArgumentError
		_, err := svc.Subscribe(t.Context())
		require.ErrorAs(t, err, &argument)
		_, err = svc.Subscribe(t.Context(), "system", "")
		require.ErrorAs(t, err, &argument)
	})

	run("a stopped reader costs no more than its buffer, and others nothing", func(t *testing.T) {
		const burst = 100_000
		host := wwetest.NewHost()
		svc := r.connect(t, host, wwe.WithBuffer(10))
		stopped, quick := subscribed(t, svc, "system"), subscribed(t, svc, "agent")
		for n := range burst {
			host.Emit("system", wwe.JSON(strconv.Itoa(n)))
			if n%1000 == 0 {
				runtime.Gosched() // or a browser would have to hold them all at once
			}
		}
		host.Emit("agent", `{"type":"READY"}`)
		assert.Equal(t, wwe.AgentEvent{State: wwe.MediaState{Type: "READY"}}, next(t, quick))
		assert.Equal(t, wwe.Overflow{Dropped: burst - 10}, next(t, stopped))
		for n := burst - 10; n < burst; n++ {
			assert.Equal(t, wwe.UnknownEvent{On: "system", Data: wwe.JSON(strconv.Itoa(n))}, next(t, stopped))
		}
	})

	run("Close from inside the loop, again, during delivery and from another goroutine", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		sub := subscribed(t, svc, "system")
		for n := range 100 {
			host.Emit("system", wwe.JSON(fmt.Sprint(n)))
		}
		go func() { _ = sub.Close() }()
		for range sub.Events() {
			require.NoError(t, sub.Close())
			require.NoError(t, sub.Close())
		}
		require.NoError(t, sub.Err())
	})

	run("whoever closes first decides: its own Close is no error, that of the Service is ErrClosed", func(t *testing.T) {
		svc := r.connect(t, wwetest.NewHost())
		closed, open := subscribed(t, svc, "system"), subscribed(t, svc, "system")
		require.NoError(t, open.Err())
		require.NoError(t, closed.Close())
		require.NoError(t, svc.Close())
		require.NoError(t, open.Close())
		require.NoError(t, closed.Err())
		require.ErrorIs(t, open.Err(), wwe.ErrClosed)
	})

	run("a reader that panics harms no other", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		bad, good := subscribed(t, svc, "system"), subscribed(t, svc, "system")
		panicked := make(chan any, 1)
		go func() {
			defer func() { panicked <- recover() }()
			for event := range bad.Events() {
				panic(event)
			}
		}()
		host.Emit("system", "1")
		host.Emit("system", "2")
		assert.NotNil(t, <-panicked)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, good))
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "2"}, next(t, good))
	})

	run("the end of the Service ends subscriptions and workspaces", func(t *testing.T) {
		svc := r.connect(t, wwetest.NewHost())
		sub := subscribed(t, svc, "system")
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		changed := w.Changed()
		require.NoError(t, svc.Close())
		for range sub.Events() {
			t.Error("an event after Close")
		}
		<-changed
		<-w.Changed()
		require.ErrorIs(t, sub.Err(), wwe.ErrClosed)
		require.ErrorIs(t, w.Err(), wwe.ErrClosed)
		_, err = svc.Subscribe(t.Context(), "system")
		require.ErrorIs(t, err, wwe.ErrClosed)
		_, err = svc.Watch(t.Context())
		require.ErrorIs(t, err, wwe.ErrClosed)
	})

	run("the end of a Service unsubscribes it at WWE, however many there are", func(t *testing.T) {
		host := wwetest.NewHost()
		unsubscribed := func() (count int) {
			for _, m := range host.Messages() {
				if m.FromWidget && strings.Contains(m.Text, `"unsubscribe"`) {
					count++
				}
			}
			return count
		}
		for n := range 10 {
			svc := r.connect(t, host)
			sub, err := svc.Subscribe(t.Context(), "system", "agent")
			require.NoError(t, err)
			w, err := svc.Watch(t.Context())
			require.NoError(t, err)
			require.NoError(t, svc.Close())
			require.NoError(t, sub.Close())
			require.NoError(t, w.Close())
			eventually(t, func() bool { return unsubscribed() == 3*(n+1) }, "each of its topics, once")
		}
		eventually(t, func() bool {
			return host.Subscriptions("system")+host.Subscriptions("agent")+host.Subscriptions("interaction") == 0
		}, "none is left")
	})

	run("Watch follows the agent's day", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		first := host.Ring(wwetest.Call{ANI: "1"})
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		same := func(what string) {
			t.Helper()
			eventually(t, func() bool {
				held, mirror := host.Interactions(), w.Interactions()
				return len(held)+len(mirror) == 0 || assert.ObjectsAreEqual(held, mirror)
			}, what)
		}
		same("the call that was there before")
		require.NoError(t, svc.Interaction.Accept(t.Context(), first))
		same("accepted")
		second := host.Ring(wwetest.Call{ANI: "2"})
		same("another call")
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), first, wwe.UserData{"k": "v"}))
		same("user data")
		require.NoError(t, svc.Interaction.Consult(t.Context(), first, agent, nil, nil))
		same("a consultation")
		consultation := host.Interactions()[2].InteractionID
		require.NoError(t, svc.Interaction.CompleteTransfer(t.Context(), consultation))
		same("transferred")
		require.NoError(t, svc.Interaction.Reject(t.Context(), second))
		same("rejected")
		require.NoError(t, svc.Interaction.MarkDone(t.Context(), first))
		same("marked done")
		assert.Empty(t, w.Interactions())
		third := host.Ring(wwetest.Call{ANI: "3"})
		same("a third call")
		i, found := w.Interaction(third)
		require.True(t, found)
		assert.Equal(t, "3", i.ANI)
		_, found = w.Interaction(first)
		assert.False(t, found)
		require.NoError(t, w.Close())
		require.NoError(t, w.Close())
		eventually(t, func() bool { return host.Subscriptions(wwe.TopicInteraction) == 0 }, "it unsubscribes")
	})

	run("Watch reports refusal and silence", func(t *testing.T) {
		host := wwetest.NewHost()
		svc, impatient := r.connect(t, host), r.connect(t, host, wwe.WithTimeout(30*time.Millisecond))
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Refuse: "no"})
		var refused *wwe.RequestError
		_, err := svc.Watch(t.Context())
		require.ErrorAs(t, err, &refused)
		eventually(t, func() bool { return host.Subscriptions(wwe.TopicInteraction) == 0 }, "it unsubscribes")
		host.Fault(wwetest.Fault{})
		_, err = impatient.Watch(t.Context())
		require.ErrorIs(t, err, wwe.ErrTimeout)
	})

	run("mark done is blocked in time, or it is said that it was not", func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 400 * time.Millisecond }))
		svc := r.connect(t, host)
		idle := func(form string) string {
			id := host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"form": form}})
			require.NoError(t, svc.Interaction.Accept(t.Context(), id))
			require.NoError(t, host.HangUp(id))
			return id
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		slow := make(chan struct{})
		guard, err := svc.GuardMarkDone(ctx, func(ctx context.Context, i wwe.Interaction) (string, bool) {
			switch i.UserData["form"] {
			case "filled":
				return "", false
			case "slow":
				<-ctx.Done()
				<-slow
			}
			return "Fill in the form", true
		})
		require.NoError(t, err)
		id := idle("empty")
		var refused *wwe.RequestError
		require.ErrorAs(t, svc.Interaction.MarkDone(t.Context(), id), &refused)
		assert.Equal(t, "Fill in the form", refused.Message)
		require.NoError(t, svc.Interaction.UnblockMarkDone(t.Context(), id))

		require.NoError(t, svc.Interaction.MarkDone(t.Context(), idle("filled")), "the guard lets it pass")
		require.NoError(t, svc.Interaction.MarkDone(t.Context(), idle("slow")), "WWE does not wait for ever")
		close(slow)
		select {
		case err := <-guard.Errors():
			require.ErrorIs(t, err, wwe.ErrTooLate)
		case <-time.After(5 * time.Second):
			require.Fail(t, "nobody said that it was too late")
		}
		cancel()
		for range guard.Errors() {
			t.Error("nothing else failed")
		}
	})

	run("a block of mark done is taken back by Recheck, and by Close", func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 400 * time.Millisecond }))
		svc := r.connect(t, host)
		var filled atomic.Bool
		guard, err := svc.GuardMarkDone(t.Context(), func(context.Context, wwe.Interaction) (string, bool) { return "Fill in the form", !filled.Load() })
		require.NoError(t, err)
		var calls []string
		for range 2 {
			id := host.Ring(wwetest.Call{ANI: "1"})
			require.NoError(t, svc.Interaction.Accept(t.Context(), id))
			require.NoError(t, host.HangUp(id))
			require.EqualError(t, host.MarkDone(id), "Fill in the form")
			calls = append(calls, id)
		}
		require.NoError(t, guard.Recheck(t.Context(), calls[0]))
		require.EqualError(t, host.MarkDone(calls[0]), "Fill in the form", "as the form is still empty")
		filled.Store(true)
		require.NoError(t, guard.Recheck(t.Context(), calls[0]))
		require.NoError(t, host.MarkDone(calls[0]))

		require.NoError(t, guard.Close())
		eventually(t, func() bool { return host.MarkDone(calls[1]) == nil }, "nobody blocks it any more")
		for err := range guard.Errors() {
			t.Error(err)
		}
	})
}

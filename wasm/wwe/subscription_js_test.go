package wwe_test

import (
	"context"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func subscribeAsync(svc *wwe.Service, topics ...wwe.Topic) <-chan wwe.Result[*wwe.Subscription] {
	return wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(context.Background(), topics...) })
}

func ref(request map[string]any) string { return request["referenceId"].(string) }

func TestSubscribeSendsTheMessagesOfTheProtocol(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		want   any // the data of unsubscribe; nil is no unsubscribe
	}{
		"an id of 0":      {`"subscriptionId":0,`, 0.0},
		"another id":      {`"subscriptionId":12,`, 12.0},
		"an id of string": {`"subscriptionId":"abc",`, "abc"},
		"no id":           {``, nil},
	} {
		t.Run(name, func(t *testing.T) {
			silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
				result := subscribeAsync(svc, wwe.TopicAgent)
				request := <-requests
				id := ref(request)
				delete(request, "referenceId")
				assert.Equal(t, map[string]any{"event": "subscribe", "data": []any{"agent"}, "userAgent": "WWE Client", "protocolVersion": 2.0}, request)
				f.post(`{"referenceId":"` + id + `",` + c.answer + `"userAgent":"WWE Server","protocolVersion":2}`)
				got := <-result
				require.NoError(t, got.Err)
				require.NoError(t, got.Value.Close())
				svc.Go(t.Context(), "the.next")
				request = <-requests
				if c.want != nil {
					assert.Equal(t, "unsubscribe", request["event"])
					assert.Equal(t, c.want, request["data"])
					assert.NotEmpty(t, request["referenceId"])
					request = <-requests
				}
				assert.Equal(t, "the.next", request["request"])
			})
		})
	}
}

// silentRigs are the transports to a WWE that answers nothing by itself.
func silentRigs(t *testing.T, f func(t *testing.T, svc *wwe.Service, frame *wweFrame, requests <-chan map[string]any)) {
	t.Run("postMessage", func(t *testing.T) {
		frame, requests := silentFrame(t)
		f(t, connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(frame.id)), frame, requests)
	})
	for name, old := range map[string]bool{"client object": false, "old client object": true} {
		t.Run(name, func(t *testing.T) {
			frame, requests := silentFrame(t)
			loadClient(t, old).Call("targetWWEWindow", frame.window())
			f(t, connect(t), frame, requests)
		})
	}
}

func TestSubscribeEventsThatComeBeforeTheAnswer(t *testing.T) {
	silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
		forger := newFrame(t, func(string) {})
		result := subscribeAsync(svc, "system")
		id := ref(<-requests)
		for range 5 { // of any number, before it is known which window is WWE
			js.Global().Set("flood", forger.window())
			js.Global().Call("eval", `for (let n = 0; n < 1000; n++) flood.post('{"event":"system","data":"forged","userAgent":"WWE Server"}')`)
		}
		f.post(`{"event":"system","data":1,"userAgent":"WWE Server"}`)
		f.post(`{"referenceId":"` + id + `","subscriptionId":0,"userAgent":"WWE Server"}`)
		f.post(`{"event":"system","data":2,"userAgent":"WWE Server"}`)
		got := <-result
		require.NoError(t, got.Err)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, got.Value))
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "2"}, next(t, got.Value))
	})
}

func TestSubscribeGetsNoEventsOfAnEarlierAttempt(t *testing.T) {
	silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		_, err := svc.Subscribe(ctx, "system")
		require.ErrorIs(t, err, wwe.ErrTimeout)
		<-requests
		f.post(`{"event":"system","data":"old","userAgent":"WWE Server"}`)
		f.post(`{"event":"other","data":"passes","userAgent":"WWE Server"}`)
		arrived := make(chan struct{}, 10)
		heard := js.FuncOf(func(js.Value, []js.Value) any { arrived <- struct{}{}; return nil })
		defer heard.Release()
		js.Global().Call("addEventListener", "message", heard)
		defer js.Global().Call("removeEventListener", "message", heard)
		f.post(`{"userAgent":"WWE Server"}`)
		<-arrived // so the ones before have arrived as well

		result := subscribeAsync(svc, "system")
		id := ref(<-requests)
		f.post(`{"referenceId":"` + id + `","subscriptionId":1,"userAgent":"WWE Server"}`)
		f.post(`{"event":"system","data":"new","userAgent":"WWE Server"}`)
		got := <-result
		require.NoError(t, got.Err)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: `"new"`}, next(t, got.Value))
	})
}

func TestSubscribeClosedBeforeTheAnswerIsTakenBack(t *testing.T) {
	silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
		ctx, cancel := context.WithCancel(t.Context())
		result := wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(ctx, "system") })
		id := ref(<-requests)
		cancel()
		require.ErrorIs(t, (<-result).Err, context.Canceled)
		f.post(`{"referenceId":"` + id + `","subscriptionId":3,"userAgent":"WWE Server"}`)
		request := <-requests
		assert.Equal(t, "unsubscribe", request["event"])
		assert.Equal(t, 3.0, request["data"])
	})
}

// What must not reach a subscription.
func TestSubscriptionIgnoresWhatIsNotWWEsEvent(t *testing.T) {
	forged := `{event: "system", data: "forged", userAgent: "WWE Server", protocolVersion: 2}`
	impostor := newFrame(t, func(string) {})
	for _, r := range []jsRig{postMessageRig(), clientObjectRig("client object", false), clientObjectRig("old client object", true)} {
		t.Run(r.name, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := r.connect(t, host)
			sub := subscribed(t, svc, "system")
			frame := r.frame()
			impostor.postRaw(forged)
			js.Global().Call("postMessage", js.Global().Call("eval", "("+forged+")"), "*")
			for _, odd := range []string{
				`"wweCustomToast0"`, `null`, `1n`, `["event"]`, `{userAgent: "WWE Server"}`, `{event: 7, userAgent: "WWE Server"}`,
				`{event: "", userAgent: "WWE Server"}`, `{event: "system", data: "echo", userAgent: "WWE Client"}`,
				`{event: "system", data: 1n, userAgent: "WWE Server"}`, `{event: "other", data: 1, userAgent: "WWE Server"}`,
				`{frameId: 7, userAgent: "WWE Server"}`,
			} {
				frame.postRaw(odd)
			}
			frame.postRaw(`{event: "system", userAgent: "WWE Server"}`)
			assert.Equal(t, wwe.UnknownEvent{On: "system"}, next(t, sub), "an event without data")
			host.Emit("system", `"real"`)
			assert.Equal(t, wwe.UnknownEvent{On: "system", Data: `"real"`}, next(t, sub))
		})
	}
}

// An event that carries the id of a request is an event; the request goes on waiting.
func TestAnEventShapedReplyIsAnEventOnly(t *testing.T) {
	silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
		subscribing := subscribeAsync(svc, "system")
		f.post(`{"referenceId":"` + ref(<-requests) + `","subscriptionId":0,"userAgent":"WWE Server"}`)
		sub := (<-subscribing).Value
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		result := svc.Go(ctx, "interaction.accept", "1")
		f.post(`{"event":"system","referenceId":"` + ref(<-requests) + `","data":1,"userAgent":"WWE Server"}`)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, sub))
		require.ErrorIs(t, (<-result).Err, wwe.ErrTimeout)
	})
}

func TestThePagesOwnHandlersKeepWorkingBesideOurs(t *testing.T) {
	for _, oursFirst := range []bool{true, false} {
		host := wwetest.NewHost()
		svc := clientObjectRig("client object", false).connect(t, host)
		js.Global().Call("eval", `heard = []; handler = m => heard.push(m.data)`)
		theirs := func() {
			before := host.Subscriptions("system")
			js.Global().Call("eval", `genesys.wwe.service.subscribe(["system"], handler); 0`)
			eventually(t, func() bool { return host.Subscriptions("system") == before+1 }, "the page is subscribed")
			eventually(t, func() bool { // its handler counts once the answer is there
				host.Emit("system", `"ready?"`)
				return js.Global().Get("heard").Length() > 0
			}, "the page hears")
		}
		var sub *wwe.Subscription
		if oursFirst {
			sub = subscribed(t, svc, "system")
			theirs()
		} else {
			theirs()
			sub = subscribed(t, svc, "system")
		}
		host.Emit("system", `"both"`)
		for next(t, sub) != (wwe.UnknownEvent{On: "system", Data: `"both"`}) {
		}
		eventually(t, func() bool { return js.Global().Call("eval", `heard.includes("both")`).Bool() }, "the page heard it too")
		require.NoError(t, sub.Close())
		host.Emit("system", `"after ours has gone"`)
		eventually(t, func() bool { return js.Global().Call("eval", `heard.includes("after ours has gone")`).Bool() }, "the page still hears")
		require.NoError(t, svc.Close())
	}
}

func TestAClientThatOnlyHasSubscribe(t *testing.T) {
	withService(t, `{subscribe(topics, handler) { this.topics = topics; this.handler = handler; return this }}`)
	svc := connect(t)
	sub := subscribed(t, svc, "system")
	service := js.Global().Get("genesys").Get("wwe").Get("service")
	assert.Equal(t, "system", service.Get("topics").Index(0).String())
	send := func(source string) { service.Call("handler", js.Global().Call("eval", "("+source+")")) }
	send(`{event: "system", data: {a: 1}, userAgent: "WWE Server"}`)
	send(`undefined`)
	send(`{get event() { throw 1 }}`)
	send(`{event: "other", data: 1, userAgent: "WWE Server"}`)
	send(`{event: "system", data: 2, userAgent: "WWE Server"}`)
	assert.Equal(t, wwe.UnknownEvent{On: "system", Data: `{"a":1}`}, next(t, sub))
	assert.Equal(t, wwe.UnknownEvent{On: "system", Data: `2`}, next(t, sub))

	withService(t, `{}`)
	_, err := connect(t).Subscribe(t.Context(), "system")
	require.ErrorIs(t, err, wwe.ErrNoClient)
}

func TestWWEThatLoadsAnewInItsFrameIsSubscribedAgain(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "1"})
	svc := postMessageRig().connect(t, host)
	sub := subscribed(t, svc, "system")
	w, err := svc.Watch(t.Context())
	require.NoError(t, err)
	host.Restart()
	host.Ring(wwetest.Call{ANI: "2"})
	frame := document.Call("querySelector", "iframe:last-of-type")
	frame.Set("srcdoc", frame.Get("srcdoc")) // the page in the frame loads again
	assert.Equal(t, wwe.Overflow{}, next(t, sub), "what was missed nobody knows")
	eventually(t, func() bool { return host.Subscriptions("system") == 1 }, "subscribed again")
	host.Emit("system", "1")
	event := next(t, sub)
	for event == (wwe.Overflow{}) { // told again once the subscription is granted
		event = next(t, sub)
	}
	assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, event)
	eventually(t, func() bool { return assert.ObjectsAreEqual(host.Interactions(), w.Interactions()) }, "the mirror is current")
}

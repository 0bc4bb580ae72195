package wwe_test

import (
	"context"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// inOnePage runs f over each transport with a page that stays, as its frame at
// WWE does, for any number of Services.
func inOnePage(t *testing.T, f func(t *testing.T, host *wwetest.Host, frame *wweFrame, connect func() *wwe.Service)) {
	run := func(name string, prepare func(t *testing.T, frame *wweFrame) []wwe.Option) {
		t.Run(name, func(t *testing.T) {
			host := wwetest.NewHost()
			frame := hostInFrame(t, host)
			opts := prepare(t, frame)
			f(t, host, frame, func() *wwe.Service { return connect(t, opts...) })
		})
	}
	run("postMessage", func(_ *testing.T, frame *wweFrame) []wwe.Option {
		return []wwe.Option{wwe.WithOrigin(origin()), wwe.WithFrame(frame.id)}
	})
	for name, old := range map[string]bool{"client object": false, "old client object": true} {
		run(name, func(t *testing.T, frame *wweFrame) []wwe.Option {
			loadClient(t, old).Call("targetWWEWindow", frame.window())
			return nil
		})
	}
}

func TestClosedServicesOfAPageLeaveNoSubscription(t *testing.T) {
	inOnePage(t, func(t *testing.T, host *wwetest.Host, _ *wweFrame, connect func() *wwe.Service) {
		other := connect() // which stays
		stays := subscribed(t, other, wwe.TopicMedia)
		for n := range 60 {
			svc := connect()
			switch n % 3 {
			case 0:
				_, err := svc.Watch(t.Context())
				require.NoError(t, err)
				subscribed(t, svc, wwe.TopicAgent, wwe.TopicMedia)
			case 1: // closed before WWE grants anything
				go func() {
					for range svc.Follow(t.Context()) {
					}
				}()
				subscribeAsync(svc, wwe.TopicAgent)
				if n%2 == 0 {
					time.Sleep(time.Millisecond)
				}
			case 2:
				for _, err := range svc.Follow(t.Context()) {
					require.NoError(t, err)
					break
				}
			}
			require.NoError(t, svc.Close())
		}
		eventually(t, func() bool { return held(host) == 1 }, "WWE holds none but that of the Service that stays")
		require.NoError(t, host.SetAgentState("NotReady"))
		next(t, stays)
		require.NoError(t, other.Close())
		eventually(t, func() bool { return held(host) == 0 }, "none is left")
	})
}

// Only WWE's answers matter any more, and they may not come for a minute.
func TestAServiceThatLeavesKeepsNoMessages(t *testing.T) {
	instance := goInstance()
	inOnePage(t, func(t *testing.T, host *wwetest.Host, frame *wweFrame, connect func() *wwe.Service) {
		host.Fault(wwetest.Fault{Request: "subscribe", Kind: wwetest.FaultKindReorder, Next: 1}) // so that the answer waits for an event
		svc := connect()
		pending := subscribeAsync(svc, wwe.TopicAgent)
		eventually(t, func() bool { return held(host) == 1 }, "WWE has granted it")
		require.NoError(t, svc.Close())
		require.ErrorIs(t, (<-pending).Err, wwe.ErrClosed)

		before := settled(instance)
		const messages = 200
		heard := make(chan struct{}, messages)
		onMessage := js.FuncOf(func(js.Value, []js.Value) any { heard <- struct{}{}; return nil })
		js.Global().Call("addEventListener", "message", onMessage)
		for range messages {
			frame.post(wire.Message{Event: "agent", Reply: wire.Reply{Data: `{"type":"READY"}`}}.Text())
		}
		for range messages {
			<-heard
		}
		js.Global().Call("removeEventListener", "message", onMessage)
		onMessage.Release()
		after := settled(instance)
		assert.LessOrEqual(t, after.values, before.values+3, "JavaScript values that Go holds")
		assert.LessOrEqual(t, after.goroutines, before.goroutines)

		require.NoError(t, host.SetAgentState("NotReady"))
		eventually(t, func() bool { return held(host) == 0 }, "what it is told late is taken back")
	})
}

func TestCloseReturnsWhereWWECannotBeTold(t *testing.T) {
	for name, c := range map[string]func(host *wwetest.Host, frame *wweFrame){
		"as it does not answer": func(host *wwetest.Host, _ *wweFrame) { host.Fault(wwetest.Fault{}) },
		"as its iframe is gone": func(_ *wwetest.Host, frame *wweFrame) { frame.element.Call("remove") },
		"as the client throws": func(*wwetest.Host, *wweFrame) {
			js.Global().Call("eval", `if (globalThis.genesys) genesys.wwe.service.sendMessage = () => { throw null }`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			inOnePage(t, func(t *testing.T, host *wwetest.Host, frame *wweFrame, connect func() *wwe.Service) {
				svc := connect()
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				c(host, frame)
				pending := subscribeAsync(svc, wwe.TopicAgent)
				call := svc.Go(context.Background(), "agent.get")
				time.Sleep(time.Millisecond) // so that it is on its way

				// A page that goes away tells its event handlers, which must not block.
				began := time.Now()
				going := js.FuncOf(func(js.Value, []js.Value) any { return js.ValueOf(svc.Close() == nil) })
				defer going.Release()
				js.Global().Call("addEventListener", "pagehide", going)
				defer js.Global().Call("removeEventListener", "pagehide", going)
				js.Global().Call("dispatchEvent", js.Global().Get("Event").New("pagehide"))
				assert.Less(t, time.Since(began), time.Second)

				require.ErrorIs(t, w.Err(), wwe.ErrClosed)
				if r := <-pending; r.Err == nil { // WWE has granted it just before
					require.ErrorIs(t, r.Value.Err(), wwe.ErrClosed)
				}
				<-call
			})
		})
	}
}

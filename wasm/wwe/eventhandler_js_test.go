package wwe_test

import (
	"context"
	"runtime"
	"sync"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// inHandler runs f in a JavaScript event handler and returns what f returned
// and how long the handler took.
func inHandler(f func() error) (took time.Duration, err error) {
	type outcome struct {
		err  error
		took time.Duration
	}
	done := make(chan outcome, 1)
	handler := js.FuncOf(func(js.Value, []js.Value) any {
		began := time.Now()
		err := f()
		done <- outcome{err, time.Since(began)}
		return nil
	})
	defer handler.Release()
	js.Global().Call("setTimeout", handler)
	o := <-done
	return o.took, o.err
}

// busy keeps Go busy, letting its goroutines run but not the page.
func busy(d time.Duration) {
	for began := time.Now(); time.Since(began) < d; {
		runtime.Gosched()
	}
}

func TestACallThatBlocksAnEventHandlerEndsSoonAndSaysSo(t *testing.T) {
	for name, call := range map[string]func(svc *wwe.Service) error{
		"a question": func(svc *wwe.Service) error { return failed(svc.Agent.Get(context.Background())) },
		"a command": func(svc *wwe.Service) error {
			return svc.Interaction.SetUserData(context.Background(), "1", wwe.UserData{"a": "b"})
		},
		"Subscribe":      func(svc *wwe.Service) error { return failed(svc.Subscribe(context.Background(), wwe.TopicAgent)) },
		"Watch":          func(svc *wwe.Service) error { return failed(svc.Watch(context.Background())) },
		"a result of Go": func(svc *wwe.Service) error { return (<-svc.Go(context.Background(), "agent.get")).Err },
		"a result of Async": func(svc *wwe.Service) error {
			return (<-wwe.Async(func() (wwe.Agent, error) { return svc.Agent.Get(context.Background()) })).Err
		},
		"a deadline of its own": func(svc *wwe.Service) error {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
			defer cancel()
			return failed(svc.Agent.Get(ctx))
		},
	} {
		t.Run(name, func(t *testing.T) {
			svc := postMessageRig().connect(t, wwetest.NewHost())
			took, err := inHandler(func() error { return call(svc) })
			require.ErrorContains(t, err, "called in a JavaScript event handler: use a goroutine, Service.Go or Async")
			assert.Equal(t, wwe.CategoryAuthor, category(t, err))
			assert.Less(t, took, 3*time.Second, "the page is free again")
			require.NoError(t, failed(svc.Agent.Get(t.Context())), "the next call works")
		})
	}
}

func TestACallThatBlocksAnEventHandlerIsFoundAmongManyGoroutines(t *testing.T) {
	ended := make(chan bool)
	for range 1000 {
		go func() { <-ended }()
	}
	defer close(ended)
	svc := postMessageRig().connect(t, wwetest.NewHost())
	took, err := inHandler(func() error { return failed(svc.Agent.Get(context.Background())) })
	require.ErrorContains(t, err, "called in a JavaScript event handler")
	assert.Less(t, took, 3*time.Second, "the page is free again")
}

func TestCallsBesideAnEventHandlerAreNotTakenForBlocked(t *testing.T) {
	const long = 700 * time.Millisecond
	for name, handler := range map[string]func(svc *wwe.Service) <-chan error{
		"a goroutine": func(svc *wwe.Service) <-chan error {
			done := make(chan error, 1)
			go func() { done <- failed(svc.Agent.Get(context.Background())) }()
			return done
		},
		"Service.Go": func(svc *wwe.Service) <-chan error {
			done, result := make(chan error, 1), svc.Go(context.Background(), "agent.get")
			go func() { done <- (<-result).Err }()
			return done
		},
		"Async": func(svc *wwe.Service) <-chan error {
			done := make(chan error, 1)
			result := wwe.Async(func() (wwe.Agent, error) { return svc.Agent.Get(context.Background()) })
			go func() { done <- (<-result).Err }()
			return done
		},
	} {
		for what, work := range map[string]func(){
			"that returns":     func() {},
			"that is busy":     func() { busy(long) },
			"that sleeps":      func() { time.Sleep(long) },
			"in a long script": func() { block(long) },
			"whose script calls other handlers": func() {
				inner := js.FuncOf(func(js.Value, []js.Value) any { return nil })
				defer inner.Release()
				for began := time.Now(); time.Since(began) < long; {
					inner.Invoke()
				}
			},
			"that waits for a busy goroutine": func() {
				done := make(chan bool)
				go func() { busy(long); close(done) }()
				<-done
			},
		} {
			t.Run(name+", in a handler "+what, func(t *testing.T) {
				svc := postMessageRig().connect(t, wwetest.NewHost())
				var done <-chan error
				_, _ = inHandler(func() error {
					done = handler(svc)
					work()
					return nil
				})
				require.NoError(t, <-done)
			})
		}
	}
}

func TestAnEventHandlerThatWaitsEndsNoCallsFromBefore(t *testing.T) {
	const long = 700 * time.Millisecond
	for name, wait := range map[string]func(){
		"for a channel": func() { <-time.After(long) },
		"in a select": func() {
			select {
			case <-time.After(long):
			case <-make(chan bool):
			}
		},
		"for a context": func() {
			ctx, cancel := context.WithTimeout(context.Background(), long)
			defer cancel()
			<-ctx.Done()
		},
		"for a mutex": func() {
			var mu sync.Mutex
			mu.Lock()
			time.AfterFunc(long, mu.Unlock)
			mu.Lock()
		},
		"for a WaitGroup": func() {
			var group sync.WaitGroup
			group.Go(func() { time.Sleep(long) })
			group.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := postMessageRig().connect(t, host)
			host.Fault(wwetest.Fault{Request: "agent.get", Kind: wwetest.FaultKindDelay, Delay: 2 * long})
			var results []<-chan wwe.Result[wwe.JSON]
			for range 4 {
				results = append(results, svc.Go(context.Background(), "agent.get"))
			}
			_, err := inHandler(func() error {
				wait()
				return failed(svc.Agent.Get(context.Background()))
			})
			require.ErrorContains(t, err, "called in a JavaScript event handler", "its own call ends")
			for _, result := range results {
				require.NoError(t, (<-result).Err)
			}
		})
	}
}

func TestAnEventHandlerThatWaitsForACallFromBeforeEnds(t *testing.T) {
	frame, requests := silentFrame(t)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(frame.id), wwe.WithTimeout(100*time.Millisecond))
	result := svc.Go(context.Background(), "agent.get")
	<-requests
	took, err := inHandler(func() error { return (<-result).Err })
	require.ErrorIs(t, err, wwe.ErrTimeout)
	require.ErrorContains(t, err, "a JavaScript event handler blocks the page")
	assert.Equal(t, wwe.CategoryAuthor, category(t, err))
	assert.Less(t, took, 4*time.Second, "the page is free again")
}

// block keeps the page's thread from doing anything else.
func block(d time.Duration) {
	js.Global().Call("eval", `ms => { for (const end = performance.now() + ms; performance.now() < end;); }`).Invoke(d.Milliseconds())
}

func TestAnAnswerThatIsQueuedWhileThePageStandsStillCounts(t *testing.T) {
	for name, call := range map[string]func(ctx context.Context, svc *wwe.Service) error{
		"WithTimeout": func(_ context.Context, svc *wwe.Service) error {
			return failed(svc.Call(context.Background(), "agent.get"))
		},
		"a context's deadline": func(ctx context.Context, svc *wwe.Service) error {
			ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
			defer cancel()
			return failed(svc.Call(ctx, "agent.get"))
		},
		"Subscribe": func(_ context.Context, svc *wwe.Service) error {
			return failed(svc.Subscribe(context.Background(), "system"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			frame, requests := silentFrame(t)
			svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(frame.id), wwe.WithTimeout(100*time.Millisecond))
			result := wwe.Async(func() (any, error) { return nil, call(t.Context(), svc) })
			id := ref(<-requests)
			frame.post(`{"referenceId":"` + id + `","data":{},"subscriptionId":1,"userAgent":"WWE Server"}`)
			block(400 * time.Millisecond)
			require.NoError(t, (<-result).Err)
		})
	}
}

func TestClosingWhileWWEHasYetToGrantASubscriptionLeavesNoneAtWWE(t *testing.T) {
	silentRigs(t, func(t *testing.T, svc *wwe.Service, f *wweFrame, requests <-chan map[string]any) {
		result := subscribeAsync(svc, "system")
		id := ref(<-requests)
		require.NoError(t, svc.Close())
		require.ErrorIs(t, (<-result).Err, wwe.ErrClosed)
		f.post(`{"referenceId":"` + id + `","subscriptionId":3,"userAgent":"WWE Server"}`)
		request := <-requests
		assert.Equal(t, "unsubscribe", request["event"])
		assert.Equal(t, 3.0, request["data"])
	})
}

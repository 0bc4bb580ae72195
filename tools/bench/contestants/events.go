//go:build js

package main

import (
	"context"
	"sync"
	"syscall/js"
	"time"

	"wwebridge/wasm/wwe"
)

// events(way, subscribers, n, burst) makes WWE send n events at once. It returns the
// time until every subscriber has received all of them.
func events(args []js.Value) any {
	svc := connect(args[0].String())
	defer svc.Close()
	n, burst := args[2].Int(), args[3]
	var all sync.WaitGroup
	for range args[1].Int() {
		sub := subscribe(svc)
		all.Go(func() {
			for range n {
				next(sub)
			}
		})
	}
	burst.Invoke(n)
	began := time.Now()
	all.Wait()
	return milliseconds(time.Since(began))
}

// latency(way, n, emit) makes WWE send n events, each after the previous one has
// arrived. It returns the latency of each, measured from before it is sent.
func latency(args []js.Value) any {
	svc := connect(args[0].String())
	defer svc.Close()
	n, emit := args[1].Int(), args[2]
	sub := subscribe(svc)
	times := make([]any, n)
	for i := range times {
		began := time.Now()
		emit.Invoke()
		next(sub)
		times[i] = milliseconds(time.Since(began))
	}
	return times
}

func subscribe(svc *wwe.Service) *wwe.Subscription {
	return must(svc.Subscribe(context.Background(), wwe.TopicInteraction))
}

// next receives the next event, which must be one of those that WWE sent.
func next(sub *wwe.Subscription) {
	if _, ok := (<-sub.Events()).(wwe.InteractionEvent); !ok {
		panic("an event was lost")
	}
}

//go:build js

package main

import (
	"context"
	"sync"
	"syscall/js"
	"time"

	"wwebridge/wasm/wwe"
)

// events(way, subscribers, n, burst) has WWE send n events at once, and gives
// the time from then until each subscriber has got each.
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

// latency(way, n, emit) has WWE send n events, each when the one before is
// there, and gives the time of each from before it is sent.
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

// next takes the next event, which must be one of those that WWE sends.
func next(sub *wwe.Subscription) {
	if _, ok := (<-sub.Events()).(wwe.InteractionEvent); !ok {
		panic("an event was lost")
	}
}

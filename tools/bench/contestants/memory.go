//go:build js

package main

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"syscall/js"
	"time"

	"wwebridge/wasm/wwe"
)

// memory(work, n, burst) does the work n times and gives the bytes that Go
// holds after it; with the work "nothing", those that it holds by then.
func memory(args []js.Value) any {
	n := args[1].Int()
	switch args[0].String() {
	case "calls":
		concurrency([]js.Value{js.ValueOf("own protocol"), js.ValueOf(100), args[1]})
	case "events":
		for done := 0; done < n; done += 10_000 { // a subscriber is never behind, but JavaScript's queue is
			events([]js.Value{js.ValueOf("own protocol"), js.ValueOf(1), js.ValueOf(10_000), args[2]})
		}
	case "unanswered":
		unanswered(n)
	}
	return held()
}

// unanswered makes n calls that WWE keeps silent on, some at a time.
func unanswered(n int) {
	const wave = 250
	svc := connect("own protocol", wwe.WithTimeout(10*time.Millisecond))
	defer svc.Close()
	for done := 0; done < n; done += wave {
		var all sync.WaitGroup
		for range wave {
			all.Go(func() {
				if _, err := svc.Call(context.Background(), "bench.silence"); !errors.Is(err, wwe.ErrTimeout) {
					panic(err)
				}
			})
		}
		all.Wait()
	}
}

// held is what Go holds once everything is collected that can be.
func held() float64 {
	for range 3 { // the finalizers of js.Value run after a collection, on a goroutine of their own
		runtime.GC()
		tick := make(chan struct{})
		time.AfterFunc(10*time.Millisecond, func() { close(tick) })
		<-tick
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

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

// memory(work, n, burst) does the work n times and returns the number of bytes in use
// by Go afterwards. The work "nothing" only returns the number.
func memory(args []js.Value) any {
	n := args[1].Int()
	switch args[0].String() {
	case "calls":
		concurrency([]js.Value{js.ValueOf("own protocol"), js.ValueOf(100), args[1]})
	case "events":
		// In batches, because the page's message queue lags behind even though
		// subscribers do not.
		for done := 0; done < n; done += 10_000 {
			events([]js.Value{js.ValueOf("own protocol"), js.ValueOf(1), js.ValueOf(10_000), args[2]})
		}
	case "unanswered":
		unanswered(n)
	}
	return held()
}

// unanswered makes n calls that WWE does not answer, some of them at a time.
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

// held returns the number of bytes in use by Go after a garbage collection.
func held() float64 {
	for range 3 { // finalizers of js.Value run after a collection, on their own goroutine
		runtime.GC()
		tick := make(chan struct{})
		time.AfterFunc(10*time.Millisecond, func() { close(tick) })
		<-tick
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

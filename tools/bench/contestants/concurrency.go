//go:build js

package main

import (
	"sync"
	"syscall/js"
	"time"
)

// concurrency(way, inFlight, n) makes n calls, inFlight at a time, and returns the
// total time.
func concurrency(args []js.Value) any {
	svc := connect(args[0].String())
	defer svc.Close()
	inFlight, n := args[1].Int(), args[2].Int()
	markDone(svc)
	began := time.Now()
	for done := 0; done < n; done += inFlight {
		var wave sync.WaitGroup
		for range inFlight {
			wave.Go(func() { markDone(svc) })
		}
		wave.Wait()
	}
	return milliseconds(time.Since(began))
}

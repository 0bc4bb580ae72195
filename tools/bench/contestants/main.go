//go:build js

// Command bench is the Go half of `make bench`. The benchmark's page calls its
// functions to run the library and other contestants written in Go. The page decides
// when and how often, so that all contestants take turns.
package main

import (
	"syscall/js"
	"time"
)

func main() {
	js.Global().Call("goBenchStarted", map[string]any{
		"decode":      promising(decode),
		"roundTrip":   promising(roundTrip),
		"events":      promising(events),
		"latency":     promising(latency),
		"concurrency": promising(concurrency),
		"memory":      promising(memory),
	})
	select {}
}

// promising returns a JavaScript function that runs f on a goroutine, where f may
// block. The function returns a promise of f's result.
func promising(f func(args []js.Value) any) js.Func {
	promise := js.Global().Get("Promise")
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		var executor js.Func
		executor = js.FuncOf(func(_ js.Value, settle []js.Value) any {
			go func() {
				defer executor.Release()
				settle[0].Invoke(f(args))
			}()
			return nil
		})
		return promise.New(executor)
	})
}

// milliseconds converts d to the page's unit of time.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

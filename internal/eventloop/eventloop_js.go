// Package eventloop knows the browser's event loop: when it has delivered the
// messages that wait in it, when long work must let it turn, and whether a
// blocked event handler stops it. Other platforms have none.
package eventloop

import (
	"syscall/js"
	"time"
)

// Turn calls do, on the goroutine of an event handler, once the event loop has
// delivered what waits in it. It takes two turns: during the first, a WWE on
// this thread can still answer a request that was stuck in the queue. A timer
// of Go's would not do: it fires while a handler blocks the event loop, too.
func Turn(do func()) {
	left := 2
	var f js.Func
	f = js.FuncOf(func(js.Value, []js.Value) any {
		if left--; left > 0 {
			soon(f)
			return nil
		}
		f.Release()
		do()
		return nil
	})
	soon(f)
}

func soon(f js.Func) { js.Global().Call("setTimeout", f) }

// Pause calls do, on the goroutine of an event handler, once all event handlers
// that run have returned, before the next one runs. It costs no turn.
func Pause(do func()) {
	if atPause = append(atPause, do); len(atPause) == 1 {
		js.Global().Call("queueMicrotask", pause)
	}
}

var atPause []func()

// pause is one for all and for good, as each call needs it. It is made here, as
// a function that is made in a bubble of synctest stops the bubble's clock until
// it is released.
var pause = js.FuncOf(func(js.Value, []js.Value) any {
	all := atPause
	atPause = nil
	for _, do := range all {
		do()
	}
	return nil
})

// atATime is how long Go works before the event loop gets a turn. The browser
// shows what was drawn and hears the agent's clicks only then.
const atATime = 10 * time.Millisecond

var yielded time.Time // when Yield returned last

// IsDue reports whether long work should Yield before it goes on. All goroutines
// share the time, because all that can run do so in the same turn.
func IsDue() bool { return time.Since(yielded) >= atATime }

// Yield gives the event loop a turn, by a MessageChannel. A timer of Go's would
// not do: while other goroutines work, it ends before Go returns to the event
// loop. One of the browser's takes 4 ms at least, and in a hidden frame 1 s.
func Yield() {
	turned := make(chan struct{}, 2)
	f := js.FuncOf(func(js.Value, []js.Value) any {
		turned <- struct{}{}
		return nil
	})
	defer func() {
		f.Release()
		yielded = time.Now()
		_ = recover() // should the page have changed how channels work
	}()
	channel := js.Global().Get("MessageChannel").New()
	port := channel.Get("port1")
	port.Set("onmessage", f)
	channel.Get("port2").Call("postMessage", 0)
	limit := time.AfterFunc(time.Second, func() { turned <- struct{}{} }) // for the same reason, or an event handler waits for this
	<-turned
	limit.Stop()
	port.Call("close")
}

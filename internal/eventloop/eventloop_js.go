// Package eventloop deals with the browser's event loop. It waits until queued messages
// have been delivered, lets the event loop turn during long work, and detects an event
// handler that blocks it. On other platforms its functions do next to nothing.
package eventloop

import (
	"syscall/js"
	"time"
)

// Turn calls do on the goroutine of an event handler, once the event loop has delivered
// the messages in its queue. It takes two turns: during the first one, a WWE on the
// same thread can still answer a request from the queue. A Go timer would not work
// here, because it fires even while a handler blocks the event loop.
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

// Pause calls do on the goroutine of an event handler, after all running event handlers
// have returned and before the next one starts. It does not take a turn of the event
// loop.
func Pause(do func()) {
	if atPause = append(atPause, do); len(atPause) == 1 {
		js.Global().Call("queueMicrotask", pause)
	}
}

var atPause []func()

// pause is a single function for all calls of Pause and is never released. It is
// created at package level because a js.Func created inside a synctest bubble stops the
// bubble's clock until it is released.
var pause = js.FuncOf(func(js.Value, []js.Value) any {
	all := atPause
	atPause = nil
	for _, do := range all {
		do()
	}
	return nil
})

// atATime is how long Go may work before it lets the event loop turn. Until then the
// browser neither paints nor handles clicks.
const atATime = 10 * time.Millisecond

var yielded time.Time // time of the last return from Yield

// IsDue reports whether long work should call Yield before it continues. All goroutines
// share one clock, because all runnable goroutines run within the same turn.
func IsDue() bool { return time.Since(yielded) >= atATime }

// Yield lets the event loop turn once, by posting to a MessageChannel. A Go timer would
// not work here: while other goroutines are running, it fires before control returns to
// the event loop. A browser timer takes at least 4 ms, or 1 s in a hidden frame.
func Yield() {
	turned := make(chan struct{}, 2)
	f := js.FuncOf(func(js.Value, []js.Value) any {
		turned <- struct{}{}
		return nil
	})
	defer func() {
		f.Release()
		yielded = time.Now()
		_ = recover() // in case the page has replaced MessageChannel
	}()
	channel := js.Global().Get("MessageChannel").New()
	port := channel.Get("port1")
	port.Set("onmessage", f)
	channel.Get("port2").Call("postMessage", 0)
	// The page may have replaced MessageChannel, or an event handler may wait for
	// Yield.
	limit := time.AfterFunc(time.Second, func() { turned <- struct{}{} })
	<-turned
	limit.Stop()
	port.Call("close")
}

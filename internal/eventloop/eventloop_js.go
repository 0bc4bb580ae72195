// Package eventloop knows the browser's event loop: when it has delivered the
// messages that wait in it, and whether a blocked event handler stops it.
// Other platforms have none.
package eventloop

import (
	"sync"
	"syscall/js"
	"time"
)

// Turn calls do once the event loop has delivered what waits in it, on the
// goroutine of an event handler. It takes two turns: during the first, a WWE
// on this thread can still answer a request that was stuck in the queue.
func Turn(do func()) { turns.add(turn{2, do}) }

type turn struct {
	left int
	do   func()
}

// turns has one channel for the whole program. Its messages are not throttled
// in a hidden tab, as timers are.
var turns queue

type queue struct {
	mu      sync.Mutex
	port    js.Value
	waiting []turn
}

func (q *queue) add(t turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting = append(q.waiting, t); len(q.waiting) == 1 {
		q.post()
	}
}

// post has turned called by the event loop. Without a MessageChannel that
// works a timer has to do.
func (q *queue) post() {
	defer func() {
		if recover() != nil {
			time.AfterFunc(time.Millisecond, func() { q.turned(js.Undefined(), nil) })
		}
	}()
	if q.port.IsUndefined() {
		channel := js.Global().Get("MessageChannel").New()
		channel.Get("port1").Set("onmessage", js.FuncOf(q.turned))
		q.port = channel.Get("port2")
	}
	q.port.Call("postMessage", js.Null())
}

func (q *queue) turned(js.Value, []js.Value) any {
	q.mu.Lock()
	now := q.waiting
	q.waiting = nil
	for _, t := range now {
		if t.left--; t.left > 0 {
			q.waiting = append(q.waiting, t)
		}
	}
	if len(q.waiting) > 0 {
		q.post()
	}
	q.mu.Unlock()
	for _, t := range now {
		if t.left == 1 {
			t.do()
		}
	}
	return nil
}

// Package eventloop knows the browser's event loop: when it has delivered the
// messages that wait in it, and whether a blocked event handler stops it.
// Other platforms have none.
package eventloop

import "syscall/js"

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

//go:build js

package main

import "syscall/js"

// repaint brings the page up to date before the browser draws it next, once
// for any number of changes, and has time go on in between.
type repaint struct {
	draw         func()
	frame, clock js.Func
	wanted       bool
	stopped      bool
	ids          [2]js.Value // of the frame and the timer, while wanted
	interval     js.Value
}

// atLatest is how long a change waits where the browser draws nothing: it gives
// no frames to a page that is hidden, nor to an iframe out of sight, but a call
// that rings must be announced there too.
const atLatest = 200

func newRepaint(draw func()) *repaint {
	r := &repaint{draw: draw}
	r.frame = js.FuncOf(func(js.Value, []js.Value) any {
		r.now()
		return nil
	})
	return r
}

// everySecond has tick called for as long as the panel is there.
func (r *repaint) everySecond(tick func()) {
	r.clock = js.FuncOf(func(js.Value, []js.Value) any {
		tick()
		return nil
	})
	r.interval = js.Global().Call("setInterval", r.clock, 1000)
}

func (r *repaint) soon() {
	if r.wanted || r.stopped {
		return
	}
	r.wanted = true
	r.ids[0] = js.Global().Call("requestAnimationFrame", r.frame)
	r.ids[1] = js.Global().Call("setTimeout", r.frame, atLatest)
}

// cancel takes back what soon has asked for.
func (r *repaint) cancel() {
	if r.wanted {
		r.wanted = false
		js.Global().Call("cancelAnimationFrame", r.ids[0])
		js.Global().Call("clearTimeout", r.ids[1])
	}
}

func (r *repaint) now() {
	r.cancel()
	if !r.stopped {
		r.draw()
	}
}

func (r *repaint) stop() {
	if r.stopped {
		return
	}
	r.cancel()
	r.stopped = true
	r.frame.Release()
	js.Global().Call("clearInterval", r.interval)
	r.clock.Release()
}

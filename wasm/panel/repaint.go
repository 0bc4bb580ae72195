//go:build js

package main

import "syscall/js"

// repaint brings the page up to date before the browser draws it next, once
// for any number of changes, and has time go on in between.
type repaint struct {
	draw     func()
	frame    js.Func
	wanted   bool
	byTimer  bool // the browser draws nothing, as nobody sees the page
	request  js.Value
	interval js.Value
	clock    js.Func
	stopped  bool
}

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
	if r.byTimer = js.Global().Get("document").Get("hidden").Bool(); r.byTimer {
		r.request = js.Global().Call("setTimeout", r.frame, 50)
		return
	}
	r.request = js.Global().Call("requestAnimationFrame", r.frame)
}

func (r *repaint) now() {
	r.wanted = false
	if !r.stopped {
		r.draw()
	}
}

func (r *repaint) stop() {
	if r.stopped {
		return
	}
	r.stopped = true
	if r.wanted {
		cancel := "cancelAnimationFrame"
		if r.byTimer {
			cancel = "clearTimeout"
		}
		js.Global().Call(cancel, r.request)
	}
	r.frame.Release()
	js.Global().Call("clearInterval", r.interval)
	r.clock.Release()
}

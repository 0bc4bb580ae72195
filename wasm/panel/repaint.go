//go:build js

package main

import (
	"syscall/js"
	"time"
)

// repaint updates the page before the browser draws its next frame, once for any number of changes. It
// also lets times tick. While the agent presses something it keeps the page unchanged. Otherwise the
// press could be lost or hit another button.
type repaint struct {
	draw         func()
	frame, clock js.Func
	wanted       bool
	stopped      bool
	results      []func()    // changes to the page besides draw
	press        *time.Timer // runs while the page must stay unchanged, nil otherwise
	ids          [2]js.Value // of the frame and the timer, while wanted
	interval     js.Value
}

// atLatest is how long in milliseconds a change waits if the browser draws no frames. It draws none for a
// hidden page or an iframe out of view, but the panel must announce a ringing call there too.
const atLatest = 200

func newRepaint(draw func()) *repaint {
	r := &repaint{draw: draw}
	r.frame = js.FuncOf(func(js.Value, []js.Value) any {
		r.now()
		return nil
	})
	return r
}

// everySecond calls tick every second until the panel is unmounted.
func (r *repaint) everySecond(tick func()) {
	r.clock = js.FuncOf(func(js.Value, []js.Value) any {
		if r.press == nil {
			tick()
		}
		return nil
	})
	r.interval = js.Global().Call("setInterval", r.clock, 1000)
}

func (r *repaint) soon() {
	if r.wanted || r.stopped {
		return
	}
	r.wanted = true
	if r.press != nil {
		return
	}
	r.ids[0] = js.Global().Call("requestAnimationFrame", r.frame)
	r.ids[1] = js.Global().Call("setTimeout", r.frame, atLatest)
}

// cancel cancels the repaint that soon has scheduled.
func (r *repaint) cancel() {
	if r.wanted {
		r.wanted = false
		js.Global().Call("cancelAnimationFrame", r.ids[0])
		js.Global().Call("clearTimeout", r.ids[1])
	}
}

func (r *repaint) now() {
	r.cancel()
	switch {
	case r.stopped:
	case r.press != nil:
		r.wanted = true
	default:
		results := r.results
		r.results = nil
		for _, do := range results {
			do()
		}
		r.draw()
	}
}

// result calls do, which changes the page, before the next drawing.
func (r *repaint) result(do func()) {
	r.results = append(r.results, do)
	r.soon()
}

// The longest time a press counts, because its end may be lost. And how long after the end of a press the
// click comes, which is not immediate for a finger.
const (
	longestPress = 5 * time.Second
	untilClick   = 50 * time.Millisecond
)

// keep keeps the page unchanged for a time. It replaces any earlier time limit.
func (r *repaint) keep(limit time.Duration) {
	if r.press != nil {
		r.press.Stop()
	}
	var press *time.Timer
	press = time.AfterFunc(limit, func() {
		if r.press == press {
			r.free()
		}
	})
	r.press = press
}

// free allows changes of the page again.
func (r *repaint) free() {
	if r.press == nil {
		return
	}
	r.press.Stop()
	r.press = nil
	if r.wanted {
		r.wanted = false
		r.soon()
	}
}

// released ends a press, except that the page stays unchanged until its click.
func (r *repaint) released() {
	if r.press != nil {
		r.keep(untilClick)
	}
}

func (r *repaint) stop() {
	if r.stopped {
		return
	}
	r.cancel()
	r.stopped = true
	if r.press != nil {
		r.press.Stop()
	}
	r.frame.Release()
	js.Global().Call("clearInterval", r.interval)
	r.clock.Release()
}

//go:build js

package main

import (
	"syscall/js"
	"time"
)

// repaint brings the page up to date before the browser draws it next, once
// for any number of changes, and has time go on in between. While the agent
// presses something the page stays as it is, or else the press would be lost or
// meet another button.
type repaint struct {
	draw         func()
	frame, clock js.Func
	wanted       bool
	stopped      bool
	results      []func()    // what changes the page besides draw
	press        *time.Timer // runs while the page must stay as it is; nil else
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

// result has do change the page with what is drawn next.
func (r *repaint) result(do func()) {
	r.results = append(r.results, do)
	r.soon()
}

// How long a press counts at most, because its end may be lost; and how long
// after its end the click comes, which of a finger is not at once.
const (
	longestPress = 5 * time.Second
	untilClick   = 50 * time.Millisecond
)

// keep leaves the page as it is for a time, in place of what was asked before.
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

// free has the page change again.
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

// released tells that the press is over: the click is next.
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

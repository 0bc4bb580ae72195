//go:build js

package main

import "syscall/js"

// repaint updates the page before the browser draws it next, once for any
// number of changes.
type repaint struct {
	show   func()
	frame  js.Func
	wanted bool
}

func newRepaint(show func()) *repaint {
	r := &repaint{show: show}
	r.frame = js.FuncOf(func(js.Value, []js.Value) any {
		r.now()
		return nil
	})
	return r
}

func (r *repaint) soon() {
	if r == nil || r.wanted { // nil: the page is still being set up
		return
	}
	r.wanted = true
	if js.Global().Get("document").Get("hidden").Bool() { // the browser draws nothing then
		js.Global().Call("setTimeout", r.frame, 50)
		return
	}
	js.Global().Call("requestAnimationFrame", r.frame)
}

func (r *repaint) now() {
	r.wanted = false
	r.show()
}

// announce has screen readers say the result of a button that changes nothing
// else for them.
func announce(text string) {
	announcement.Set("textContent", text)
}

var announcement = js.Global().Get("document").Call("getElementById", "announce")

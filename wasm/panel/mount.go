//go:build js

package main

import (
	"runtime"
	"syscall/js"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
)

// mounted holds the panels on the page by their numbers.
var (
	mounted = map[int]*mountedPanel{}
	last    int
)

type mountedPanel struct {
	*panel
	end func()
}

// mount(root, options, target, shown) mounts a panel. The panel soon replaces the content of the element
// root and then calls shown. It dispatches its events on target. mount returns the panel's number, for
// unmount and order, or a text with the error in the options.
func mount(_ js.Value, args []js.Value) any {
	options, err := readOptions(args[1])
	if err != nil {
		return err.Error()
	}
	collect.Reset(calm)
	last++
	id := last
	target := args[2]
	gone := false
	shown := args[3]
	p := newPanel(elements.Wrap(args[0]), options, func(event string, detail model.Detail) {
		if !gone {
			dispatch(target, event, detail)
		}
	})
	p.entered = func() { shown.Invoke() }
	mounted[id] = &mountedPanel{p, func() {
		gone = true // ignore events of goroutines that are still running
		p.unmount()
	}}
	return id
}

// unmount(number) unmounts a panel.
func unmount(_ js.Value, args []js.Value) any {
	id := args[0].Int()
	if m := mounted[id]; m != nil {
		delete(mounted, id)
		m.end()
		collect.Reset(calm)
	}
	return nil
}

// order(number, what, about, done) performs a method of a panel's handle. It calls done with the reason
// for failure, or with "" on success.
func order(_ js.Value, args []js.Value) any {
	what, about, done := args[1].String(), args[2].String(), args[3]
	m := mounted[args[0].Int()]
	switch {
	case m == nil:
		done.Invoke("the panel is unmounted")
	case what == "dial":
		m.model.Call(about, func(problem string) { done.Invoke(problem) })
	case !m.model.Select(about):
		done.Invoke("WWE holds no interaction " + about)
	default:
		done.Invoke("")
	}
	return nil
}

// calm is how long after mounting or unmounting a panel its goroutines have surely finished that work.
const calm = 500 * time.Millisecond

// collect collects the garbage of mounting and unmounting. Go in a browser collects no garbage while it
// is idle, and this garbage keeps removed elements alive. A later collection during work would block the
// agent.
var collect = time.AfterFunc(calm, runtime.GC)

// dispatch dispatches a CustomEvent with a flat detail. The page's listeners run synchronously, and their
// exceptions go to the page's console. The detail crosses to JavaScript as a single text, because
// thousands of interactions can cause thousands of events.
func dispatch(target js.Value, event string, detail model.Detail) {
	init := []byte(`{"bubbles":true,"composed":true,"detail":{`)
	for n, field := range detail {
		if n > 0 {
			init = append(init, ',')
		}
		init = append(jsontext.AppendString(init, field.Name), ':')
		init = jsontext.AppendString(init, field.Text)
	}
	parsed := js.Global().Get("JSON").Call("parse", string(append(init, "}}"...)))
	target.Call("dispatchEvent", js.Global().Get("CustomEvent").New(event, parsed))
}

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

// mounted are the panels on the page, by the numbers that mount gave them.
var (
	mounted = map[int]mountedPanel{}
	last    int
)

type mountedPanel struct {
	*panel
	end func()
}

// mount(root, options, target, shown) makes a panel that soon takes the place of
// what is in the element root, calls shown then, and tells target by events
// what happens there. It returns the panel's number for unmount, or in words
// what is wrong with the options.
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
	mounted[id] = mountedPanel{p, func() {
		gone = true // what its goroutines still tell goes nowhere
		p.unmount()
	}}
	return id
}

// unmount(number) ends a panel.
func unmount(_ js.Value, args []js.Value) any {
	id := args[0].Int()
	if m, is := mounted[id]; is {
		delete(mounted, id)
		m.end()
		collect.Reset(calm)
	}
	return nil
}

// order(number, what, about, done) carries out a method of a panel's handle, and
// calls done with the reason if it failed, "" if not.
func order(_ js.Value, args []js.Value) any {
	what, about, done := args[1].String(), args[2].String(), args[3]
	m, is := mounted[args[0].Int()]
	switch {
	case !is:
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

// calm is how long after a panel has come or gone its goroutines have done
// what there was to do.
const calm = 500 * time.Millisecond

// collect collects what a panel that was made or unmounted leaves behind. Go in
// a browser does not collect garbage for as long as nothing happens, and this
// garbage keeps elements that the page has removed; or it does in the midst of
// work, where all of it at once keeps the agent waiting.
var collect = time.AfterFunc(calm, runtime.GC)

// dispatch sends a CustomEvent whose detail is flat. The page's listeners run at
// once; what they throw goes to its console, not to us. All of it crosses as one
// text, because there are thousands of events where WWE holds thousands of
// interactions.
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

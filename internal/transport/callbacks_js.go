package transport

import (
	"strconv"
	"sync"
	"syscall/js"

	"wwebridge/internal/wire"
)

// callback is what the client calls with the outcome of one request: the one
// function that takes all outcomes, bound in JavaScript to whose it is. So
// nothing has to be released, whenever and however often the client calls.
func (c *clientObject) callback(ref string, failed bool) js.Value {
	return callbacks.onOutcome.Call("bind", js.Null(), c.id, ref, failed)
}

// callbacks are the two functions that clients call, for good: a client may
// call long after Close. It knows the client objects in use, by id; a page has
// one as a rule, tests and pages with two panels have more.
var callbacks registry

type registry struct {
	onOutcome js.Func // of a request
	onEvent   js.Func // only of clients that have no sendMessage

	mu   sync.Mutex
	last int
	open map[string]*clientObject
}

func (r *registry) add(c *clientObject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		r.open = map[string]*clientObject{}
		r.onOutcome = js.FuncOf(r.outcome)
		r.onEvent = js.FuncOf(r.event)
	}
	r.last++
	c.id = strconv.Itoa(r.last)
	r.open[c.id] = c
}

func (r *registry) remove(c *clientObject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, c.id)
}

func (r *registry) byID(id js.Value) *clientObject {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.open[id.String()]
}

// outcome has as arguments what callback bound, then what the client gave.
func (r *registry) outcome(_ js.Value, args []js.Value) any {
	c := r.byID(args[0])
	if c == nil {
		return nil
	}
	ref, failed := args[1].String(), args[2].Bool()
	text := ""
	var err error
	if len(args) > 3 {
		if c.events != nil {
			c.events.answered(ref, args[3])
		}
		text, err = textOf(args[3])
	}
	if err != nil {
		c.sink.Settle(ref, wire.Reply{}, withDetail(errUnreadable, err.Error()))
		return nil
	}
	reply, echo := wire.ParseOutcome(failed, text)
	if echo && !failed { // without a WWE around it the client hears itself
		c.sink.Settle(ref, wire.Reply{}, ErrNotEmbedded)
		return nil
	}
	c.sink.Settle(ref, reply, nil)
	return nil
}

// event has the client's id bound as its first argument, then the message.
func (r *registry) event(_ js.Value, args []js.Value) any {
	c := r.byID(args[0])
	if c == nil || len(args) < 2 {
		return nil
	}
	if text, err := textOf(args[1]); err == nil {
		if m, ok := wire.ParseMessage(text); ok && m.Event != "" {
			c.sink.Event(m.Event, m.Reply.Data)
		}
	}
	return nil
}

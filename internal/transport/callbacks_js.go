package transport

import (
	"strconv"
	"strings"
	"sync"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// callbacks returns the functions that the client calls with the outcome of a request.
// Both are a single Go function, bound in JavaScript to the request, so nothing has to
// be released, no matter when or how often the client calls.
//
// The bound arguments are numbers: the id of the client object, and twice the call's
// number, plus one for failed. JavaScript passes numbers as they are, whereas a string
// would have to be stored, fetched and decoded.
func (c *clientObject) callbacks(ref string) (succeeded, failed js.Value) {
	cut := strings.LastIndexByte(ref, '-') + 1
	number := 0
	for _, digit := range []byte(ref[cut:]) {
		number = 10*number + int(digit-'0')
	}
	c.refs = ref[:cut]
	return clients.bind.Invoke(js.Null(), c.id, 2*number), clients.bind.Invoke(js.Null(), c.id, 2*number+1)
}

// clients holds the client objects in use, by id, and the two functions that they call.
// The functions are never released, because a client may call them long after Close. A
// page usually has one client object; tests and pages with two panels have more.
var clients registry

type registry struct {
	onOutcome js.Func  // called with the outcome of a request
	onEvent   js.Func  // called only by clients without sendMessage
	bind      js.Value // onOutcome.bind

	mu   sync.Mutex
	last int
	open map[int]*clientObject
}

func (r *registry) add(c *clientObject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		r.open = map[int]*clientObject{}
		r.onOutcome = js.FuncOf(r.outcome)
		r.bind = jsvalue.Bind.Invoke(jsvalue.FunctionBind, r.onOutcome)
		r.onEvent = js.FuncOf(r.event)
	}
	r.last++
	c.id = r.last
	r.open[c.id] = c
}

func (r *registry) remove(c *clientObject) {
	r.mu.Lock()
	delete(r.open, c.id)
	r.mu.Unlock()
}

func (r *registry) byID(id js.Value) *clientObject {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.open[id.Int()]
}

// outcome receives the arguments that callbacks has bound, followed by the client's
// argument.
func (r *registry) outcome(_ js.Value, args []js.Value) any {
	if len(args) < 2 { // the page has replaced bind
		return nil
	}
	c := r.byID(args[0])
	if c == nil {
		return nil
	}
	code := args[1].Int()
	ref, failed := c.refs+strconv.Itoa(code/2), code%2 == 1
	answer := js.Undefined()
	if len(args) > 2 {
		answer = args[2]
	}
	if c.order.mustWait(answer) {
		c.order.add(ref, func() { c.take(ref, failed, answer) })
	} else {
		c.take(ref, failed, answer)
	}
	return nil
}

// take handles the outcome of a request.
func (c *clientObject) take(ref string, failed bool, answer js.Value) {
	if c.events != nil {
		c.events.answered(ref, answer)
	}
	if !failed && c.order.readLong(ref, answer) {
		return
	}
	text, err := jsvalue.TextOf(answer)
	if err != nil {
		c.sink.Settle(ref, wire.Reply{}, withDetail(errUnreadable, err.Error()))
		return
	}
	reply, echo := wire.ParseOutcome(c.sink, ref, failed, text)
	if echo && !failed { // an echo: no WWE embeds this page
		c.sink.Settle(ref, wire.Reply{}, ErrNotEmbedded)
		return
	}
	c.sink.Settle(ref, reply, nil)
}

// event receives the client's id, which is bound, and the message.
func (r *registry) event(_ js.Value, args []js.Value) any {
	if len(args) < 2 {
		return nil
	}
	c := r.byID(args[0])
	if c == nil {
		return nil
	}
	message := args[1]
	if c.order.mustWait(message) {
		c.order.add("", func() { c.takeEvent(message) })
	} else {
		c.takeEvent(message)
	}
	return nil
}

func (c *clientObject) takeEvent(message js.Value) {
	if text, err := jsvalue.TextOf(message); err == nil {
		if m, ok := wire.ParseMessage(text); ok && m.Event != "" {
			c.sink.Event(m.Event, m.Reply.Data)
		}
	}
}

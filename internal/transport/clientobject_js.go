package transport

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"syscall/js"

	"wwebridge/internal/wire"
)

// ClientObject is an Open for the client object of the page,
// genesys.wwe.service. It calls each method by its name; what the client does
// not have, because it is older than the method, goes by its sendMessage.
func ClientObject(sink Sink) (Transport, error) {
	service := js.Global()
	for _, name := range []string{"genesys", "wwe", "service"} {
		var err error
		if service, err = get(service, name); err != nil || !isObject(service) {
			return nil, ErrNoClient
		}
	}
	c := &clientObject{service: service, sink: sink}
	connections.add(c)
	return c, nil
}

type clientObject struct {
	id      string // among the connections of this program
	service js.Value
	sink    Sink
}

// Send implements Transport.
func (c *clientObject) Send(ref, request string, parameters []string) (err error) {
	defer catch(&err)
	object, method := c.method(request)
	var arguments js.Value
	if method.Type() == js.TypeFunction {
		arguments = parse.Invoke(string(wire.AppendParameters(nil, parameters)))
		withUndefined(arguments, wire.Undefined(parameters))
	} else {
		object = c.service
		if method, err = get(c.service, "sendMessage"); err != nil {
			return err
		}
		if method.Type() != js.TypeFunction {
			return withDetail(ErrNoClient, "the page's client object has neither "+request+" nor sendMessage")
		}
		message := js.Global().Get("Object").New()
		message.Set("request", request)
		if len(parameters) > 0 {
			list := parse.Invoke(string(wire.AppendParameters(nil, parameters)))
			withUndefined(list, wire.Undefined(parameters))
			message.Set("parameters", list)
		}
		arguments = js.Global().Get("Array").New(message)
	}
	arguments.Call("push", c.callback(ref, false), c.callback(ref, true))
	reflectApply.Invoke(method, object, arguments)
	return nil
}

// method finds the function of "namespace.method", undefined if the client has
// none. Names that every object has, such as constructor, are not the client's.
func (c *clientObject) method(request string) (namespace, method js.Value) {
	first, second, ok := strings.Cut(request, ".")
	if !ok || everyObjectHas(first) || everyObjectHas(second) {
		return js.Undefined(), js.Undefined()
	}
	namespace, err := get(c.service, first)
	if err != nil || !isObject(namespace) {
		return js.Undefined(), js.Undefined()
	}
	method, err = get(namespace, second)
	if err != nil {
		return js.Undefined(), js.Undefined()
	}
	return namespace, method
}

func everyObjectHas(name string) bool {
	return js.Global().Get("Object").Get("prototype").Get(name).Type() != js.TypeUndefined
}

func isObject(v js.Value) bool { return v.Type() == js.TypeObject || v.Type() == js.TypeFunction }

// Close implements Transport. The client has no way to take a request back, so
// it may still call; nobody listens then.
func (c *clientObject) Close() { connections.remove(c) }

// callback is what the client calls with the outcome of one call: the one
// function that takes all outcomes, bound in JavaScript to whose it is. So
// nothing has to be released, whenever and however often the client calls.
func (c *clientObject) callback(ref string, failed bool) js.Value {
	return connections.outcome().Call("bind", js.Null(), c.id, ref, failed)
}

// connections are the client objects in use, by id. A page has one as a rule;
// tests and pages with two panels have more.
var connections registry

type registry struct {
	mu   sync.Mutex
	last int
	open map[string]*clientObject
	all  js.Func
}

func (r *registry) add(c *clientObject) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		r.open = map[string]*clientObject{}
		r.all = js.FuncOf(r.onOutcome) // for good: the client may call long after Close
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

func (r *registry) outcome() js.Value { return r.all.Value }

// onOutcome has as arguments what callback bound, then what the client gave.
func (r *registry) onOutcome(_ js.Value, args []js.Value) any {
	id, ref, failed := args[0].String(), args[1].String(), args[2].Bool()
	r.mu.Lock()
	c := r.open[id]
	r.mu.Unlock()
	if c == nil {
		return nil
	}
	text := ""
	var err error
	if len(args) > 3 {
		text, err = textOf(args[3])
	}
	if err != nil {
		c.sink.Settle(ref, wire.Reply{}, errors.New("the answer cannot be read: "+err.Error()))
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

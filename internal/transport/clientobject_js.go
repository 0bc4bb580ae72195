package transport

import (
	"strings"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// ClientObject is an Open for the client object of the page,
// genesys.wwe.service. It calls each method by its name; what the client does
// not have, because it is older than the method, goes by its sendMessage.
func ClientObject(sink Sink) (Transport, error) {
	service := js.Global()
	for _, name := range []string{"genesys", "wwe", "service"} {
		var err error
		if service, err = jsvalue.Get(service, name); err != nil || !isObject(service) {
			return nil, ErrNoClient
		}
	}
	c := &clientObject{service: service, sink: sink, order: &order{sink: sink}, methods: map[string]clientMethod{}}
	clients.add(c)
	return c, nil
}

type clientObject struct {
	id      int    // in clients
	refs    string // what all refs begin with, up to their numbers
	service js.Value
	sink    Sink
	order   *order
	methods map[string]clientMethod // by request: those that were called
	events  *clientEvents           // nil before the first Subscribe
	handler js.Value                // for a client without sendMessage
}

// Send implements Transport.
func (c *clientObject) Send(ref, request string, parameters []string) (err error) {
	defer jsvalue.Catch(&err)
	succeeded, failed := c.callbacks(ref)
	method := c.methods[request]
	if !method.isCurrent(len(parameters)) {
		method = c.method(request, len(parameters))
	}
	if method.call.IsUndefined() {
		return c.sendMessage(messageOf(request, parameters), request, succeeded, failed)
	}
	arguments := make([]any, 0, len(parameters)+2)
	for _, p := range parameters {
		arguments = append(arguments, valueOf(p))
	}
	method.call.Invoke(append(arguments, succeeded, failed)...)
	return nil
}

// valueOf gives the value of a JSON text, undefined of none.
func valueOf(text string) js.Value {
	if text == "" {
		return js.Undefined()
	}
	return jsvalue.Parse.Invoke(text)
}

// takes tells whether the client's method has just so many parameters before
// its callbacks; with others they would be in the wrong places.
func takes(method js.Value, parameters int) bool {
	length, err := jsvalue.Get(method, "length")
	return err == nil && length.Equal(js.ValueOf(parameters+2))
}

func (c *clientObject) hasSendMessage() bool {
	method, err := jsvalue.Get(c.service, "sendMessage")
	return err == nil && jsvalue.TypeOf(method) == js.TypeFunction
}

// sendMessage sends any message by the client. what says what a client without
// it cannot do.
func (c *clientObject) sendMessage(message js.Value, what string, callbacks ...any) (err error) {
	defer jsvalue.Catch(&err)
	method, err := jsvalue.Get(c.service, "sendMessage")
	if err != nil {
		return err
	}
	if jsvalue.TypeOf(method) != js.TypeFunction {
		return withDetail(ErrNoClient, "the page's client object has neither "+what+" nor sendMessage")
	}
	jsvalue.Apply.Invoke(append([]any{method, c.service, message}, callbacks...)...)
	return nil
}

// messageOf returns a request for sendMessage. Its properties are there before
// they are set: Object.prototype may have setters by these names.
func messageOf(request string, parameters []string) js.Value {
	message := jsvalue.Parse.Invoke(`{"request":0}`)
	if len(parameters) > 0 {
		message = jsvalue.Parse.Invoke(`{"request":0,"parameters":0}`)
		message.Set("parameters", arrayOf(parameters))
	}
	message.Set("request", request)
	return message
}

func arrayOf(parameters []string) js.Value {
	array := jsvalue.Parse.Invoke(string(wire.AppendParameters(nil, parameters)))
	withUndefined(array, wire.Undefined(parameters))
	return array
}

// clientMethod is a method of the client, bound to its namespace; undefined if
// the client has none.
type clientMethod struct {
	namespace  js.Value
	name       string
	function   js.Value // of this name
	call       js.Value // the function, bound
	parameters int      // that it was called with
}

// isCurrent tells whether the method can be called again: a page may have put
// another function in its place.
func (m *clientMethod) isCurrent(parameters int) bool {
	if m.call.IsUndefined() || m.parameters != parameters {
		return false
	}
	function, err := jsvalue.Get(m.namespace, m.name)
	return err == nil && function.Equal(m.function)
}

// method finds the function of "namespace.method" with so many parameters, and
// remembers it. What every object has, such as its constructor, is not the
// client's.
func (c *clientObject) method(request string, parameters int) (none clientMethod) {
	first, second, ok := strings.Cut(request, ".")
	if !ok {
		return none
	}
	namespace, err := jsvalue.Get(c.service, first)
	if err != nil || !isObject(namespace) || jsvalue.EveryObjectHas(first, namespace) {
		return none
	}
	method, err := jsvalue.Get(namespace, second)
	if err != nil || jsvalue.TypeOf(method) != js.TypeFunction || jsvalue.EveryObjectHas(second, method) ||
		!takes(method, parameters) && c.hasSendMessage() {
		return none
	}
	found := clientMethod{namespace, second, method, jsvalue.Bind.Invoke(method, namespace), parameters}
	c.methods[request] = found
	return found
}

func isObject(v js.Value) bool {
	return jsvalue.TypeOf(v) == js.TypeObject || jsvalue.TypeOf(v) == js.TypeFunction
}

// Leave implements Transport. The client itself brings the outcomes.
func (c *clientObject) Leave() {
	if c.events != nil {
		c.events.messages.remove()
		c.events = nil
	}
	clear(c.methods)
}

// Close implements Transport. The client has no way to take a request back, so
// it may still call; nobody listens then.
func (c *clientObject) Close() {
	c.Leave()
	clients.remove(c)
	c.order.close()
}

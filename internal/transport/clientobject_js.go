package transport

import (
	"strings"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// ClientObject is an Open for the page's client object, genesys.wwe.service. It calls
// the client's method for each request. For a method that an older client does not
// have, it uses the client's sendMessage.
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
	id      int    // key in clients
	refs    string // common prefix of all refs, without their numbers
	service js.Value
	sink    Sink
	order   *order
	methods map[string]clientMethod // methods called so far, by request
	events  *clientEvents           // nil before the first Subscribe
	handler js.Value                // only for a client without sendMessage
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

// valueOf returns the value of a JSON text, or undefined for "".
func valueOf(text string) js.Value {
	if text == "" {
		return js.Undefined()
	}
	return jsvalue.Parse.Invoke(text)
}

// takes reports whether the client's method has exactly this many parameters before its
// callbacks. Otherwise the callbacks would be passed in the wrong places.
func takes(method js.Value, parameters int) bool {
	length, err := jsvalue.Get(method, "length")
	return err == nil && length.Equal(js.ValueOf(parameters+2))
}

func (c *clientObject) hasSendMessage() bool {
	method, err := jsvalue.Get(c.service, "sendMessage")
	return err == nil && jsvalue.TypeOf(method) == js.TypeFunction
}

// sendMessage sends any message through the client. The argument what is the method
// that sendMessage replaces; the error names it if the client has neither.
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

// messageOf returns a request for sendMessage. It parses an object that already has the
// properties and then sets them, because Object.prototype may have setters with these
// names.
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

// clientMethod is a method of the client, bound to its namespace. Its call is undefined
// if the client has no such method.
type clientMethod struct {
	namespace  js.Value
	name       string
	function   js.Value // the namespace's property
	call       js.Value // function bound to namespace
	parameters int      // number of parameters of the last call
}

// isCurrent reports whether the method can be called again. It cannot if the page has
// replaced the function.
func (m *clientMethod) isCurrent(parameters int) bool {
	if m.call.IsUndefined() || m.parameters != parameters {
		return false
	}
	function, err := jsvalue.Get(m.namespace, m.name)
	return err == nil && function.Equal(m.function)
}

// method finds the client's method for "namespace.method" with this many parameters and
// remembers it. It ignores properties that every object has, such as constructor.
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

// Leave implements Transport. Outcomes still arrive, through the client.
func (c *clientObject) Leave() {
	if c.events != nil {
		c.events.messages.remove()
		c.events = nil
	}
	clear(c.methods)
}

// Close implements Transport. The client cannot cancel a request, so it may still call
// the callbacks, which then do nothing.
func (c *clientObject) Close() {
	c.Leave()
	clients.remove(c)
	c.order.close()
}

package transport

import (
	"strings"
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
	callbacks.add(c)
	return c, nil
}

type clientObject struct {
	id      string // among the client objects that callbacks knows
	service js.Value
	sink    Sink
	events  *clientEvents // nil before the first Subscribe
	handler js.Value      // for a client without sendMessage
}

// Send implements Transport.
func (c *clientObject) Send(ref, request string, parameters []string) (err error) {
	defer catch(&err)
	object, method := c.method(request)
	if method.Type() != js.TypeFunction {
		message := js.Global().Get("Object").New()
		message.Set("request", request)
		if len(parameters) > 0 {
			message.Set("parameters", arrayOf(parameters))
		}
		_, err := c.sendMessage(message, request, c.callback(ref, false), c.callback(ref, true))
		return err
	}
	arguments := arrayOf(parameters)
	arguments.Call("push", c.callback(ref, false), c.callback(ref, true))
	reflectApply.Invoke(method, object, arguments)
	return nil
}

// sendMessage sends any message by the client, which returns the referenceId.
// what says what a client without sendMessage cannot do.
func (c *clientObject) sendMessage(message js.Value, what string, callbacks ...any) (referenceID js.Value, err error) {
	defer catch(&err)
	method, err := get(c.service, "sendMessage")
	if err != nil {
		return js.Undefined(), err
	}
	if method.Type() != js.TypeFunction {
		return js.Undefined(), withDetail(ErrNoClient, "the page's client object has neither "+what+" nor sendMessage")
	}
	arguments := js.Global().Get("Array").New(message)
	if len(callbacks) > 0 {
		arguments.Call("push", callbacks...)
	}
	return reflectApply.Invoke(method, c.service, arguments), nil
}

func arrayOf(parameters []string) js.Value {
	array := parse.Invoke(string(wire.AppendParameters(nil, parameters)))
	withUndefined(array, wire.Undefined(parameters))
	return array
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
func (c *clientObject) Close() {
	callbacks.remove(c)
	if c.events != nil {
		c.events.messages.remove()
	}
}

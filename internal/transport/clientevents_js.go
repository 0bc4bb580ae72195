package transport

import (
	"syscall/js"

	"wwebridge/internal/wire"
)

// maxEarly bounds how many messages are kept before it is known which window is WWE.
const maxEarly = 4096

// clientEvents hears WWE's events beside a client object, whose own way to
// hand them out has one handler for each topic: ours would displace the page's.
//
// Which window is WWE only the client knows. It shows in the answer to our
// own request to subscribe, whose referenceId nobody else can know: the window
// that it comes from is WWE, and its origin WWE's.
type clientEvents struct {
	sink     Sink
	messages listener

	known          bool
	window, origin js.Value
	awaited        map[string]bool // the referenceIds that tell
	early          []earlyEvent    // came before it was known whose events count
}

type earlyEvent struct {
	source, origin js.Value
	event          wire.Message
}

func (e *clientEvents) onMessage(source, origin, data js.Value) {
	if e.known && !e.isWWE(source, origin) {
		return
	}
	text, ok := messageText(data)
	if !ok {
		return
	}
	m, ok := wire.ParseMessage(text)
	switch {
	case !ok || m.FromClient:
	case m.Event != "" && e.known:
		e.sink.Event(m.Event, m.Reply.Data)
	case m.Event != "" && len(e.early) < maxEarly:
		e.early = append(e.early, earlyEvent{source, origin, m})
	case m.Event == "" && e.awaited[m.ReferenceID]:
		e.learn(source, origin)
	}
}

func (e *clientEvents) isWWE(source, origin js.Value) bool {
	return source.Equal(e.window) && origin.Equal(e.origin)
}

func (e *clientEvents) learn(window, origin js.Value) {
	e.known, e.window, e.origin = true, window, origin
	for _, early := range e.early {
		if e.isWWE(early.source, early.origin) {
			e.sink.Event(early.event.Event, early.event.Reply.Data)
		}
	}
	e.awaited, e.early = nil, nil
}

// await expects WWE's answer with this referenceId.
func (e *clientEvents) await(referenceID string) {
	if !e.known {
		e.awaited[referenceID] = true
	}
}

// Subscribe implements Transport.
func (c *clientObject) Subscribe(ref, topic string) (err error) {
	defer catch(&err)
	sendMessage, err := get(c.service, "sendMessage")
	if err != nil {
		return err
	}
	if sendMessage.Type() != js.TypeFunction {
		return c.subscribeByHandler(ref, topic)
	}
	if c.events == nil {
		c.events = &clientEvents{sink: c.sink, awaited: map[string]bool{}}
		c.events.messages = listen(c.events.onMessage)
	}
	c.events.await(ref)
	message := parse.Invoke(wire.Subscribe(ref, topic).Text())
	id, err := c.sendMessage(message, "subscribe", c.callback(ref, false), c.callback(ref, true))
	if err == nil && id.Type() == js.TypeString {
		c.events.await(id.String()) // not ours, of a client that gives every message an id of its own
	}
	return err
}

// subscribeByHandler is for a client object that can do nothing but
// subscribe(topics, handler), and does not tell WWE's answer.
func (c *clientObject) subscribeByHandler(ref, topic string) error {
	method, err := get(c.service, "subscribe")
	if err != nil {
		return err
	}
	if method.Type() != js.TypeFunction {
		return withDetail(ErrNoClient, "the page's client object has neither subscribe nor sendMessage")
	}
	if c.handler.IsUndefined() {
		c.handler = callbacks.onEvent.Call("bind", js.Null(), c.id)
	}
	arrayOf := js.Global().Get("Array").Get("of")
	reflectApply.Invoke(method, c.service, arrayOf.Invoke(arrayOf.Invoke(topic), c.handler))
	c.sink.Settle(ref, wire.Reply{}, nil)
	return nil
}

// Unsubscribe implements Transport.
func (c *clientObject) Unsubscribe(ref, id string) (err error) {
	defer catch(&err)
	_, err = c.sendMessage(parse.Invoke(wire.Unsubscribe(ref, id).Text()), "unsubscribe")
	return err
}

package transport

import (
	"slices"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// maxEarly limits the number of messages kept per window until the window of WWE is
// known.
const maxEarly = 1024

// clientEvents receives WWE's events without the client object. The client object
// supports only one handler per topic, so a handler of ours would replace the page's.
//
// Only the client knows which window is WWE. clientEvents learns it from the answer to
// its own request to subscribe, which has a referenceId that no other window can know:
// the answer comes from WWE's window, and its origin is WWE's. The client may have
// deleted the referenceId by the time this listener receives the message. But the
// client passes on the message object itself, so clientEvents can compare the objects.
type clientEvents struct {
	sink     Sink
	order    *order
	messages listener

	known          bool
	window, origin js.Value
	awaited        map[string]bool // referenceIds of its own requests to subscribe
	answers        []js.Value      // answers to those requests, as passed on by the client
	early          []earlyMessage  // messages received before the window of WWE is known
	since          map[string]int  // by topic: length of early when the topic was last subscribed to
}

type earlyMessage struct {
	source, origin, data js.Value
	message              wire.Message
}

func (e *clientEvents) onMessage(source, origin, data js.Value) {
	switch {
	case e.known && !e.isWWE(source, origin):
	case !e.order.mustWait(data):
		e.take(source, origin, data)
	case longList(data) == nil: // the client passes on such an answer, too
		e.order.add("", func() { e.take(source, origin, data) })
	}
}

func (e *clientEvents) take(source, origin, data js.Value) {
	text, err := messageText(data)
	if err != nil {
		return
	}
	m, ok := wire.ParseMessage(text)
	switch {
	case ok && m.FromClient && e.awaited[m.ReferenceID]: // an echo: no WWE embeds this page
		e.sink.Settle(m.ReferenceID, wire.Reply{}, ErrNotEmbedded)
	case !ok || m.FromClient:
	case m.Event != "" && e.known:
		e.sink.Event(m.Event, m.Reply.Data)
	case e.known:
	case isGranted(m) && (e.awaited[m.ReferenceID] || isOneOf(data, e.answers)):
		e.learn(source, origin)
	case e.countEarly(source) < maxEarly:
		e.early = append(e.early, earlyMessage{source, origin, data, m})
	}
}

// countEarly counts the messages of one window, so that no other window can use up
// WWE's share.
func (e *clientEvents) countEarly(source js.Value) int {
	count := 0
	for _, early := range e.early {
		if early.source.Equal(source) {
			count++
		}
	}
	return count
}

// answered handles the answer to a request, as passed on by the client.
func (e *clientEvents) answered(ref string, answer js.Value) {
	if e.known || !e.awaited[ref] {
		return
	}
	for _, early := range e.early {
		if isGranted(early.message) && early.data.Equal(answer) {
			e.learn(early.source, early.origin)
			return
		}
	}
	e.answers = append(e.answers, answer)
}

// isGranted reports whether m grants a subscription. A window that refuses one sends no
// events.
func isGranted(m wire.Message) bool { return m.Event == "" && m.Reply.Grants() }

func isOneOf(value js.Value, values []js.Value) bool {
	return slices.ContainsFunc(values, value.Equal)
}

func (e *clientEvents) isWWE(source, origin js.Value) bool {
	return source.Equal(e.window) && origin.Equal(e.origin)
}

func (e *clientEvents) learn(window, origin js.Value) {
	e.known, e.window, e.origin = true, window, origin
	for n, early := range e.early {
		m := early.message
		if m.Event != "" && n >= e.since[m.Event] && e.isWWE(early.source, early.origin) {
			e.sink.Event(m.Event, m.Reply.Data)
		}
	}
	e.awaited, e.answers, e.early, e.since = nil, nil, nil, nil
}

// await expects WWE's answer with this referenceId. It excludes events of the topic
// that came before the request.
func (e *clientEvents) await(referenceID, topic string) {
	if !e.known {
		e.awaited[referenceID] = true
		e.since[topic] = len(e.early)
	}
}

// Subscribe implements Transport.
func (c *clientObject) Subscribe(ref, topic string) (err error) {
	defer jsvalue.Catch(&err)
	if !c.hasSendMessage() {
		return c.subscribeByHandler(ref, topic)
	}
	if c.events == nil {
		c.events = &clientEvents{sink: c.sink, order: c.order, awaited: map[string]bool{}, since: map[string]int{}}
		c.events.messages = listen(c.events.onMessage)
	}
	c.events.await(ref, topic)
	message := jsvalue.Parse.Invoke(wire.Subscribe(ref, topic).Text())
	succeeded, failed := c.callbacks(ref)
	return c.sendMessage(message, "subscribe", succeeded, failed)
}

// subscribeByHandler is for a client object that has subscribe(topics, handler) but no
// sendMessage. Such a client does not pass on WWE's answer.
func (c *clientObject) subscribeByHandler(ref, topic string) error {
	method, err := jsvalue.Get(c.service, "subscribe")
	if err != nil {
		return err
	}
	if jsvalue.TypeOf(method) != js.TypeFunction {
		return withDetail(ErrNoClient, "the page's client object has neither subscribe nor sendMessage")
	}
	if c.handler.IsUndefined() {
		c.handler = jsvalue.Bind.Invoke(clients.onEvent, js.Null(), c.id)
	}
	topics := jsvalue.Parse.Invoke(wire.Subscribe("", topic).Data)
	jsvalue.Apply.Invoke(method, c.service, topics, c.handler)
	c.sink.Settle(ref, wire.Reply{}, nil)
	return nil
}

// Unsubscribe implements Transport.
func (c *clientObject) Unsubscribe(ref, id string) (err error) {
	defer jsvalue.Catch(&err)
	return c.sendMessage(jsvalue.Parse.Invoke(wire.Unsubscribe(ref, id).Text()), "unsubscribe")
}

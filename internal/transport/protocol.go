package transport

import (
	"sync"

	"wwebridge/internal/wire"
)

// Carrier takes the texts of messages to WWE. JSON text has no undefined, so
// undefined tells which elements of the message's parameters are it.
type Carrier interface {
	Post(message string, undefined []int) error
	Close()
}

// Protocol is the Transport that speaks protocol version 2 of the Service
// Client API by itself, over any Carrier. Whoever receives WWE's messages
// gives their texts to Receive.
type Protocol struct {
	sink    Sink
	carrier Carrier

	mu      sync.Mutex
	frameID string // JSON text; WWE may give one at any time
	leaving bool
	closed  bool
}

// NewProtocol returns a Protocol that has yet to be given its carrier by Over.
func NewProtocol(sink Sink) *Protocol { return &Protocol{sink: sink} }

// Over sets what carries the messages, before the first one is sent.
func (p *Protocol) Over(carrier Carrier) *Protocol {
	p.carrier = carrier
	return p
}

// Send implements Transport.
func (p *Protocol) Send(ref, request string, parameters []string) error {
	return p.post(wire.Request{Name: request, Parameters: parameters, ReferenceID: ref})
}

// Subscribe implements Transport.
func (p *Protocol) Subscribe(ref, topic string) error {
	return p.post(wire.Subscribe(ref, topic))
}

// Unsubscribe implements Transport.
func (p *Protocol) Unsubscribe(ref, id string) error {
	return p.post(wire.Unsubscribe(ref, id))
}

func (p *Protocol) post(message wire.Request) error {
	p.mu.Lock()
	message.FrameID = p.frameID
	p.mu.Unlock()
	return p.carrier.Post(message.Text(), wire.Undefined(message.Parameters))
}

// Receive takes the text of a message from WWE's window. What is not one of
// the protocol's messages is ignored, and so is our own echo, which comes back
// where the page that should be WWE is the widget itself.
func (p *Protocol) Receive(text string) {
	m, ok := p.read(text)
	switch {
	case !ok:
	case m.Event != "":
		p.sink.Event(m.Event, m.Reply.Data)
	case m.ReferenceID != "":
		p.sink.Settle(m.ReferenceID, m.Reply, nil)
	}
}

// read reads one message after the other, as two replies to one request have
// one place to be read into.
func (p *Protocol) read(text string) (m wire.Message, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, ok = wire.ParseMessageBy(p.sink, "", text)
	ok = ok && !m.FromClient && !p.closed && !(p.leaving && m.Event != "")
	if ok && m.Event == "" && m.ReferenceID == "" && m.FrameID != "" {
		p.frameID = m.FrameID
	}
	return m, ok
}

// Leave implements Transport.
func (p *Protocol) Leave() {
	p.mu.Lock()
	p.leaving = true
	p.mu.Unlock()
}

// Close implements Transport.
func (p *Protocol) Close() {
	p.mu.Lock()
	closed := p.closed
	p.closed = true
	p.mu.Unlock()
	if !closed {
		p.carrier.Close()
	}
}

// Restarted is for the carrier to report that WWE has begun anew. The frame's id
// was that of the WWE before; the new one gives its own.
func (p *Protocol) Restarted() {
	p.mu.Lock()
	p.frameID = ""
	p.mu.Unlock()
	p.sink.Restarted()
}

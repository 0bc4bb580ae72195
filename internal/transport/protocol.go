package transport

import (
	"sync"

	"wwebridge/internal/wire"
)

// Carrier sends the texts of messages to WWE. JSON text cannot represent undefined, so
// the argument undefined lists the indices of the message's parameters that are
// undefined.
type Carrier interface {
	Post(message string, undefined []int) error
	Close()
}

// Protocol is a Transport that implements version 2 of the Service Client API's
// protocol, over any Carrier. The receiver of WWE's messages passes their texts to
// Receive.
type Protocol struct {
	_       [0]func() // not comparable: less code
	sink    Sink
	carrier Carrier

	mu      sync.Mutex
	frameID string // JSON text; WWE may set it at any time
	leaving bool
	closed  bool
}

// NewProtocol returns a Protocol without a carrier. Over sets the carrier.
func NewProtocol(sink Sink) *Protocol { return &Protocol{sink: sink} }

// Over sets the carrier. It must be called before the first message is sent.
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

// Receive handles the text of a message from WWE's window. It ignores anything that is
// not a message of the protocol. It also ignores echoes of its own messages, which
// arrive if the window that should be WWE is the widget itself.
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

// read parses one message at a time, because two replies to the same request are read
// into the same variable.
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

// Restarted reports that WWE has restarted. The carrier calls it. The previous frame id
// is no longer valid; the new WWE sends its own.
func (p *Protocol) Restarted() {
	p.mu.Lock()
	p.frameID = ""
	p.mu.Unlock()
	p.sink.Restarted()
}

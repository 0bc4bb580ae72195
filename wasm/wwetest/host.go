package wwetest

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
)

// Host is a simulated WWE with one agent logged in. Its methods may be called
// from any goroutine.
type Host struct {
	commandData     wwe.JSON
	markDoneTimeout time.Duration
	onMessage       func(Message)

	mu           sync.Mutex
	frames       []*Frame
	events       []event        // that have happened and are not sent yet
	interactions []*interaction // in the order in which they came
	lastID       int
	ids          *rand.Rand
	requests     []Request
	faults       []Fault
}

// Option changes what a new Host does where Genesys documents nothing.
type Option func(*Host)

// WithCommandData sets the data in the answer to a command that succeeded,
// such as accept: "" for no data (the default, a guess), "null" or "{}".
func WithCommandData(data wwe.JSON) Option {
	mustBeJSON("WithCommandData", data)
	return func(h *Host) { h.commandData = data }
}

// WithMarkDoneTimeout sets how long the Host waits, before it marks an
// interaction done, for a widget that is subscribed to "markdone" to block it:
// WWE's option service-client-api.block-markdone-timeout. The default is the
// second that WWE was seen to wait. Without such a widget it does not wait (guess).
func WithMarkDoneTimeout(d time.Duration) Option {
	return func(h *Host) { h.markDoneTimeout = d }
}

// Message is a message between WWE and a widget.
type Message struct {
	FromWidget bool   // else it is WWE's
	Text       string // JSON
}

// WithLog has log called with every message, in both directions, from any
// goroutine. It must not call the Host.
func WithLog(log func(Message)) Option {
	return func(h *Host) { h.onMessage = log }
}

func (h *Host) tell(m Message) {
	if h.onMessage != nil {
		h.onMessage(m)
	}
}

// NewHost returns a Host without interactions. Two Hosts on which the same
// things happen give the same ids.
func NewHost(opts ...Option) *Host {
	h := &Host{ids: rand.New(rand.NewPCG(8, 5)), markDoneTimeout: time.Second}
	for _, option := range opts {
		option(h)
	}
	return h
}

// Connect connects a widget to the Host in memory, on every platform.
func (h *Host) Connect(opts ...wwe.Option) (*wwe.Service, error) {
	inMemory := wwe.WithTransport(func(sink transport.Sink) (transport.Transport, error) {
		protocol := transport.NewProtocol(sink)
		frame := h.Attach(protocol.Receive)
		frame.OnRestart(sink.Restarted)
		return protocol.Over(memory{frame}), nil
	})
	return wwe.Connect(context.Background(), append(slices.Clone(opts), inMemory)...)
}

// memory carries messages to a frame without a browser. Undefined parameters
// arrive as null, which is as near as text comes.
type memory struct{ frame *Frame }

func (m memory) Post(message string, _ []int) error {
	m.frame.Receive(message)
	return nil
}

func (m memory) Close() { m.frame.Detach() }

// Interactions returns what WWE holds, in the order in which it came. The
// copies are the caller's own.
func (h *Host) Interactions() []wwe.Interaction {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []wwe.Interaction
	for _, i := range h.interactions {
		all = append(all, i.Clone())
	}
	return all
}

// InteractionsJSON is Interactions as WWE sends them: a JSON array.
func (h *Host) InteractionsJSON() wwe.JSON {
	h.mu.Lock()
	defer h.mu.Unlock()
	text, _ := h.getInteractions(nil)
	return wwe.JSON(text)
}

// Request is a request that a widget sent.
type Request struct {
	Name       string     // "interaction.accept"
	Parameters []wwe.JSON // as text, in which a parameter that is undefined in JavaScript is null
}

// maxRequests bounds what a Host remembers, because a page may run for days.
const maxRequests = 10_000

// Requests returns the requests that reached the Host, from any frame, in
// order: the last 10,000 of them.
func (h *Host) Requests() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := slices.Clone(h.requests)
	for n := range all {
		all[n].Parameters = slices.Clone(all[n].Parameters)
	}
	return all
}

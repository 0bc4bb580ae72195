package wwe

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/subscriptions"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
)

const (
	defaultTimeout = 8 * time.Second
	defaultBuffer  = 1024
)

// Service is a connection to WWE: genesys.wwe.service of the Service Client
// API, with a field for each of its namespaces. Its methods may be called from
// multiple goroutines at once. A page may have several Services.
type Service struct {
	// The namespaces of genesys.wwe.service.
	Agent         AgentNamespace
	Auth          AuthNamespace
	Configuration ConfigurationNamespace
	Email         EmailNamespace
	Interaction   InteractionNamespace
	Media         MediaNamespace
	Messenger     MessengerNamespace
	Outbound      OutboundNamespace
	SIPEndpoint   SIPEndpointNamespace
	System        SystemNamespace
	Voice         VoiceNamespace

	calls     *calls.InFlight
	hub       *subscriptions.Hub[Event]
	transport transport.Transport
	timeout   time.Duration
	buffer    int
	pacer     pacer                                     // nil without WithRateLimit
	forbids   atomic.Pointer[func(request string) bool] // nil if WWE has not been asked
	doubts    doubts

	mu     sync.Mutex
	guards []*func() // each closes one guard; funcs, so that only programs with a guard link its code
}

// Connect connects to WWE:
//   - With WithOrigin, it speaks WWE's protocol itself, to the window that
//     embeds or opened this page. It returns ErrNotEmbedded if there is no such
//     window.
//   - Otherwise, it uses the client object genesys.wwe.service, if Genesys'
//     client file has put it on the page.
//   - Otherwise, it returns ErrNoClient.
//
// Connect does not contact WWE. If WWE is missing or rejects this page, the
// first call fails. The context applies to connecting, not to the life of the
// Service.
func Connect(ctx context.Context, opts ...Option) (*Service, error) {
	o := options{timeout: defaultTimeout, buffer: defaultBuffer}
	for _, option := range opts {
		option(&o)
	}
	s := &Service{timeout: o.timeout, buffer: o.buffer, pacer: o.pacer}
	if err := calls.Expired(ctx); err != nil {
		return nil, s.failure(ctx, "Connect", err)
	}
	s.calls = calls.New(silence{s})
	s.hub = subscriptions.New(line{s}, readEvent, cloneEvent)
	err := o.check()
	if err == nil {
		open := transport.FromContext(ctx) // set by wwetest
		if open == nil {
			open = o.transport()
		}
		if o.record != nil {
			open = o.record(open)
		}
		s.transport, err = open(sink{s})
	}
	if err != nil {
		return nil, &callError{"Connect", err}
	}
	s.Agent, s.Auth, s.Configuration, s.Email = AgentNamespace{s}, AuthNamespace{s}, ConfigurationNamespace{s}, EmailNamespace{s}
	s.Interaction, s.Media, s.Messenger, s.Outbound = InteractionNamespace{s}, MediaNamespace{s}, MessengerNamespace{s}, OutboundNamespace{s}
	s.SIPEndpoint, s.System, s.Voice = SIPEndpointNamespace{s}, SystemNamespace{s}, VoiceNamespace{s}
	return s, nil
}

// Close ends the connection. Calls in flight and later calls fail with
// ErrClosed. Subscriptions and workspaces end too, and are unsubscribed at WWE.
// Close may be called from anywhere, any number of times. It does not wait for
// WWE, and returns nil.
//
// A subscription that WWE has yet to grant is unsubscribed when the grant
// arrives, if that is within a minute. The limit is ten seconds if WWE has
// answered later calls, and with Genesys' client object, which drops answers
// after that. If the grant comes later or is lost, the subscription stays at
// WWE until the agent leaves the page.
func (s *Service) Close() error {
	s.mu.Lock()
	guards := s.guards
	s.guards = nil
	s.mu.Unlock()
	for _, end := range guards { // each unblocks its interactions while the transport is still open
		(*end)()
	}
	if s.calls.Close() {
		if s.pacer != nil {
			s.pacer.stop()
		}
		s.hub.Close(ErrClosed)
		s.transport.Leave()
		s.calls.Leave(s.transport.Close)
	}
	return nil
}

// sink receives answers and events from the transport.
type sink struct{ s *Service }

func (k sink) Settle(ref string, reply wire.Reply, err error) { k.s.calls.Settle(ref, reply, err) }

func (k sink) Arrived(ref string) bool { return k.s.calls.Arrived(ref) }

func (k sink) Reads() bool { return k.s.calls.Reads() }

func (k sink) Reading(ref string) wire.Read { return k.s.calls.Reading(ref) }

func (k sink) Event(topic, data string) {
	k.s.calls.Heard()
	k.s.hub.Dispatch(topic, data)
}

func (k sink) Restarted() {
	k.s.forbids.Store(nil) // WWE reads its options again when it restarts
	if k.s.pacer != nil {
		k.s.pacer.restarted()
	}
	k.s.hub.Renew()
}

func (k sink) Quiet() { k.s.hub.Check() }

// silence handles a call that WWE does not answer. WWE may have ignored only
// that call, so the Hub quietly renews the subscriptions. That shows whether
// WWE answers at all, and whether it still has the subscriptions. Only if WWE
// does not answer that either are readers notified that they may miss events.
type silence struct{ s *Service }

func (k silence) Began() {
	k.s.doubts.tell("")
	k.s.hub.Check()
}
func (k silence) Ended() {
	k.s.doubts.tellBack()
	k.s.hub.Heard()
}

// subscribing, followed by a topic, names an attempt to subscribe in errors.
const subscribing = "subscribe "

// line connects the Hub's subscriptions to WWE.
type line struct{ s *Service }

// lateAnswer is how long to wait for WWE's answer to a subscription request: a
// grant that nobody waits for any more must still be unsubscribed.
const lateAnswer = time.Minute

func (l line) Subscribe(topic string, answered func(id string, err error)) {
	request := subscribing + topic
	ref, err := l.s.calls.Begin(context.Background(), max(lateAnswer, l.s.timeout), nil, func(reply wire.Reply, err error) {
		err = l.s.outcome(context.Background(), request, reply, err).Err
		if reply.Failed && reply.Grants() {
			err = nil
		}
		answered(reply.SubscriptionID, err)
	})
	if err != nil {
		answered("", &callError{request, err})
		return
	}
	l.s.calls.Outlive(ref)
	if !l.s.calls.Sent(ref) {
		return // the Service was closed in the meantime
	}
	if err := l.s.transport.Subscribe(ref, topic); err != nil {
		l.s.calls.End(ref, err)
	}
}

func (l line) IsRefusal(err error) bool {
	_, refused := errors.AsType[*RequestError](err)
	return refused
}

func (l line) Unsubscribe(id string) {
	// Nothing shows whether WWE has handled the request. If another event
	// arrives, it has no reader.
	_ = l.s.transport.Unsubscribe(l.s.calls.Untracked(), id)
}

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
// API, with a field for each of its namespaces. Its methods may be used from
// any number of goroutines. A page may have several Services.
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
	pacer     pacer                                     // nil for none
	forbids   atomic.Pointer[func(request string) bool] // what WWE has said of that; nil for nothing
	doubts    doubts

	mu     sync.Mutex
	guards []*func() // each ends one; a func, so that only programs with a guard have its code
}

// Connect connects to WWE:
//   - with WithOrigin, by speaking WWE's protocol itself to the window that
//     embeds or opened this page (ErrNotEmbedded if there is none);
//   - else by the client object genesys.wwe.service, if Genesys' client file
//     has put it on the page;
//   - else not: ErrNoClient.
//
// It asks WWE nothing and returns at once, so that WWE is there and accepts
// this page shows in the first call only. The context counts for connecting,
// not for the Service's life.
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
		open := transport.FromContext(ctx) // of wwetest
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

// Close ends the connection. Every call in flight ends with ErrClosed, and so
// does every later one; subscriptions and workspaces end too, and are
// unsubscribed at WWE. A subscription that WWE has yet to grant is unsubscribed
// when the grant comes, if that is within a minute: within ten seconds if WWE has
// answered later calls, and over Genesys' client object, which drops later
// answers. It stays at WWE until the page goes if WWE takes longer, or if its
// answer is lost. Close may be called from anywhere, any number of times. It does
// not wait for WWE, and returns nil.
func (s *Service) Close() error {
	s.mu.Lock()
	guards := s.guards
	s.guards = nil
	s.mu.Unlock()
	for _, end := range guards { // which take back their blocks, as long as WWE can be told
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

// sink takes what the transport brings.
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
	k.s.forbids.Store(nil) // WWE reads its options anew
	if k.s.pacer != nil {
		k.s.pacer.restarted()
	}
	k.s.hub.Renew()
}

func (k sink) Quiet() { k.s.hub.Check() }

// silence is what happens when WWE does not answer a call. It may ignore just
// that one, so the subscriptions are checked quietly, which shows whether it
// answers anything and whether it still knows them. Only if it does not answer
// that either do readers learn that they may miss events.
type silence struct{ s *Service }

func (k silence) Began() {
	k.s.doubts.tell("")
	k.s.hub.Check()
}
func (k silence) Ended() {
	k.s.doubts.tellBack()
	k.s.hub.Heard()
}

// subscribing and a topic is what errors call the attempt to subscribe.
const subscribing = "subscribe "

// line is how subscriptions reach WWE.
type line struct{ s *Service }

// lateAnswer is how long an answer of WWE still counts: a subscription that it
// grants to nobody must be taken back.
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
		return // closed meanwhile
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
	// Whether WWE has taken note of it nobody can tell; an event that still
	// comes finds no reader.
	_ = l.s.transport.Unsubscribe(l.s.calls.Untracked(), id)
}

package wwe

import (
	"context"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/transport"
)

const defaultTimeout = 8 * time.Second

// Service is a connection to WWE: genesys.wwe.service of the Service Client
// API, with a field for each of its namespaces. Its methods may be used from
// any number of goroutines. A page may have several Services.
type Service struct {
	// Interaction is genesys.wwe.service.interaction.
	Interaction InteractionNamespace

	calls     *calls.InFlight
	transport transport.Transport
	timeout   time.Duration
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
	o := options{timeout: defaultTimeout}
	for _, option := range opts {
		option(&o)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	s := &Service{calls: calls.New(), timeout: o.timeout}
	err := o.check()
	if err == nil {
		s.transport, err = o.transport()(s.calls)
	}
	if err != nil {
		return nil, &callError{"Connect", err}
	}
	s.Interaction = InteractionNamespace{s}
	return s, nil
}

// Close ends the connection. Every call in flight ends with ErrClosed, and so
// does every later one. WWE is told nothing, as its protocol has no word for
// it. Close may be called from anywhere, any number of times; it returns nil.
func (s *Service) Close() error {
	if s.calls.Close() {
		s.transport.Close()
	}
	return nil
}

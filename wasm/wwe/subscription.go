package wwe

import (
	"context"
	"slices"
	"sync/atomic"

	"wwebridge/internal/calls"
	"wwebridge/internal/subscriptions"
	"wwebridge/internal/wire"
)

// Subscription gives the events of the topics that it was made for.
type Subscription struct {
	s     *Service
	queue *subscriptions.Queue[Event]
}

// Subscribe subscribes to the topics, and returns once WWE has granted all of
// them. WWE's refusal, unless it says that the topic is subscribed already, its
// silence and the end of ctx are errors. Events count from the call of Subscribe
// on; the context does not count after it returns.
//
// Any number of subscriptions of this Service to one topic share one at WWE.
func (s *Service) Subscribe(ctx context.Context, topics ...Topic) (*Subscription, error) {
	names, err := topicNames(topics)
	if err != nil {
		return nil, err
	}
	sub := &Subscription{s, subscriptions.NewQueue(s.buffer, func(dropped int) Event { return Overflow{dropped} })}
	if err := s.subscribe(ctx, names, sub.queue, nil); err != nil {
		sub.queue.Close(err)
		return nil, err
	}
	return sub, nil
}

func topicNames(topics []Topic) ([]string, error) {
	if len(topics) == 0 {
		return nil, &ArgumentError{"subscribe", "topics", "there must be one at least"}
	}
	var names []string
	for _, topic := range topics {
		if topic == "" {
			return nil, &ArgumentError{"subscribe", "topics", "must not be empty"}
		}
		if name := string(topic); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// subscribe waits for WWE's answer. Asked, which may be nil, is called before
// that, and not at all where ctx has ended already.
func (s *Service) subscribe(ctx context.Context, names []string, reader subscriptions.Reader[Event], asked func()) error {
	const request = "subscribe"
	if err := calls.Expired(ctx); err != nil {
		return s.failure(ctx, request, err)
	}
	answer := make(chan error, 1)
	ref, err := s.calls.Begin(ctx, s.timeout, nil, func(_ wire.Reply, err error) { answer <- err })
	if err != nil {
		return s.failure(ctx, request, err)
	}
	s.calls.Shares(ref)
	var granted atomic.Int32
	s.hub.Subscribe(names, reader, func(err error) {
		switch {
		case err != nil:
			s.calls.End(ref, refusal{err})
		case int(granted.Add(1)) == len(names):
			s.calls.End(ref, nil)
		}
	})
	if asked != nil {
		asked()
	}
	if err = <-answer; err == nil {
		return nil
	}
	s.hub.Remove(reader)
	if refused, ok := err.(refusal); ok {
		return refused.error
	}
	return s.failure(ctx, request, err)
}

// refusal is an error of the Hub, which names the topic already.
type refusal struct{ error }

// Events gives the events in WWE's order. A reader that is slower than WWE
// finds the last ones (see WithBuffer) and before them an Overflow. The
// channel is closed by Close, and if WWE takes the subscription away: see Err.
func (sub *Subscription) Events() <-chan Event { return sub.queue.Events() }

// Err returns why Events was closed: ErrClosed if Close of the Service has closed
// it, or WWE's refusal to go on after it started anew, once it has refused for
// half a minute. (That it has subscribed the topic already is no refusal.) It
// returns nil before that, and if Close of the Subscription has closed it.
func (sub *Subscription) Err() error { return sub.queue.Err() }

// Close ends the subscription and closes the channel of Events. What was not
// read is gone. It may be called from anywhere, from inside a loop over Events
// too, any number of times; it returns nil.
func (sub *Subscription) Close() error {
	sub.queue.Close(nil)
	sub.s.hub.Remove(sub.queue)
	return nil
}

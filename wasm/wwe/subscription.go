package wwe

import (
	"context"
	"slices"
	"sync/atomic"

	"wwebridge/internal/calls"
	"wwebridge/internal/subscriptions"
	"wwebridge/internal/wire"
)

// Subscription receives the events of its topics.
type Subscription struct {
	s     *Service
	queue *subscriptions.Queue[Event]
}

// Subscribe subscribes to the topics, and returns once WWE has granted all of
// them. It returns an error if WWE refuses or does not answer, or if ctx ends.
// A refusal because the topic is already subscribed counts as a grant. The
// Subscription receives events from the call of Subscribe on. ctx has no effect
// after Subscribe returns.
//
// All subscriptions of this Service to one topic share one subscription at WWE.
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

// subscribe subscribes and waits for WWE's answer. It calls asked, which may be
// nil, once it has requested the topics, but not if ctx has already ended.
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

// refusal is an error of the Hub, which already names the topic.
type refusal struct{ error }

// Events returns the channel of events, in WWE's order. A reader slower than
// WWE receives an Overflow, followed by the latest events (see WithBuffer).
// Close closes the channel. It is also closed if WWE ends the subscription: see
// Err.
func (sub *Subscription) Events() <-chan Event { return sub.queue.Events() }

// Err returns the reason why Events was closed. It is ErrClosed after Close of
// the Service. It is WWE's refusal if WWE restarted and then refused the
// subscription for half a minute. (A refusal because the topic is already
// subscribed does not count.) Err returns nil before the channel is closed, and
// after Close of the Subscription.
func (sub *Subscription) Err() error { return sub.queue.Err() }

// Close ends the subscription and closes the channel of Events. Unread events
// are dropped. Close may be called from anywhere, even inside a loop over
// Events, any number of times. It returns nil.
func (sub *Subscription) Close() error {
	sub.queue.Close(nil)
	sub.s.hub.Remove(sub.queue)
	return nil
}

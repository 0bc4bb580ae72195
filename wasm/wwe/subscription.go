package wwe

import (
	"context"
	"errors"
	"slices"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/subscriptions"
)

// Subscription gives the events of the topics that it was made for.
type Subscription struct {
	s     *Service
	queue *subscriptions.Queue[Event]
}

// Subscribe subscribes to the topics, and returns once WWE has granted all of
// them. WWE's refusal, its silence and the end of ctx are errors. Events count
// from the call of Subscribe on; the context does not count after it returns.
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
	began := time.Now()
	if ctx.Err() != nil {
		return ended(ctx, began)
	}
	var late <-chan time.Time
	if _, has := ctx.Deadline(); !has {
		timer := time.NewTimer(s.timeout)
		defer timer.Stop()
		late = timer.C
	}
	err := s.hub.Subscribe(ctx, late, names, reader, asked)
	switch {
	case err == subscriptions.ErrLate:
		return &callError{"subscribe", calls.TimedOut(time.Since(began))}
	case err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return ended(ctx, began)
	}
	return err
}

// ended is the error of a subscription whose context has ended.
func ended(ctx context.Context, began time.Time) error {
	err := calls.ContextError(ctx, time.Since(began))
	if errors.Is(err, ErrTimeout) {
		return &callError{"subscribe", err}
	}
	return err
}

// Events gives the events in WWE's order. A reader that is slower than WWE
// finds the last ones (see WithBuffer) and before them an Overflow. The
// channel is closed by Close, and if WWE takes the subscription away: see Err.
func (sub *Subscription) Events() <-chan Event { return sub.queue.Events() }

// Err tells why Events was closed: ErrClosed after Close of the Subscription
// or of the Service, else WWE's refusal to go on after it was silent or started
// anew. It is nil before that.
func (sub *Subscription) Err() error { return sub.queue.Err() }

// Close ends the subscription and closes the channel of Events. What was not
// read is gone. It may be called from anywhere, from inside a loop over Events
// too, any number of times; it returns nil.
func (sub *Subscription) Close() error {
	sub.queue.Close(ErrClosed)
	sub.s.hub.Remove(sub.queue)
	return nil
}

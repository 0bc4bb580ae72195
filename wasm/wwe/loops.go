package wwe

import (
	"context"
	"iter"
	"slices"
	"time"
)

// Follow returns an endless sequence of the agent's interactions: as they are
// now, and again after every change. A slow loop body skips what has changed
// again meanwhile. The interactions are the caller's own.
//
//	for interactions, err := range svc.Follow(ctx) {
//		if err != nil {
//			return err // the last iteration
//		}
//		show(interactions)
//	}
//
// Each loop has a mirror of its own, see Watch, and ends it however the loop is
// left. If the sequence itself ends, it yields an error once, last, with no
// interactions: that of Watch; the cause of ctx, once ctx has ended; ErrClosed;
// or WWE's refusal, see Workspace.Err. So a loop that must tell the end of ctx
// from a failure looks at ctx.Err().
//
// A deadline of ctx is that of the loop: WithTimeout applies to WWE's first
// answers all the same. While WWE is silent the sequence pauses. A panel that
// shows the agent that its interactions may be out of date needs Watch, for
// Workspace.Stale.
func (s *Service) Follow(ctx context.Context) iter.Seq2[[]Interaction, error] {
	return func(yield func([]Interaction, error) bool) {
		w, err := s.Watch(loop{ctx})
		if err != nil {
			yield(nil, err)
			return
		}
		defer w.Close()
		var shown []*Interaction // nil at first
		for {
			changed := w.Changed()
			if err := ended(ctx, w.Err); err != nil {
				yield(nil, err)
				return
			}
			if now := w.View(); shown == nil || !slices.Equal(now, shown) {
				shown = now
				if !yield(clones(now), nil) {
					return
				}
			}
			select {
			case <-changed:
			case <-ctx.Done():
			}
		}
	}
}

// Events returns an endless sequence of the events of the topics, in WWE's
// order, from the moment that the loop begins. A body that is slower than WWE
// gets the last ones (see WithBuffer) and before them an Overflow.
//
//	for event, err := range svc.Events(ctx, wwe.TopicInteraction, wwe.TopicAgent) {
//		if err != nil {
//			return err // the last iteration
//		}
//		…
//	}
//
// The loop subscribes when it begins, as Subscribe does, and unsubscribes
// however it is left. If the sequence itself ends, it yields an error once, last,
// with no event: that of Subscribe; the cause of ctx, once ctx has ended;
// ErrClosed; or WWE's refusal, see Subscription.Err. A deadline of ctx is that of
// the loop: WithTimeout applies to WWE's first answers all the same.
func (s *Service) Events(ctx context.Context, topics ...Topic) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		sub, err := s.Subscribe(loop{ctx}, topics...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer sub.Close()
		for {
			var event Event // nil if there are no more
			select {
			case event = <-sub.Events():
			case <-ctx.Done():
			}
			if err := ended(ctx, sub.Err); err != nil {
				yield(nil, err)
				return
			}
			if !yield(event, nil) {
				return
			}
		}
	}
}

// ended returns why a loop is over, nil if it is not.
func ended(ctx context.Context, why func() error) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return why()
}

// loop is the context of a loop, for what must be answered before it begins:
// how long that may take is not the loop's deadline.
type loop struct{ context.Context }

// Deadline implements context.Context.
func (loop) Deadline() (deadline time.Time, has bool) { return time.Time{}, false }

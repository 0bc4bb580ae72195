package wwe

import (
	"context"
	"iter"
	"slices"
	"time"
)

// Follow returns an endless sequence of the agent's interactions: the current
// ones first, and then again after every change. If the loop body is slow, the
// sequence skips intermediate changes. The caller may modify the interactions.
//
//	for interactions, err := range svc.Follow(ctx) {
//		if err != nil {
//			return err // the last iteration
//		}
//		show(interactions)
//	}
//
// Each loop has its own mirror, see Watch, and closes it when the loop is left
// in any way. If the sequence itself ends, it yields one error, last, without
// interactions:
//   - the error of Watch
//   - the cause of ctx, once ctx has ended
//   - ErrClosed, or WWE's refusal: see Workspace.Err
//
// To distinguish the end of ctx from a failure, check ctx.Err().
//
// A deadline of ctx limits the whole loop; WithTimeout still applies to WWE's
// first answers. While WWE is silent, the sequence pauses. To show the agent
// that interactions may be out of date, use Watch and Workspace.Stale.
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
// order, from the start of the loop. If the body is slower than WWE, it gets an
// Overflow, followed by the latest events (see WithBuffer).
//
//	for event, err := range svc.Events(ctx, wwe.TopicInteraction, wwe.TopicAgent) {
//		if err != nil {
//			return err // the last iteration
//		}
//		…
//	}
//
// The loop subscribes when it begins, as Subscribe does, and unsubscribes when
// it is left in any way. If the sequence itself ends, it yields one error,
// last, without an event:
//   - the error of Subscribe
//   - the cause of ctx, once ctx has ended
//   - ErrClosed, or WWE's refusal: see Subscription.Err
//
// A deadline of ctx limits the whole loop; WithTimeout still applies to WWE's
// first answers.
func (s *Service) Events(ctx context.Context, topics ...Topic) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		sub, err := s.Subscribe(loop{ctx}, topics...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer sub.Close()
		for {
			var event Event // nil after the last one
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

// ended returns the reason if the loop has ended, and nil otherwise.
func ended(ctx context.Context, why func() error) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return why()
}

// loop hides the deadline of a loop's context. That deadline limits the whole
// loop, not WWE's answers before its first iteration.
type loop struct{ context.Context }

// Deadline implements context.Context.
func (loop) Deadline() (deadline time.Time, has bool) { return time.Time{}, false }

package wwe

import (
	"context"
	"math/rand/v2"
	"sync"
)

// Workspace is a live mirror of the agent's interactions: what WWE holds,
// kept current by WWE's events.
//
// What it shows of an interaction is always something that WWE held, and never
// older than what it showed before, as long as events come in order. Events may
// be lost or repeated, and WWE's documentation of them is incomplete. So
// whenever one does not follow from what is known, or an interaction may be
// gone, Workspace fetches a snapshot of all interactions. It discards what a
// snapshot says of an interaction that an event has changed meanwhile, and
// fetches another. See Watch for events that come late. An interaction with
// another CaseID and InteractionUUID is another one, even with the same id.
type Workspace struct {
	s      *Service
	seed   digest
	kick   chan struct{} // capacity 1: fetch a snapshot
	unsure chan struct{} // capacity 1: an event has come that a snapshot must verify some time
	lost   chan struct{} // capacity 1: the snapshot under way may never come
	back   chan struct{} // capacity 1: WWE is there again, do not wait to fetch one
	done   chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed with the next change; nil if nobody waits for it
	known   interactions
	asked   uint64 // number of the snapshot asked for last
	alive   uint64 // of the one under way when the last event came
	delays  uint   // snapshots that did not come although events did, since the last silence
	void    uint64 // snapshots up to this number say nothing of the present WWE
	doubted bool   // another snapshot is needed, for what came since that one was asked for
	urgent  bool   // the one under way is needed, or one before it that failed was
	news    bool   // the last snapshot has changed something
	refused uint64 // the snapshot that shows whether WWE has refused a request because events are missing; 0 is none
	anew    bool   // WWE has begun anew, and no snapshot has come since
	stale   error  // of the last snapshot, nil if it came
	deaf    bool   // events may not come
	closed  bool
	err     error
}

// Watch subscribes to the interactions, fetches them, and returns the live
// mirror. It returns an error if WWE refuses, or does not answer before ctx
// ends. Interactions that cannot be read are not an error of Watch: see Stale.
// Without a deadline in ctx, WithTimeout applies to both answers together. The
// context does not count after Watch returns.
//
// The mirror shows an event at once if it follows from what is shown. Otherwise
// it fetches a snapshot at once, and shows that. An event that follows may be
// old all the same, if another event has overtaken it. So a snapshot verifies
// what events have changed: 3 seconds after the first change, but not sooner
// than 30 seconds after the last time. While WWE answers, something out of date
// is therefore corrected within 3 seconds after a rest and within 30 seconds in
// a busy shift, plus the time of WWE's answer and the time for which
// WithRateLimit keeps the snapshot back. An interaction that another event
// changes meanwhile waits for the next time. Verifying takes at most two
// requests a minute; a mirror that gets no events sends none. What no event
// tells of shows with the next snapshot.
func (s *Service) Watch(ctx context.Context) (*Workspace, error) {
	w := &Workspace{
		s:      s,
		seed:   digest(rand.Uint64()),
		kick:   make(chan struct{}, 1),
		unsure: make(chan struct{}, 1),
		lost:   make(chan struct{}, 1),
		back:   make(chan struct{}, 1),
		done:   make(chan struct{}),
		known:  interactions{byID: map[string]*known{}},
	}
	const topic = string(TopicInteraction)
	// WWE answers in the order of requests. Should the snapshot come before the
	// subscription, an event may have passed between the two.
	var answer <-chan snapshot
	err := s.subscribe(ctx, []string{topic}, mirror{w}, func() {
		answer = w.ask(ctx, func() {
			if !s.hub.IsLive(topic) {
				w.doubt("")
			}
		})
	})
	if err == nil {
		err = w.take(answer)
	}
	if err == errLost {
		err = w.fetch(ctx)
	}
	if err != nil && !isOdd(err) {
		w.end(err)
		return nil, err
	}
	if !isUsable(err) {
		w.doubt("")
	}
	s.doubts.watch(mirror{w}, true)
	go w.follow()
	return w, nil
}

// Interactions returns the interactions as they are now, in the order in which
// they were first seen. The copies are the caller's own.
func (w *Workspace) Interactions() []Interaction { return clones(w.View()) }

func clones(interactions []*Interaction) []Interaction {
	all := make([]Interaction, len(interactions))
	for n, i := range interactions {
		all[n] = i.Clone()
	}
	return all
}

// View returns what Interactions returns, without copying it: the caller must
// not change the interactions. Between two calls an interaction that has not
// changed keeps its pointer, so that comparing pointers finds the changes.
func (w *Workspace) View() []*Interaction {
	w.mu.Lock()
	all := w.known.shown()
	w.mu.Unlock()
	return all
}

// Interaction returns the interaction with this id as it is now, if WWE holds
// one. The copy is the caller's own.
func (w *Workspace) Interaction(interactionID string) (Interaction, bool) {
	w.mu.Lock()
	k := w.known.byID[interactionID]
	if k == nil || k.gone() {
		w.mu.Unlock()
		return Interaction{}, false
	}
	i := k.shown
	w.mu.Unlock()
	return i.Clone(), true
}

// errDeaf is why a mirror is stale that gets snapshots only.
var errDeaf = newError(CategoryConnection, "wwe: WWE was silent or started anew, and has not granted the subscription again yet")

// Stale returns nil while the mirror is current, as far as Watch promises.
// Otherwise it returns why it may not be: the last snapshot failed, for example
// because WWE did not answer, or WWE has not granted the subscription again
// since it was silent. The mirror then fetches a snapshot from time to time.
// Changed signals when Stale changes.
//
// A *DataError means that WWE answers and the mirror is live, but lacks
// interactions that WWE sent in a form that cannot be read: the one that the
// error names and maybe others. If WWE's whole answer is unreadable, the mirror
// has only the interactions that events have told of.
func (w *Workspace) Stale() error {
	w.mu.Lock()
	stale := w.stale
	if stale == nil && w.deaf {
		stale = errDeaf
	}
	w.mu.Unlock()
	return stale
}

// Changed returns a channel that is closed with the next change, and with the
// end of the mirror: see Err. Any number of goroutines may wait, each for itself.
// To miss no change, call Changed before reading the mirror:
//
//	for workspace.Err() == nil {
//		changed := workspace.Changed()
//		show(workspace.Interactions())
//		<-changed
//	}
func (w *Workspace) Changed() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return w.done
	}
	if w.changed == nil {
		w.changed = make(chan struct{})
	}
	return w.changed
}

// Err returns nil while the mirror is live. After its end it returns ErrClosed
// if Close of the Workspace or the Service was called, or else WWE's refusal,
// as Subscription.Err does.
func (w *Workspace) Err() error {
	w.mu.Lock()
	err := w.err
	w.mu.Unlock()
	return err
}

// Close ends the mirror. What it holds stays readable. Close may be called from
// anywhere, any number of times; it returns nil.
func (w *Workspace) Close() error {
	w.end(ErrClosed)
	return nil
}

func (w *Workspace) end(err error) {
	w.s.hub.Remove(mirror{w})
	mirror{w}.Close(err)
}

// signal reports a change. The Workspace is locked.
func (w *Workspace) signal() {
	if w.changed != nil {
		close(w.changed)
		w.changed = nil
	}
}

// wake sends on a channel of capacity 1, unless a signal waits there already.
//
//go:noinline
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

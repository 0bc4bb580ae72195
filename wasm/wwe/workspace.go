package wwe

import (
	"context"
	"math/rand/v2"
	"sync"
)

// Workspace is a live mirror of the agent's interactions in WWE, updated by
// WWE's events.
//
// It shows each interaction in a version that WWE has actually had. As long as
// events arrive in order, it never returns to an older version. Events may be
// lost or repeated, and WWE's documentation of them is incomplete. So Workspace
// fetches a snapshot of all interactions if an event does not follow from the
// version shown, or if an interaction may be gone. If an event changes an
// interaction while the snapshot is being fetched, Workspace discards the
// snapshot's version of it and fetches another snapshot. For late events, see
// Watch.
//
// An interaction whose CaseID and InteractionUUID both differ is a different
// one, even if it has the same id.
type Workspace struct {
	s      *Service
	seed   digest
	kick   chan struct{} // capacity 1: fetch a snapshot
	unsure chan struct{} // capacity 1: an event has arrived that a snapshot must verify later
	lost   chan struct{} // capacity 1: the pending snapshot may never arrive
	back   chan struct{} // capacity 1: WWE is back, so fetch a snapshot without a pause
	done   chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed by the next change; nil if nobody waits for it
	known   interactions
	asked   uint64 // number of the latest snapshot requested
	alive   uint64 // number of the latest snapshot requested before the last event
	delays  uint   // snapshots that timed out although events arrived, since the last silence
	void    uint64 // snapshots up to this number may be from before a restart of WWE
	doubted bool   // another snapshot is needed after the one requested last
	urgent  bool   // the pending snapshot is needed, or a failed one before it was
	news    bool   // the last snapshot changed the mirror
	refused uint64 // snapshot that shows whether WWE refused a request because of missed events; 0 for none
	anew    bool   // WWE may have restarted, and no snapshot has arrived since
	stale   error  // error of the last snapshot
	deaf    bool   // events may be missing
	closed  bool
	err     error
}

// Watch subscribes to interactions, fetches them, and returns a live mirror of
// them. It returns an error if WWE refuses, or does not answer before ctx ends.
// If ctx has no deadline, WithTimeout applies to both answers together. ctx has
// no effect after Watch returns. An interaction that cannot be read does not
// make Watch fail: see Workspace.Stale.
//
// The mirror shows an event at once if it follows from the version shown.
// Otherwise, it fetches a snapshot at once and shows that. An event may seem to
// follow although another event has overtaken it. So the mirror later verifies
// the changes made by events with a snapshot: 3 seconds after the first change,
// but at most every 30 seconds.
//
// While WWE answers, outdated data is therefore corrected within 3 seconds
// after a quiet period, and within 30 seconds in a busy shift. The response
// time of WWE and any delay by WithRateLimit come on top. If an event changes
// an interaction during verification, it is verified the next time. Changes
// that no event reports appear with the next snapshot.
//
// Verification takes at most two requests a minute. A mirror that receives no
// events sends no requests.
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
	// WWE answers requests in order. If the snapshot arrives before the
	// subscription is granted, an event between the two may have been missed.
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

// Interactions returns the current interactions, in the order in which they
// first appeared. The caller may modify these copies.
func (w *Workspace) Interactions() []Interaction { return clones(w.View()) }

func clones(interactions []*Interaction) []Interaction {
	all := make([]Interaction, len(interactions))
	for n, i := range interactions {
		all[n] = i.Clone()
	}
	return all
}

// View returns the same as Interactions without copying: the caller must not
// modify the interactions. An interaction that has not changed between two
// calls has the same pointer, so comparing pointers finds the changes.
func (w *Workspace) View() []*Interaction {
	w.mu.Lock()
	all := w.known.shown()
	w.mu.Unlock()
	return all
}

// Interaction returns the current version of the interaction with this id, and
// whether WWE has one. The caller may modify the copy.
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

// errDeaf is the reason for Stale while the mirror receives snapshots only.
var errDeaf = newError(CategoryConnection, "wwe: WWE was silent or started anew, and has not granted the subscription again yet")

// Stale returns nil while the mirror is current, within the limits described at
// Watch. Otherwise, it returns the reason why the mirror may be out of date.
// Either the last snapshot failed, for example because WWE did not answer, or
// WWE has not granted the subscription again since it was silent. The mirror
// then fetches a snapshot from time to time. Changed also signals changes of
// Stale.
//
// A *DataError means that WWE answers and the mirror is live, but lacks
// interactions that WWE sent in an unreadable form: the one that the error
// names, and maybe others. If WWE's whole answer is unreadable, the mirror has
// only interactions from events.
func (w *Workspace) Stale() error {
	w.mu.Lock()
	stale := w.stale
	if stale == nil && w.deaf {
		stale = errDeaf
	}
	w.mu.Unlock()
	return stale
}

// Changed returns a channel that is closed by the next change, and by the end
// of the mirror: see Err. Any number of goroutines may wait for it. To miss no
// change, call Changed before reading the mirror:
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

// Err returns nil while the mirror is live. After its end, it returns ErrClosed
// if the Workspace or the Service was closed, or WWE's refusal, as
// Subscription.Err does.
func (w *Workspace) Err() error {
	w.mu.Lock()
	err := w.err
	w.mu.Unlock()
	return err
}

// Close ends the mirror. Its interactions remain readable. Close may be called
// from anywhere, any number of times. It returns nil.
func (w *Workspace) Close() error {
	w.end(ErrClosed)
	return nil
}

func (w *Workspace) end(err error) {
	w.s.hub.Remove(mirror{w})
	mirror{w}.Close(err)
}

// signal signals a change. The caller holds mu.
func (w *Workspace) signal() {
	if w.changed != nil {
		close(w.changed)
		w.changed = nil
	}
}

// wake sends on a channel of capacity 1, unless it already holds a signal.
//
//go:noinline
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

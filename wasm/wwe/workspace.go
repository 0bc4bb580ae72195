package wwe

import (
	"context"
	"slices"
	"sync"
	"time"

	"wwebridge/internal/blame"
	"wwebridge/internal/jsontext"
)

// Workspace is a live mirror of the agent's interactions: what WWE holds,
// kept current by WWE's events.
//
// It does not trust events alone, of which WWE's documentation is incomplete:
// whenever one tells that an interaction may be gone, or events may have been
// missed, it reads all the interactions again. And it does not trust a reading
// during which events came, whose order is not known: it reads once more.
type Workspace struct {
	s       *Service
	changed chan struct{} // capacity 1
	kick    chan struct{} // capacity 1: read again
	done    chan struct{}

	mu           sync.Mutex
	interactions []Interaction // by when first seen
	touched      bool          // an event came since the reading began, or may have
	lost         bool          // events may have been missed at some time
	stale        error         // of the last reading, nil if it succeeded; a *DataError if it could not be read whole
	deaf         bool          // events may not come
	closed       bool
	err          error
}

// Watch subscribes to the interactions, reads them, and returns the live
// mirror. WWE's refusal, its silence and the end of ctx are errors, but not
// interactions that cannot be read: see Stale. The context does not count after
// Watch returns. Where it has no deadline, WithTimeout is
// for both answers together, as both are asked for at once.
func (s *Service) Watch(ctx context.Context) (*Workspace, error) {
	w := &Workspace{
		s:       s,
		changed: make(chan struct{}, 1),
		kick:    make(chan struct{}, 1),
		done:    make(chan struct{}),
	}
	const topic = string(TopicInteraction)
	// WWE answers in the order of requests. Should it answer the reading before
	// the subscription, an event may have passed between the two.
	var answer <-chan error
	err := s.subscribe(ctx, []string{topic}, mirror{w}, func() {
		answer = w.ask(ctx, func() {
			if !s.hub.IsLive(topic) {
				w.touch()
			}
		})
	})
	switch {
	case err != nil:
	case w.hasLost(): // WWE began anew meanwhile, and with it the subscription, but not the reading
		err = w.read(ctx)
	default:
		err = w.wait(answer)
	}
	if err != nil && !isOdd(err) {
		w.end(err)
		return nil, err
	}
	w.mu.Lock()
	if w.touched || !isUsable(err) {
		w.readAgain()
	}
	w.mu.Unlock()
	s.onSilence.add(w.kick)
	go w.follow()
	return w, nil
}

// Interactions returns the interactions as they are now, in the order in which
// they were first seen. The copies are the caller's own.
func (w *Workspace) Interactions() []Interaction {
	w.mu.Lock()
	all := make([]Interaction, len(w.interactions))
	for n, i := range w.interactions {
		all[n] = i.Clone()
	}
	w.mu.Unlock()
	return all
}

// Interaction returns the interaction with this id as it is now, if WWE holds one.
func (w *Workspace) Interaction(interactionID string) (Interaction, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.index(interactionID); n >= 0 {
		return w.interactions[n].Clone(), true
	}
	return Interaction{}, false
}

// errDeaf is why a mirror is stale that only reads.
var errDeaf = blame.New(CategoryConnection, "wwe: WWE was silent or started anew, and has not granted the subscription again yet")

// Stale tells why the mirror may not be current: the last reading failed, by
// WWE's silence for one, or WWE has not granted the subscription again after
// it was silent; then the mirror is read again from time to time. It is nil
// else. Changed signals when it changes.
//
// A *DataError means that WWE answers and the mirror is live, but lacks
// interactions that WWE sent in a form that cannot be read: the one that the
// error names and maybe others, or, if WWE's whole answer is unreadable, all
// that no event has told of.
func (w *Workspace) Stale() error {
	w.mu.Lock()
	stale := w.stale
	if w.deaf && (stale == nil || isOdd(stale)) {
		stale = errDeaf
	}
	w.mu.Unlock()
	return stale
}

// Changed gives a signal after every change, one for any number of changes
// since the last. It is closed by Close, and if WWE takes the subscription
// away: see Err.
func (w *Workspace) Changed() <-chan struct{} { return w.changed }

// Err tells why Changed was closed, as Subscription.Err does.
func (w *Workspace) Err() error {
	w.mu.Lock()
	err := w.err
	w.mu.Unlock()
	return err
}

// Close ends the mirror; what it has stays readable. It may be called from
// anywhere, any number of times; it returns nil.
func (w *Workspace) Close() error {
	w.end(ErrClosed)
	return nil
}

func (w *Workspace) end(err error) {
	w.s.onSilence.remove(w.kick)
	w.s.hub.Remove(mirror{w})
	mirror{w}.Close(err)
}

// follow reads again whenever that is asked for, until Close.
func (w *Workspace) follow() {
	var check <-chan time.Time // while deaf
	for {
		select {
		case <-w.kick:
		case <-check:
		case <-w.done:
			return
		}
		w.readUntilCurrent()
		check = nil
		if w.isDeaf() {
			check = time.After(deafPause)
		}
	}
}

// How long to wait before reading again: while events are missing; after a
// reading that events overtook, or that failed, at first and at most.
const (
	deafPause  = 10 * time.Second
	firstPause = 100 * time.Millisecond
	busyPause  = 5 * time.Second
	lastPause  = 30 * time.Second
)

// readUntilCurrent reads until WWE has answered and no event came meanwhile,
// as nobody knows which of them an answer contains.
func (w *Workspace) readUntilCurrent() {
	for pause := firstPause; ; pause *= 2 {
		err := w.read(context.Background())
		w.mu.Lock()
		current := isUsable(err) && !w.touched
		w.mu.Unlock()
		if current {
			return
		}
		limit := lastPause
		if isUsable(err) {
			limit = busyPause
		}
		pause = min(pause, limit)
		select {
		case <-time.After(pause):
		case <-w.done:
			return
		}
	}
}

func (w *Workspace) isDeaf() bool {
	w.mu.Lock()
	deaf := w.deaf
	w.mu.Unlock()
	return deaf
}

// read makes the mirror equal to what WWE holds.
func (w *Workspace) read(ctx context.Context) error { return w.wait(w.ask(ctx, func() {})) }

// ask begins a reading. The answer is taken where it arrives, so that it keeps
// its place among the events; answered is called there.
func (w *Workspace) ask(ctx context.Context, answered func()) <-chan error {
	const request = "interaction.getInteractions"
	w.mu.Lock()
	w.touched = false
	w.mu.Unlock()
	done := make(chan error, 1)
	var interactions []Interaction
	read := func(r *jsontext.Reader) { interactions = readInteractions(r) }
	w.s.question(ctx, request, nil, read, func(err error) {
		answered()
		if isUsable(err) {
			w.replace(interactions)
		}
		done <- err
	})
	return done
}

// wait ends a reading.
func (w *Workspace) wait(answer <-chan error) error {
	var err error
	select {
	case err = <-answer:
	case <-w.done:
		return ErrClosed
	}
	w.mu.Lock()
	if err != nil || w.stale != nil {
		w.tell()
	}
	w.stale = err
	w.mu.Unlock()
	return err
}

func (w *Workspace) touch() {
	w.mu.Lock()
	w.touched = true
	w.mu.Unlock()
}

func (w *Workspace) hasLost() bool {
	w.mu.Lock()
	lost := w.lost
	w.mu.Unlock()
	return lost
}

// readAgain wakes follow. The Workspace is locked.
func (w *Workspace) readAgain() {
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// replace takes over what WWE holds: what is known keeps its place, what is
// new comes after it in WWE's order, what is gone goes.
func (w *Workspace) replace(now []Interaction) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	held := make(map[string]bool, len(now))
	for _, i := range now {
		held[i.InteractionID] = true
	}
	w.remove(func(i Interaction) bool { return !held[i.InteractionID] })
	for _, i := range now {
		w.put(i)
	}
}

// put adds an interaction or changes it in its place. The Workspace is locked.
func (w *Workspace) put(i Interaction) {
	n := w.index(i.InteractionID)
	switch {
	case n < 0:
		w.interactions = append(w.interactions, i)
	case equal(w.interactions[n], i):
		return
	default:
		w.interactions[n] = i
	}
	w.tell()
}

// remove takes the interactions away that are gone. The Workspace is locked.
func (w *Workspace) remove(gone func(Interaction) bool) {
	before := len(w.interactions)
	w.interactions = slices.DeleteFunc(w.interactions, gone)
	if len(w.interactions) < before {
		w.tell()
	}
}

func (w *Workspace) index(interactionID string) int {
	return slices.IndexFunc(w.interactions, func(i Interaction) bool { return i.InteractionID == interactionID })
}

// tell signals a change. The Workspace is locked, so that it cannot be closed meanwhile.
func (w *Workspace) tell() {
	if w.closed {
		return
	}
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

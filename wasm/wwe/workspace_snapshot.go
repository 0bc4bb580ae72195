package wwe

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/internal/jsontext"
)

// How long to wait before fetching a snapshot: while events are missing; after
// a snapshot that does not suffice or has failed, at first and at most.
const (
	deafPause  = 10 * time.Second
	firstPause = 100 * time.Millisecond
	busyPause  = 5 * time.Second
	lastPause  = 30 * time.Second
)

// WWE may limit the requests of a minute. In the long run a snapshot is fetched
// this often, depending on whether it changes anything; after a quiet time many
// may be fetched at once, as long as they use up no more than the reserve.
const (
	newsEvery   = time.Second
	noNewsEvery = 4 * time.Second
	reserve     = 32 * time.Second
)

// When a snapshot verifies what events have changed. The events of one action
// of the agent, or of one change of a call, come within a few seconds, and one
// snapshot does for all of them. It must not use up what WWE allows in a minute
// however many events come, so it is fetched twice a minute at most: the agent
// may have an out-of-date screen for half a minute, or longer while WithRateLimit
// keeps the snapshot back. Only an event that was overtaken causes that.
const (
	verifyPause = 3 * time.Second
	verifyEvery = 30 * time.Second
)

// follow fetches snapshots whenever one is needed, until Close.
func (w *Workspace) follow() {
	defer w.s.doubts.watch(mirror{w}, false)
	paidUntil := time.Now()
	var mayVerify time.Time    // not before
	var verify <-chan struct{} // nil while no event waits to be verified
	var check <-chan struct{}  // nil while events come
	for {
		if check == nil && w.isDeaf() {
			check = eventloop.After(deafPause)
		}
		select {
		case <-w.unsure:
			if verify == nil {
				verify = eventloop.After(max(verifyPause, time.Until(mayVerify)))
			}
			continue
		case <-w.kick:
		case <-check:
		case <-verify:
			mayVerify = time.Now().Add(verifyEvery)
		case <-w.done:
			return
		}
		paidUntil = w.fetchUntilCurrent(paidUntil)
		verify, check = nil, nil
	}
}

// fetchUntilCurrent fetches snapshots until one needs no other. paidUntil is the
// time that all of them should have taken; the result adds those that it fetches.
// When WWE is back it does not wait for the end of a pause.
func (w *Workspace) fetchUntilCurrent(paidUntil time.Time) time.Time {
	for pause := time.Duration(0); ; {
		if w.sleep(pause, w.back) {
			pause = 0
		}
		w.sleep(time.Until(paidUntil)-reserve, nil)
		select {
		case <-w.done:
			return paidUntil
		default:
		}
		err := w.fetch(context.Background())
		if isUnsent(err) { // it has cost WWE nothing
			pause = firstPause
			continue
		}
		w.mu.Lock()
		cost := noNewsEvery
		if w.news {
			cost = newsEvery
		}
		current := isUsable(err) && !w.doubted
		w.mu.Unlock()
		if now := time.Now(); paidUntil.Before(now) {
			paidUntil = now
		}
		paidUntil = paidUntil.Add(cost)
		if current {
			return paidUntil
		}
		limit := lastPause
		if isUsable(err) {
			limit = busyPause
		}
		pause = min(max(2*pause, firstPause), limit)
	}
}

// sleep ends early when the Workspace is closed, and by a signal: then it
// reports true.
func (w *Workspace) sleep(d time.Duration, signal <-chan struct{}) bool {
	if d <= 0 {
		return false
	}
	select {
	case <-signal:
		return true
	case <-eventloop.After(d):
	case <-w.done:
	}
	return false
}

func (w *Workspace) isDeaf() bool {
	w.mu.Lock()
	deaf := w.deaf
	w.mu.Unlock()
	return deaf
}

// verify has a snapshot fetched. The Workspace is locked.
//
//go:noinline
func (w *Workspace) verify() {
	w.doubted = true
	wake(w.kick)
}

// snapshot is all that WWE holds, or why it could not be fetched.
type snapshot struct {
	number       uint64
	interactions []*Interaction
	err          error
}

// errLost says that a snapshot is of no use, as WWE began anew meanwhile.
var errLost = errors.New("lost")

// fetch makes the mirror equal to what WWE holds, but for what events change meanwhile.
func (w *Workspace) fetch(ctx context.Context) error {
	for {
		err := w.take(w.ask(ctx, func() {}))
		if err != errLost {
			return err
		}
	}
}

// ask requests a snapshot. Answered is called where the answer arrives.
func (w *Workspace) ask(ctx context.Context, answered func()) <-chan snapshot {
	w.mu.Lock()
	w.asked++
	w.urgent = w.urgent || w.doubted
	w.doubted, w.news = false, false
	w.known.forget()
	for _, c := range []chan struct{}{w.kick, w.unsure, w.lost, w.back} {
		select {
		case <-c:
		default:
		}
	}
	number := w.asked
	timeout := w.s.timeout << w.delays
	waits := !w.anew // with the limit's other snapshots, else with the agent's questions
	w.mu.Unlock()
	done := make(chan snapshot, 1)
	var all []*Interaction // which may still be read into after an error
	read := func(r *jsontext.Reader) {
		all = nil
		eachObject(r, func() string {
			i := new(Interaction)
			if !i.read(r) {
				return noInteractionID
			}
			all = append(all, i)
			return ""
		})
	}
	w.s.question(ctx, timeout, "interaction.getInteractions", nil, waits, read, func(err error) {
		answered()
		answer := snapshot{number: number, err: err}
		if isUsable(err) {
			answer.interactions = all
		}
		done <- answer
	})
	return done
}

// take waits for a snapshot and takes it over.
func (w *Workspace) take(answer <-chan snapshot) error {
	var now snapshot
	select {
	case now = <-answer:
	case <-w.lost:
		return errLost
	case <-w.done:
		return ErrClosed
	}
	var versions []version
	if isUsable(now.err) {
		versions = w.versions(now.interactions)
	}
	w.mu.Lock()
	err := w.settle(now, versions)
	missing := false
	if w.refused != 0 && w.refused <= now.number && isUsable(err) {
		w.refused = 0
		missing = w.news
	}
	w.mu.Unlock()
	if missing {
		w.s.hub.Check() // WWE may have begun anew
	}
	return err
}

// settle takes over what became of a snapshot. The Workspace is locked.
func (w *Workspace) settle(now snapshot, versions []version) error {
	switch {
	case w.closed:
		return ErrClosed
	case now.number <= w.void:
		return errLost
	}
	if isUnsent(now.err) { // which says nothing of WWE
		return now.err
	}
	if errors.Is(now.err, ErrTimeout) && w.alive == now.number && w.delays < mostDelays {
		w.delays++
		return now.err
	}
	if now.err != nil || w.stale != nil {
		w.signal()
	}
	w.stale = now.err
	if isUsable(now.err) {
		if w.replace(now, versions) != nil {
			return errLost
		}
		w.urgent, w.anew = false, false
	}
	return now.err
}

// isUnsent reports whether WithRateLimit has kept a request back for too long.
func isUnsent(err error) bool {
	late, ok := errors.AsType[*TimeoutError](err)
	return ok && !late.Sent
}

// mostDelays is how often a snapshot gets twice the time of the one before. A
// WWE that sends events meanwhile is busy with a large snapshot, not silent.
const mostDelays = 2

// atATime is how many interactions are taken over before the mirror looks at
// the clock. Thousands of them may have megabytes of user data, so after some
// milliseconds the page gets its turn.
const atATime = 16

func mustRest(n int) bool { return n%atATime == atATime-1 && eventloop.IsDue() }

func (w *Workspace) versions(all []*Interaction) []version {
	versions := make([]version, len(all))
	for n, i := range all {
		versions[n] = versionOf(i, w.seed)
		if mustRest(n) {
			eventloop.Yield()
		}
	}
	return versions
}

// replace takes a snapshot over. What is known keeps its place, what is new
// comes after it in WWE's order, what is gone goes. An interaction that an event
// has changed since the snapshot was asked for stays as it is, as nobody knows
// which of the two is older; another snapshot tells: at once if this one was
// needed, else with what else there is to verify. The Workspace is locked, but
// not between two turns.
func (w *Workspace) replace(now snapshot, versions []version) error {
	for n, i := range now.interactions {
		w.put(i, versions[n], now.number)
		if mustRest(n) {
			w.mu.Unlock()
			eventloop.Yield()
			w.mu.Lock()
			if now.number <= w.void {
				w.signal() // the next one finds nothing new in what this one has shown
				return errLost
			}
		}
	}
	var gone []*known
	for _, k := range w.known.order {
		switch {
		case k == nil || k.listed == now.number:
		case k.touched == now.number:
			w.verify()
		default:
			gone = append(gone, k)
		}
	}
	for _, k := range gone {
		w.known.remove(k)
		w.news = true
	}
	if w.news {
		w.signal()
	}
	return nil
}

// put takes over one interaction of a snapshot. The Workspace is locked.
func (w *Workspace) put(i *Interaction, v version, snapshot uint64) {
	k := w.known.byID[i.InteractionID]
	switch {
	case k != nil && k.listed == snapshot: // listed twice
		return
	case k != nil && k.touched == snapshot:
		if w.urgent && (k.gone() || k.isOther(i) || !v.isLike(k.version)) {
			w.verify()
		}
	case k == nil || k.gone() || k.isOther(i):
		k = w.known.add(i, v)
		w.news = true
	case k.version != v:
		k.change(i, v)
		w.news = true
	}
	k.listed = snapshot
}

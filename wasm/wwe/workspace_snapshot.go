package wwe

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/internal/jsontext"
)

// Pauses before fetching a snapshot: while events are missing (deafPause), and
// after a snapshot that was insufficient or failed. The pause after those grows
// from firstPause to busyPause if WWE answered, and to lastPause if not.
const (
	deafPause  = 10 * time.Second
	firstPause = 100 * time.Millisecond
	busyPause  = 5 * time.Second
	lastPause  = 30 * time.Second
)

// WWE may limit the requests per minute. In the long run, snapshots are fetched
// this often, depending on whether they change anything. After a quiet period,
// several may follow one another directly until they have used up the reserve.
const (
	newsEvery   = time.Second
	noNewsEvery = 4 * time.Second
	reserve     = 32 * time.Second
)

// A snapshot verifies the changes made by events after verifyPause. The events
// of one action of the agent, or of one change of a call, arrive within a few
// seconds. One snapshot then verifies all of them.
//
// Verification must not use up WWE's limit, even with many events, so it runs
// at most twice a minute. After an event that another one has overtaken, the
// agent's screen may therefore be out of date for half a minute. WithRateLimit
// may delay the snapshot further. Without such an event, the screen is up to
// date.
const (
	verifyPause = 3 * time.Second
	verifyEvery = 30 * time.Second
)

// follow fetches snapshots as needed, until Close.
func (w *Workspace) follow() {
	defer w.s.doubts.watch(mirror{w}, false)
	paidUntil := time.Now()
	var mayVerify time.Time    // the earliest time of the next verification
	var verify <-chan struct{} // nil if no event awaits verification
	var check <-chan struct{}  // nil while events arrive
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

// fetchUntilCurrent fetches snapshots until no other is needed. paidUntil is
// the time by which all previous snapshots have been paid for at the intended
// rate. The result adds the new ones. If WWE is back after a silence, it cuts
// the pause short.
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
		if isUnsent(err) { // not sent, so it does not count
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

// sleep waits for d, or until the Workspace is closed or a signal arrives. It
// reports whether a signal arrived.
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

// verify requests a snapshot from follow. The caller holds mu.
//
//go:noinline
func (w *Workspace) verify() {
	w.doubted = true
	wake(w.kick)
}

// snapshot holds all of WWE's interactions, or the error that prevented it.
type snapshot struct {
	number       uint64
	interactions []*Interaction
	err          error
}

// errLost means that a snapshot is useless because WWE may have restarted
// meanwhile.
var errLost = errors.New("lost")

// fetch updates the mirror from a snapshot, except for interactions that events
// change meanwhile.
func (w *Workspace) fetch(ctx context.Context) error {
	for {
		err := w.take(w.ask(ctx, func() {}))
		if err != errLost {
			return err
		}
	}
}

// ask requests a snapshot. It calls answered where the answer arrives.
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
	waits := !w.anew // in WithRateLimit's queue of snapshots; otherwise in that of questions
	w.mu.Unlock()
	done := make(chan snapshot, 1)
	var all []*Interaction // read may still write to it after an error
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

// take waits for a snapshot and applies it.
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
		w.s.hub.Check() // WWE may have restarted
	}
	return err
}

// settle applies a snapshot or its error. The caller holds mu.
func (w *Workspace) settle(now snapshot, versions []version) error {
	switch {
	case w.closed:
		return ErrClosed
	case now.number <= w.void:
		return errLost
	}
	if isUnsent(now.err) { // not evidence of a problem in WWE
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

// isUnsent reports whether WithRateLimit kept a request back until its
// deadline.
func isUnsent(err error) bool {
	late, ok := errors.AsType[*TimeoutError](err)
	return ok && !late.Sent
}

// mostDelays is how many times a snapshot's timeout is doubled. If WWE sends
// events meanwhile, it is not silent but busy with a large snapshot.
const mostDelays = 2

// atATime is the number of interactions to process before checking the clock.
// Thousands of interactions may have megabytes of user data, so after some
// milliseconds the page gets a turn.
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

// replace applies a snapshot. Known interactions keep their places, new ones
// follow in WWE's order, and missing ones are removed.
//
// If an event has changed an interaction since the snapshot was requested, the
// interaction stays unchanged, because either version may be the older one.
// Another snapshot decides: at once if this one was needed, otherwise at the
// next verification.
//
// The caller holds mu, which replace releases while it yields to the page.
func (w *Workspace) replace(now snapshot, versions []version) error {
	for n, i := range now.interactions {
		w.put(i, versions[n], now.number)
		if mustRest(n) {
			w.mu.Unlock()
			eventloop.Yield()
			w.mu.Lock()
			if now.number <= w.void {
				w.signal() // the next snapshot would not signal the changes of this one
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

// put applies one interaction of a snapshot. The caller holds mu.
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

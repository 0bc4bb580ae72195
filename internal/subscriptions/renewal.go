package subscriptions

import (
	"time"

	"wwebridge/internal/eventloop"
)

// Renew subscribes again to every topic because WWE has begun anew and
// forgotten them all. Readers are told that they may miss events, and again
// once WWE has said yes. A request that does not reach WWE, or that it refuses,
// is made again. If WWE refuses for half a minute, the readers are closed with
// its last error.
func (h *Hub[E]) Renew() {
	h.renewAll(func(t *topic[E]) bool {
		h.newest = ""
		t.live, t.noes, t.same = false, 0, false
		t.lose(true)
		return true
	})
}

// Check subscribes again to the topics that are live, to see whether WWE is
// silent and whether it still knows them. Readers learn that they may have
// missed events only if WWE does not answer this either, or answers as one that
// has begun anew.
func (h *Hub[E]) Check() { h.hear(true) }

// Heard ends what Check began: WWE has given a sign of life. What was asked in
// vain is asked again at once.
func (h *Hub[E]) Heard() { h.hear(false) }

//go:noinline
func (h *Hub[E]) hear(silent bool) {
	h.renewAll(func(t *topic[E]) bool {
		h.silent = silent
		a := t.attempt
		if a == nil || !a.renews {
			return silent && t.live
		}
		return time.Since(a.began) > overdue
	})
}

// renewAll begins an attempt for each topic that is due, and starts it.
func (h *Hub[E]) renewAll(isDue func(*topic[E]) bool) {
	h.mu.Lock()
	all := h.beginAll(isDue)
	h.mu.Unlock()
	go func() {
		for _, start := range all {
			start()
		}
	}()
}

// beginAll begins an attempt for each topic that is due. The Hub is locked.
func (h *Hub[E]) beginAll(isDue func(*topic[E]) bool) (all []func()) {
	for _, t := range h.topics {
		if isDue(t) {
			all = append(all, h.begin(t))
		}
	}
	return all
}

// begin begins an attempt to renew, and returns what starts it. The Hub is locked.
func (h *Hub[E]) begin(t *topic[E]) (start func()) {
	a := t.begin(true)
	return func() { h.start(t, a) }
}

// insist asks again, at growing intervals, until WWE has answered. The first
// attempt has been made.
func (h *Hub[E]) insist(t *topic[E], a *attempt) {
	for pause := overdue; ; pause = min(2*pause, time.Minute) {
		select {
		case <-a.over:
			return
		case <-eventloop.After(pause):
		}
		h.mu.Lock()
		unanswered := t.attempt == a
		if unanswered {
			a = t.begin(true)
			if h.silent && t.live && !t.deaf && pause > overdue {
				t.lose(true)
			}
		}
		h.mu.Unlock()
		if !unanswered {
			return
		}
		h.ask(t, a)
	}
}

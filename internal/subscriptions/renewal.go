package subscriptions

import (
	"time"

	"wwebridge/internal/eventloop"
)

// Renew subscribes to every topic again, because WWE has restarted and lost its
// subscriptions. It calls Lose for the readers at once, with deaf true, and with false
// once WWE has granted the subscription. It retries requests that do not reach WWE or
// that WWE refuses. If WWE keeps refusing for half a minute, Renew closes the topic's
// readers with WWE's last error.
func (h *Hub[E]) Renew() {
	h.renewAll(func(t *topic[E]) bool {
		h.newest = ""
		t.live, t.noes, t.same = false, 0, false
		t.lose(true)
		return true
	})
}

// Check subscribes again to the live topics, to find out whether WWE is silent and
// whether it still has the subscriptions. Readers learn that they may have missed
// events only if WWE does not answer this either, or if its answer shows that it has
// restarted.
func (h *Hub[E]) Check() { h.hear(true) }

// Heard reports a sign of life from WWE, which ends a Check. Requests that are overdue
// are sent again at once.
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

// renewAll makes an attempt for each topic that is due.
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

// beginAll begins an attempt for each topic that is due and returns functions that
// start them. The Hub must be locked.
func (h *Hub[E]) beginAll(isDue func(*topic[E]) bool) (all []func()) {
	for _, t := range h.topics {
		if isDue(t) {
			all = append(all, h.begin(t))
		}
	}
	return all
}

// begin begins an attempt to renew a subscription and returns a function that starts
// it. The Hub must be locked.
func (h *Hub[E]) begin(t *topic[E]) (start func()) {
	a := t.begin(true)
	return func() { h.start(t, a) }
}

// insist repeats the request, at growing intervals, until WWE has answered. The caller
// has made the first attempt.
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

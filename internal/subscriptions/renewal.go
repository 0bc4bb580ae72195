package subscriptions

import "time"

// Renew subscribes again to every topic because WWE has begun anew and
// forgotten them all. Readers are told that they may miss events, and again
// once WWE has said yes; a reader to whom it says no now is closed with the error.
func (h *Hub[E]) Renew() {
	h.renewAll(func(t *topic[E]) bool {
		t.live, t.id = false, ""
		t.lose(true)
		return true
	})
}

// Check subscribes again to the topics that are live because WWE was silent
// and may have forgotten them. Readers notice nothing, unless WWE's answer
// shows that it has begun anew.
func (h *Hub[E]) Check() {
	h.renewAll(func(t *topic[E]) bool { return t.live && (t.attempt == nil || !t.attempt.renews) })
}

// Hurry repeats what has waited too long for an answer, because WWE answers again.
func (h *Hub[E]) Hurry() {
	h.renewAll(func(t *topic[E]) bool {
		return t.attempt != nil && t.attempt.renews && time.Since(t.attempt.began) > overdue
	})
}

// Deafen tells the readers of the topics whose Check is not answered that they
// may miss events. They are told again once it is.
func (h *Hub[E]) Deafen() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range h.topics {
		if t.live && t.attempt != nil && !t.deaf {
			t.lose(true)
		}
	}
}

// renewAll begins an attempt for each topic that is due.
func (h *Hub[E]) renewAll(isDue func(*topic[E]) bool) {
	start := map[string]*attempt[E]{}
	h.mu.Lock()
	for name, t := range h.topics {
		if isDue(t) {
			start[name] = t.begin(true)
		}
	}
	h.mu.Unlock()
	for name, a := range start {
		h.ask(name, a)
		go h.renew(name, a)
	}
}

// renew asks until WWE has answered, ever more seldom.
func (h *Hub[E]) renew(name string, a *attempt[E]) {
	for pause := overdue; ; pause = min(2*pause, time.Minute) {
		select {
		case <-a.over:
			return
		case <-time.After(pause):
		}
		h.mu.Lock()
		unanswered := a.topic.attempt == a
		if unanswered {
			a = a.topic.begin(true)
		}
		h.mu.Unlock()
		if !unanswered {
			return
		}
		h.ask(name, a)
	}
}

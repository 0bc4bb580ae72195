// Package subscriptions shares one subscription at WWE for each topic among
// any number of readers.
package subscriptions

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Wire asks WWE for subscriptions. Its methods do not wait for the answer;
// answered may be called before Subscribe returns.
type Wire interface {
	Subscribe(topic string, answered func(id string, err error))
	Unsubscribe(id string)
}

// Reader takes the events of its topics, in WWE's order. Its methods must not
// block, nor call the Hub.
type Reader[E any] interface {
	Push(event E)

	// Lose tells that events may have been missed and, while deaf, that they
	// may be until it is called again with false.
	Lose(deaf bool)

	Close(err error) // there will be no more events
}

// Hub gives every event of a topic to each of the topic's readers. The first
// reader of a topic subscribes at WWE, the last one unsubscribes.
type Hub[E any] struct {
	wire   Wire
	decode func(topic, data string) E
	clone  func(E) E

	mu     sync.Mutex
	topics map[string]*topic[E]
}

type topic[E any] struct {
	readers []Reader[E]
	waiting []*waiter[E]
	attempt *attempt[E] // the latest, until it is answered; else nil
	live    bool        // WWE has said yes
	id      string      // that WWE gave the subscription; "" if it gave none
	deaf    bool        // the readers have been told that they may miss events
}

// waiter is a call of Subscribe whose topics are not all live yet.
type waiter[E any] struct {
	reader  Reader[E]
	missing int // topics; negative once it has failed
	done    func(error)
}

// attempt is one request to subscribe.
type attempt[E any] struct {
	topic  *topic[E]
	began  time.Time
	renews bool          // readers have had the topic before
	over   chan struct{} // closed once it is answered, or another has taken its place
}

// New returns a Hub that decodes each event once, and clones it for every
// reader but one.
func New[E any](wire Wire, decode func(topic, data string) E, clone func(E) E) *Hub[E] {
	return &Hub[E]{wire: wire, decode: decode, clone: clone, topics: map[string]*topic[E]{}}
}

// overdue is how long WWE may take to answer before another attempt is made.
const overdue = 2 * time.Second

// Subscribe adds the reader to the topics. It calls done once WWE has said yes
// to all of them, or with the error when it has said no to one: the reader is
// subscribed to nothing then. To give up before that is to Remove the reader,
// after which done is not called any more. Events reach the reader from the
// call on, before the answer too.
func (h *Hub[E]) Subscribe(topics []string, reader Reader[E], done func(error)) {
	w := &waiter[E]{reader: reader, done: done}
	start := map[string]*attempt[E]{}
	h.mu.Lock()
	for _, name := range topics {
		t := h.topics[name]
		if t == nil {
			t = &topic[E]{}
			h.topics[name] = t
		}
		t.readers = append(t.readers, reader)
		if t.live {
			continue
		}
		t.waiting = append(t.waiting, w)
		w.missing++
		if t.attempt == nil || time.Since(t.attempt.began) > overdue {
			start[name] = t.begin(t.attempt != nil && t.attempt.renews)
		}
	}
	waits := w.missing > 0
	h.mu.Unlock()
	for name, a := range start {
		h.ask(name, a)
	}
	if !waits {
		done(nil)
	}
}

// IsLive tells whether WWE has said yes to the topic.
func (h *Hub[E]) IsLive(topic string) bool {
	h.mu.Lock()
	t := h.topics[topic]
	live := t != nil && t.live
	h.mu.Unlock()
	return live
}

// begin puts a new attempt in the place of one whose answer may never come.
func (t *topic[E]) begin(renews bool) *attempt[E] {
	t.stopAsking()
	t.attempt = &attempt[E]{topic: t, began: time.Now(), renews: renews, over: make(chan struct{})}
	return t.attempt
}

func (t *topic[E]) stopAsking() {
	if t.attempt != nil {
		close(t.attempt.over)
		t.attempt = nil
	}
}

// ask sends the request. The lock is not held, as the answer may come at once.
func (h *Hub[E]) ask(name string, a *attempt[E]) {
	h.wire.Subscribe(name, func(id string, err error) { h.answered(name, a, id, err) })
}

// answered takes WWE's answer to an attempt. A subscription that it grants is
// left if everybody has gone meanwhile or there is a later one; so is the one
// before it.
func (h *Hub[E]) answered(name string, a *attempt[E], id string, err error) {
	var o outcome[E]
	h.mu.Lock()
	t := a.topic
	switch {
	case h.topics[name] != t:
		o.leave = id
	case err == nil && (a == t.attempt || !t.live):
		o = t.granted(a, id)
	case err == nil:
		o.leave = id
	case a == t.attempt:
		o = t.refused(a, err)
	}
	h.mu.Unlock()
	if o.leave != "" && err == nil {
		h.wire.Unsubscribe(o.leave)
	}
	for _, reader := range o.closed {
		h.Remove(reader)
		reader.Close(err)
	}
	for _, w := range o.ended {
		h.Remove(w.reader)
		w.done(err)
	}
	for _, w := range o.ready {
		w.done(nil)
	}
}

// lose tells the topic's readers. The Hub is locked, so that it keeps its
// place among the events.
func (t *topic[E]) lose(deaf bool) {
	t.deaf = deaf
	for _, reader := range t.readers {
		reader.Lose(deaf)
	}
}

// outcome is what an answer leaves to do without the lock.
type outcome[E any] struct {
	leave        string // the id of a subscription; "" for none
	closed       []Reader[E]
	ended, ready []*waiter[E]
}

// granted makes the topic live. Its readers are told if they may have missed
// events: when they have been told so before, or when WWE does not count on
// from the id that it gave before, and so may have forgotten that subscription.
// The Hub is locked.
func (t *topic[E]) granted(a *attempt[E], id string) (o outcome[E]) {
	if a == t.attempt {
		t.stopAsking()
	}
	newer := isNewer(id, t.id)
	if newer {
		o.leave = t.id
	}
	if t.deaf || a.renews && t.live && !newer {
		t.lose(false)
	}
	t.live, t.id = true, id
	for _, w := range t.waiting {
		if w.missing--; w.missing == 0 {
			o.ready = append(o.ready, w)
		}
	}
	t.waiting = nil
	return o
}

// refused takes a no, or a silence. A subscription that WWE has not taken away
// lives on: WWE may refuse to grant it twice. The Hub is locked.
func (t *topic[E]) refused(a *attempt[E], err error) (o outcome[E]) {
	if a.renews && errors.Is(err, context.DeadlineExceeded) {
		return o // renew asks again
	}
	t.stopAsking()
	switch {
	case t.live && t.deaf:
		t.lose(false)
	case t.live:
	default:
		for _, w := range t.waiting {
			if w.missing > 0 {
				w.missing = -1
				o.ended = append(o.ended, w)
			}
		}
		t.waiting = nil
		if a.renews {
			o.closed = slices.Clone(t.readers)
		}
	}
	return o
}

// isNewer tells whether WWE has counted on from an earlier subscription's id.
// If it has not, it has begun anew, and the earlier id may be somebody else's.
func isNewer(id, earlier string) bool {
	if !isCount(id) || !isCount(earlier) {
		return false
	}
	return len(id) > len(earlier) || len(id) == len(earlier) && id > earlier
}

func isCount(id string) bool {
	for _, c := range []byte(id) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return id != ""
}

// Remove takes the reader off all its topics. Those that it leaves without a
// reader are unsubscribed.
func (h *Hub[E]) Remove(reader Reader[E]) {
	var leave []string
	h.mu.Lock()
	for name, t := range h.topics {
		t.waiting = slices.DeleteFunc(t.waiting, func(w *waiter[E]) bool { return w.reader == reader })
		if t.readers = slices.DeleteFunc(t.readers, func(r Reader[E]) bool { return r == reader }); len(t.readers) > 0 {
			continue
		}
		delete(h.topics, name)
		t.stopAsking()
		if t.live && t.id != "" {
			leave = append(leave, t.id)
		}
	}
	h.mu.Unlock()
	for _, id := range leave {
		h.wire.Unsubscribe(id)
	}
}

// Dispatch gives an event to the topic's readers.
func (h *Hub[E]) Dispatch(name, data string) {
	h.mu.Lock() // to the end, so that no later event overtakes this one
	defer h.mu.Unlock()
	t := h.topics[name]
	if t == nil {
		return
	}
	event := h.decode(name, data)
	for _, reader := range t.readers[1:] {
		reader.Push(h.clone(event))
	}
	t.readers[0].Push(event)
}

// Close closes every reader with the error, and unsubscribes every topic. What
// WWE grants later is left too, see Wire.
func (h *Hub[E]) Close(err error) {
	h.mu.Lock()
	topics := h.topics
	h.topics = map[string]*topic[E]{}
	for _, t := range topics {
		t.stopAsking()
	}
	h.mu.Unlock()
	for _, t := range topics {
		for _, w := range t.waiting {
			w.done(err)
		}
		for _, reader := range t.readers {
			reader.Close(err)
		}
		if t.live && t.id != "" {
			h.wire.Unsubscribe(t.id)
		}
	}
}

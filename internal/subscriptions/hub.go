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
	attempt *attempt // under way, nil if none is
	live    bool     // WWE has said yes
	id      string   // that WWE gave the subscription; "" if it gave none
}

// attempt is one request to subscribe.
type attempt struct {
	began time.Time
	done  chan struct{}
	err   error    // once done
	next  *attempt // once done: the one that has taken its place
}

// New returns a Hub that decodes each event once, and clones it for every
// reader but one.
func New[E any](wire Wire, decode func(topic, data string) E, clone func(E) E) *Hub[E] {
	return &Hub[E]{wire: wire, decode: decode, clone: clone, topics: map[string]*topic[E]{}}
}

// overdue is how long WWE may take to answer before another attempt is made.
const overdue = 2 * time.Second

// ErrLate is the error of Subscribe when late comes.
var ErrLate = errors.New("no answer in time")

// Subscribe adds the reader to the topics and waits until WWE has said yes to
// all of them, until ctx ends or late comes. Asked, which may be nil, is called
// before it waits. Events reach the reader from the call on, before the answer
// too. After an error the reader is subscribed to nothing.
func (h *Hub[E]) Subscribe(ctx context.Context, late <-chan time.Time, topics []string, reader Reader[E], asked func()) error {
	var wait []*attempt
	start := map[string]*attempt{}
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
		if t.attempt == nil || time.Since(t.attempt.began) > overdue {
			start[name] = t.replaceAttempt()
		}
		wait = append(wait, t.attempt)
	}
	h.mu.Unlock()
	for name, a := range start {
		h.ask(name, a)
	}
	if asked != nil {
		asked()
	}
	for _, a := range wait {
		if err := a.wait(ctx, late); err != nil {
			h.Remove(reader)
			return err
		}
	}
	return nil
}

// IsLive tells whether WWE has said yes to the topic.
func (h *Hub[E]) IsLive(topic string) bool {
	h.mu.Lock()
	t := h.topics[topic]
	live := t != nil && t.live
	h.mu.Unlock()
	return live
}

func (a *attempt) wait(ctx context.Context, late <-chan time.Time) error {
	for ; a != nil; a = a.next {
		select {
		case <-a.done:
			if a.err != nil {
				return a.err
			}
		case <-ctx.Done():
			return ctx.Err()
		case <-late:
			return ErrLate
		}
	}
	return nil
}

func newAttempt() *attempt { return &attempt{began: time.Now(), done: make(chan struct{})} }

// ask sends the request. The lock is not held, as the answer may come at once.
func (h *Hub[E]) ask(name string, a *attempt) {
	h.wire.Subscribe(name, func(id string, err error) {
		if leave := h.answered(name, a, id, err); leave != "" {
			h.wire.Unsubscribe(leave)
		}
	})
}

// answered takes WWE's answer to an attempt. It returns the id of a
// subscription to leave: the new one if everybody has gone meanwhile or another
// attempt has taken this one's place, or the one before.
func (h *Hub[E]) answered(name string, a *attempt, id string, err error) (leave string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a.next == nil {
		a.err = err
		close(a.done)
	}
	t := h.topics[name]
	if t == nil || t.attempt != a {
		return id
	}
	t.attempt = nil
	if err != nil {
		return ""
	}
	if isNewer(id, t.id) { // WWE has not forgotten the one before
		leave = t.id
	}
	t.live, t.id = true, id
	return leave
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
		if t.readers = slices.DeleteFunc(t.readers, func(r Reader[E]) bool { return r == reader }); len(t.readers) > 0 {
			continue
		}
		delete(h.topics, name)
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

// Renew subscribes anew to every topic: because WWE was silent and may have
// forgotten or, with forgotten, because it has. Readers are told that they may
// miss events, and again once WWE has said yes; a reader to whom it says no now
// is closed with the error.
func (h *Hub[E]) Renew(forgotten bool) {
	start := map[string]*attempt{}
	readers := map[Reader[E]]bool{}
	h.mu.Lock()
	for name, t := range h.topics {
		if forgotten {
			t.live, t.id = false, ""
		}
		start[name] = t.replaceAttempt()
		for _, reader := range t.readers {
			readers[reader] = true
		}
	}
	h.mu.Unlock()
	for reader := range readers {
		reader.Lose(true)
	}
	for name, a := range start {
		h.ask(name, a)
		go h.renew(name, a)
	}
}

// replaceAttempt puts a new attempt in the place of one whose answer may never come.
func (t *topic[E]) replaceAttempt() *attempt {
	a := newAttempt()
	if t.attempt != nil {
		t.attempt.next = a
		close(t.attempt.done)
	}
	t.attempt = a
	return a
}

// renew asks until WWE has answered, and tells the readers what came of it.
func (h *Hub[E]) renew(name string, a *attempt) {
	for pause := overdue; ; pause = min(2*pause, time.Minute) {
		select {
		case <-a.done:
		case <-time.After(pause):
		}
		next, readers := h.renewed(name, a)
		if next == nil {
			for _, reader := range readers {
				if a.err != nil {
					h.Remove(reader)
					reader.Close(a.err)
				} else {
					reader.Lose(false)
				}
			}
			return
		}
		a = next
		h.ask(name, a)
	}
}

// renewed gives the next attempt if WWE has not answered this one, and else
// the readers to tell, none if another attempt has taken its place.
func (h *Hub[E]) renewed(name string, a *attempt) (next *attempt, readers []Reader[E]) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	switch {
	case t == nil || a.next != nil:
		return nil, nil
	case t.attempt == a, t.attempt == nil && errors.Is(a.err, context.DeadlineExceeded):
		return t.replaceAttempt(), nil
	case t.attempt != nil:
		return nil, nil
	}
	return nil, slices.Clone(t.readers)
}

// Close closes every reader with the error. WWE is not told.
func (h *Hub[E]) Close(err error) {
	h.mu.Lock()
	topics := h.topics
	h.topics = map[string]*topic[E]{}
	h.mu.Unlock()
	for _, t := range topics {
		for _, reader := range t.readers {
			reader.Close(err)
		}
	}
}

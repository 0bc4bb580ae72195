// Package subscriptions shares one subscription at WWE for each topic among
// any number of readers.
package subscriptions

import (
	"context"
	"errors"
	"slices"
	"sync"
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
	Lose()           // events may have been missed
	Close(err error) // there will be no more
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
	done chan struct{}
	err  error    // once done
	next *attempt // once done: the one that has taken its place
}

// New returns a Hub that decodes each event once, and clones it for every
// reader but one.
func New[E any](wire Wire, decode func(topic, data string) E, clone func(E) E) *Hub[E] {
	return &Hub[E]{wire: wire, decode: decode, clone: clone, topics: map[string]*topic[E]{}}
}

// Subscribe adds the reader to the topics and waits until WWE has said yes to
// all of them. Events reach the reader from the call on, before the answer
// too. After an error the reader is subscribed to nothing.
func (h *Hub[E]) Subscribe(ctx context.Context, topics []string, reader Reader[E]) error {
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
		if !t.live && t.attempt == nil {
			t.attempt = newAttempt()
			start[name] = t.attempt
		}
		if t.attempt != nil {
			wait = append(wait, t.attempt)
		}
	}
	h.mu.Unlock()
	for name, a := range start {
		h.ask(name, a)
	}
	for _, a := range wait {
		if err := a.wait(ctx); err != nil {
			h.Remove(reader)
			return err
		}
	}
	return nil
}

func (a *attempt) wait(ctx context.Context) error {
	for ; a != nil; a = a.next {
		select {
		case <-a.done:
			if a.err != nil {
				return a.err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func newAttempt() *attempt { return &attempt{done: make(chan struct{})} }

// ask sends the request. The lock is not held, as the answer may come at once.
func (h *Hub[E]) ask(name string, a *attempt) {
	h.wire.Subscribe(name, func(id string, err error) {
		if unwanted := h.answered(name, a, id, err); unwanted && err == nil && id != "" {
			h.wire.Unsubscribe(id)
		}
	})
}

// answered takes WWE's answer to an attempt. It is unwanted if everybody has
// gone meanwhile, or another attempt has taken its place.
func (h *Hub[E]) answered(name string, a *attempt, id string, err error) (unwanted bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a.next != nil {
		return true
	}
	a.err = err
	close(a.done)
	t := h.topics[name]
	if t == nil || t.attempt != a {
		return true
	}
	t.attempt = nil
	t.live, t.id = err == nil, id
	return false
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

// Renew subscribes anew to every topic, after WWE was silent or has started
// anew and may have forgotten. Readers are told that they may have missed
// events; a reader to whom WWE says no now is closed with the error.
func (h *Hub[E]) Renew() {
	start := map[string]*attempt{}
	var leave []string
	h.mu.Lock()
	for name, t := range h.topics {
		if t.id != "" {
			leave = append(leave, t.id) // or its events would come twice, if WWE has not forgotten
		}
		start[name] = t.renew()
	}
	h.mu.Unlock()
	for _, id := range leave {
		h.wire.Unsubscribe(id)
	}
	for name, a := range start {
		h.ask(name, a)
		go h.tell(name, a)
	}
}

// renew puts a new attempt in the place of what there is.
func (t *topic[E]) renew() *attempt {
	a := newAttempt()
	if t.attempt != nil { // its answer may never come
		t.attempt.next = a
		close(t.attempt.done)
	}
	t.attempt, t.live, t.id = a, false, ""
	return a
}

// tell tells the readers what came of a renewal, which may take long: it goes
// on until WWE has answered.
func (h *Hub[E]) tell(name string, a *attempt) {
	<-a.done
	if a.next != nil {
		return // which has a tell of its own
	}
	var timeout interface{ Timeout() bool }
	again := errors.As(a.err, &timeout) && timeout.Timeout()
	h.mu.Lock()
	t := h.topics[name]
	if t == nil || a.err != nil && (t.live || t.attempt != nil) {
		h.mu.Unlock()
		return // nobody is there any more, or another attempt is
	}
	if again {
		a = t.renew()
	}
	readers := slices.Clone(t.readers)
	h.mu.Unlock()
	switch {
	case again:
		h.ask(name, a)
		h.tell(name, a)
	case a.err == nil:
		for _, reader := range readers {
			reader.Lose()
		}
	default:
		for _, reader := range readers {
			h.Remove(reader)
			reader.Close(a.err)
		}
	}
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

package subscriptions

import "sync"

// Queue holds a limited number of events for one reader. When the queue is full, Push
// drops the oldest event, and the reader next receives an overflow event with the
// number of dropped events.
type Queue[E any] struct {
	limit    int
	overflow func(dropped int) E
	out      chan E
	wake     chan struct{} // capacity 1; signals that the reader's next event has changed
	done     chan struct{}

	mu      sync.Mutex
	events  []E
	first   uint64 // number of events[0], counted from the first Push
	dropped int    // since the last overflow event
	losses  int    // number of calls of Lose since the last overflow event
	closed  bool
	err     error
}

// NewQueue returns a Queue for at most limit events. Its goroutine runs until Close.
func NewQueue[E any](limit int, overflow func(dropped int) E) *Queue[E] {
	q := &Queue[E]{
		limit:    limit,
		overflow: overflow,
		out:      make(chan E),
		wake:     make(chan struct{}, 1),
		done:     make(chan struct{}),
	}
	go q.deliver()
	return q
}

// Events returns the channel that delivers the events in order. Close closes it.
func (q *Queue[E]) Events() <-chan E { return q.out }

// Push adds an event. It never blocks.
func (q *Queue[E]) Push(event E) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	if len(q.events) == q.limit {
		q.pop()
		q.dropped++
	}
	q.events = append(q.events, event)
	if len(q.events) == 1 || q.dropped > 0 {
		q.signal()
	}
}

// Lose implements Reader. The reader receives an overflow event ahead of the queued
// events.
func (q *Queue[E]) Lose(bool) {
	q.mu.Lock()
	q.losses++
	q.mu.Unlock()
	q.signal()
}

// Close closes the Queue and drops the events in it. Err returns the error of the first
// Close. Close may be called more than once and from any goroutine.
func (q *Queue[E]) Close(err error) {
	q.mu.Lock()
	if !q.closed {
		q.closed, q.err = true, err
		q.events = nil
		close(q.done)
	}
	q.mu.Unlock()
}

// Err returns the error passed to Close.
func (q *Queue[E]) Err() error {
	q.mu.Lock()
	err := q.err
	q.mu.Unlock()
	return err
}

// deliver sends the events to the reader. No other goroutine sends on out, so deliver
// may close it.
func (q *Queue[E]) deliver() {
	defer close(q.out)
	for {
		next, taken, ok := q.next()
		var out chan E // nil, so that the send blocks, while there is no event
		if ok {
			out = q.out
		}
		select {
		case out <- next:
			taken()
		case <-q.wake:
		case <-q.done:
			return
		}
	}
}

// next returns the reader's next event and a function to call once the reader has
// received it.
func (q *Queue[E]) next() (event E, taken func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if dropped, losses := q.dropped, q.losses; dropped+losses > 0 {
		return q.overflow(dropped), func() {
			q.mu.Lock()
			q.dropped -= dropped
			q.losses -= losses
			q.mu.Unlock()
		}, true
	}
	if len(q.events) == 0 {
		return event, nil, false
	}
	number := q.first
	return q.events[0], func() {
		q.mu.Lock()
		switch {
		case len(q.events) > 0 && q.first == number:
			q.pop()
		case q.dropped > 0: // it was dropped while the reader received it
			q.dropped--
		}
		q.mu.Unlock()
	}, true
}

func (q *Queue[E]) pop() {
	var none E
	q.events[0] = none
	q.events = q.events[1:]
	q.first++
}

func (q *Queue[E]) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

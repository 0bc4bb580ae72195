package subscriptions

import "sync"

// Queue holds the events that one reader has not taken yet, a bounded number.
// When it is full the oldest are dropped, and the next thing that the reader
// gets is an overflow event that says how many.
type Queue[E any] struct {
	limit    int
	overflow func(dropped int) E
	out      chan E
	wake     chan struct{} // capacity 1: what the reader gets next has changed
	done     chan struct{}

	mu      sync.Mutex
	events  []E
	first   uint64 // number of events[0], counted from the Queue's beginning
	dropped int    // since the reader was told
	losses  int    // times that an unknown number of events never came, since the reader was told
	closed  bool
	err     error
}

// NewQueue returns a Queue for at most limit events. Its goroutine lives until Close.
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

// Events is where the reader takes the events, in order. It is closed after Close.
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

// Lose implements Reader: it tells so ahead of what is queued.
func (q *Queue[E]) Lose(bool) {
	q.mu.Lock()
	q.losses++
	q.mu.Unlock()
	q.signal()
}

// Close ends the Queue; what the reader has not taken is gone. The first
// error given is Err's from then on. Close may be called from anywhere, again too.
func (q *Queue[E]) Close(err error) {
	q.mu.Lock()
	if !q.closed {
		q.closed, q.err = true, err
		q.events = nil
		close(q.done)
	}
	q.mu.Unlock()
}

// Err is the error that Close was given.
func (q *Queue[E]) Err() error {
	q.mu.Lock()
	err := q.err
	q.mu.Unlock()
	return err
}

// deliver is the only one that sends on out, so it may close it.
func (q *Queue[E]) deliver() {
	defer close(q.out)
	for {
		next, taken, ok := q.next()
		var out chan E // nil, which nobody can send on, while there is nothing
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

// next is what the reader gets next, and what to do once it has taken it.
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
		case q.dropped > 0: // it was dropped while the reader took it
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

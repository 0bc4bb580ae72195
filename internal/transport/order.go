package transport

import (
	"slices"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/wire"
)

// order is a Sink that keeps everything in the order of its arrival while a
// long answer is read in slices: what arrives meanwhile waits for its turn.
type order struct {
	Sink
	newTurns func() turns

	mu      sync.Mutex
	lists   []string // refs of the requests for a list that are in flight
	reading bool
	waiting []func(rest func())
	closed  bool
}

// turns gives the event loop a turn, so that the page can do other things.
type turns interface {
	wait()
	close()
}

const (
	taskTime   = 10 * time.Millisecond // after which the event loop gets a turn
	maxWaiting = 1024                  // from which on it gets none, so that a flood cannot grow
	maxLists   = 8
)

// expect takes note that a request goes out. Only while one for a list is in
// flight is there a long answer to look out for.
func (o *order) expect(ref, request string) {
	if !strings.HasSuffix(request, ".getInteractions") {
		return
	}
	o.mu.Lock()
	o.lists = append(o.lists[max(0, len(o.lists)-maxLists+1):], ref)
	o.mu.Unlock()
}

func (o *order) expectsList() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.lists) > 0
}

// forget also drops the requests before this one: WWE answers in order, so it
// has not answered those at all.
func (o *order) forget(ref string) {
	o.mu.Lock()
	if len(o.lists) > 0 {
		o.lists = o.lists[slices.Index(o.lists, ref)+1:]
	}
	o.mu.Unlock()
}

// Settle implements Sink.
func (o *order) Settle(ref string, reply wire.Reply, err error) {
	o.forget(ref)
	if o.isReading() && o.later(func(func()) { o.Sink.Settle(ref, reply, err) }) {
		if err == nil && !reply.TimedOut {
			o.Arrived(ref)
		}
		return
	}
	o.Sink.Settle(ref, reply, err)
}

// Event implements Sink.
func (o *order) Event(topic, data string) {
	if o.isReading() && o.later(func(func()) { o.Sink.Event(topic, data) }) {
		return
	}
	o.Sink.Event(topic, data)
}

// Restarted implements Sink.
func (o *order) Restarted() {
	if o.isReading() && o.later(func(func()) { o.Sink.Restarted() }) {
		return
	}
	o.Sink.Restarted()
}

// settleLong settles ref with a message whose data is a long list. It returns
// at once; the list is read on a goroutine.
func (o *order) settleLong(ref string, m wire.Message, l list) {
	if !o.Arrived(ref) {
		o.Settle(ref, m.Reply, nil)
		return
	}
	do := func(rest func()) {
		err := l.read(&m, o.Reading(ref), func() bool {
			rest()
			return o.isReading() && o.Arrived(ref)
		})
		if o.isReading() {
			o.forget(ref)
			o.Sink.Settle(ref, m.Reply, err)
		}
	}
	if o.later(do) {
		return
	}
	o.mu.Lock()
	o.reading = !o.closed
	o.waiting = append(o.waiting, do)
	o.mu.Unlock()
	go o.run()
}

// isReading reports whether what arrives has to wait. It is false once the
// transport is closed.
func (o *order) isReading() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.reading
}

// later has do run when everything that came before it is done, and reports
// whether it will: not if nothing is in its way any more.
func (o *order) later(do func(rest func())) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.reading {
		o.waiting = append(o.waiting, do)
	}
	return o.reading
}

// run does what waits until nothing does.
func (o *order) run() {
	t := o.newTurns()
	defer t.close()
	began := time.Now()
	rest := func() {
		if time.Since(began) < taskTime || o.isFlooded() {
			return
		}
		t.wait()
		began = time.Now()
	}
	for do := o.first(); do != nil; do = o.first() {
		do(rest)
		rest()
	}
}

func (o *order) isFlooded() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.waiting) > maxWaiting
}

// first takes what is to be done first, nil if nothing waits.
func (o *order) first() (do func(rest func())) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.reading || len(o.waiting) == 0 {
		o.reading, o.waiting = false, nil
		return nil
	}
	do, o.waiting = o.waiting[0], o.waiting[1:]
	return do
}

// close drops what waits.
func (o *order) close() {
	o.mu.Lock()
	o.closed, o.reading, o.waiting = true, false, nil
	o.mu.Unlock()
}

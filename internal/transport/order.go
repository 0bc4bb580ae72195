package transport

import "wwebridge/internal/eventloop"

// order preserves the order of arrival while a long answer is read in slices: messages
// that arrive meanwhile wait. It needs no lock, because JavaScript runs one thing at a
// time.
type order struct {
	sink    Sink
	reading bool
	closed  bool
	waiting []func()
}

// maxWaiting is the number of waiting messages above which the event loop gets no turn.
// This keeps a flood of messages from growing.
const maxWaiting = 1024

// add runs do on a goroutine, after everything added before. ref is the request that do
// answers, if any. Since its answer has arrived, its deadline no longer applies.
func (o *order) add(ref string, do func()) {
	o.sink.Arrived(ref)
	o.waiting = append(o.waiting, do)
	if !o.reading {
		o.reading = true
		go o.run()
	}
}

func (o *order) run() {
	for ; len(o.waiting) > 0; o.rest() {
		do := o.waiting[0]
		o.waiting = o.waiting[1:]
		do()
	}
	o.reading, o.waiting = false, nil
}

// rest lets the event loop turn if that is due.
func (o *order) rest() {
	if len(o.waiting) <= maxWaiting && eventloop.IsDue() {
		eventloop.Yield()
	}
}

// close drops all waiting messages.
func (o *order) close() { o.closed, o.waiting = true, nil }

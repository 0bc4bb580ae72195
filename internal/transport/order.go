package transport

import "wwebridge/internal/eventloop"

// order keeps everything in the order of its arrival while a long answer is
// read in slices: what arrives meanwhile waits. It is not locked, as
// JavaScript runs nothing at the same time.
type order struct {
	sink    Sink
	reading bool
	closed  bool
	waiting []func()
}

// maxWaiting is how many messages may wait for the event loop to have a turn
// nevertheless. Above it has none, so that a flood of messages cannot grow.
const maxWaiting = 1024

// add has do run on a goroutine when everything before it is done. It is what
// an answer to ref, if any, has to wait for, so its call need not hurry.
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

// rest gives the event loop a turn where it is due.
func (o *order) rest() {
	if len(o.waiting) <= maxWaiting && eventloop.IsDue() {
		eventloop.Yield()
	}
}

// close drops what waits.
func (o *order) close() { o.closed, o.waiting = true, nil }

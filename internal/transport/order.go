package transport

import "time"

// order keeps everything in the order of its arrival while a long answer is
// read in slices: what arrives meanwhile waits. It is not locked, as
// JavaScript runs nothing at the same time.
type order struct {
	sink Sink
	wait func() // gives the event loop a turn

	reading bool
	closed  bool
	waiting []func()
	began   time.Time // of the task that reads
}

const (
	taskTime   = 10 * time.Millisecond // after which the event loop gets a turn
	maxWaiting = 1024                  // above it gets none, so that a flood of messages cannot grow
)

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
	for o.began = time.Now(); len(o.waiting) > 0; o.rest() {
		do := o.waiting[0]
		o.waiting = o.waiting[1:]
		do()
	}
	o.reading, o.waiting = false, nil
}

// rest gives the event loop a turn where the task has lasted long enough.
func (o *order) rest() {
	if time.Since(o.began) >= taskTime && len(o.waiting) <= maxWaiting {
		o.wait()
		o.began = time.Now()
	}
}

// close drops what waits.
func (o *order) close() { o.closed, o.waiting = true, nil }

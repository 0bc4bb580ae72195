package wwetest

import (
	"slices"
	"sync"
	"time"
)

// Message is a message between WWE and a widget.
type Message struct {
	At         time.Time
	Frame      int    // the number of the frame, from 1
	FromWidget bool   // false: from WWE
	Text       string // JSON, except with FaultKindTruncated and Host.Post
}

// WithLog registers a function to call with every message, in both directions.
// It may be called from any goroutine, and must not call the Host.
func WithLog(log func(Message)) Option {
	return func(h *Host) { h.log.tell = log }
}

// messageLog keeps the latest messages.
type messageLog struct {
	tell func(Message)

	mu       sync.Mutex
	messages recent[Message]
}

func (l *messageLog) add(m Message) {
	l.mu.Lock()
	l.messages.add(m, len(m.Text))
	l.mu.Unlock()
	if l.tell != nil {
		l.tell(m)
	}
}

func (l *messageLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.messages.clear()
}

// Messages returns the messages between WWE and the widgets, in order. The Host
// keeps the last 10,000, or fewer if they exceed 64 MiB.
func (h *Host) Messages() []Message {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return slices.Clone(h.log.messages.items)
}

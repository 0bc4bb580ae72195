package wwetest

import (
	"slices"
	"sync"
	"time"
)

// Message is a message between WWE and a widget.
type Message struct {
	At         time.Time
	Frame      int    // which one, counted from 1
	FromWidget bool   // else it is WWE's
	Text       string // JSON, but for the fault "truncated"
}

// WithLog has log called with every message, in both directions, from any
// goroutine. It must not call the Host.
func WithLog(log func(Message)) Option {
	return func(h *Host) { h.log.tell = log }
}

// messageLog keeps the messages.
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

// Messages returns the messages that went between WWE and widgets, in order:
// the last 10,000, or fewer where they are large.
func (h *Host) Messages() []Message {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return slices.Clone(h.log.messages.items)
}

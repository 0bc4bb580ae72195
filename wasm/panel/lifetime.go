//go:build js

package main

import (
	"context"
	"time"
)

// lifetime is the context of a panel, which ends when it is unmounted. It is
// that of context.WithCancel without what contexts below it would need: the
// panel has none.
type lifetime struct{ over chan struct{} }

func newLifetime() lifetime { return lifetime{make(chan struct{})} }

// end ends it; twice is as once.
func (l lifetime) end() {
	if l.Err() == nil {
		close(l.over)
	}
}

// Done implements context.Context, as do the others.
func (l lifetime) Done() <-chan struct{} { return l.over }

// Err tells whether it is over.
func (l lifetime) Err() error {
	select {
	case <-l.over:
		return context.Canceled
	default:
		return nil
	}
}

// Deadline is none.
func (l lifetime) Deadline() (deadline time.Time, has bool) { return time.Time{}, false }

// Value is none.
func (l lifetime) Value(any) any { return nil }

//go:build js

package main

import (
	"context"
	"time"
)

// lifetime is the context of a panel, which ends when the panel is unmounted. It is a small
// context.WithCancel without support for child contexts, which the panel does not need.
type lifetime struct{ over chan struct{} }

func newLifetime() lifetime { return lifetime{make(chan struct{})} }

// end ends the context. Further calls do nothing.
func (l lifetime) end() {
	if l.Err() == nil {
		close(l.over)
	}
}

// Done implements context.Context, like the methods below.
func (l lifetime) Done() <-chan struct{} { return l.over }

// Err returns context.Canceled once the context has ended, otherwise nil.
func (l lifetime) Err() error {
	select {
	case <-l.over:
		return context.Canceled
	default:
		return nil
	}
}

// Deadline returns no deadline.
func (l lifetime) Deadline() (deadline time.Time, has bool) { return time.Time{}, false }

// Value returns nil.
func (l lifetime) Value(any) any { return nil }

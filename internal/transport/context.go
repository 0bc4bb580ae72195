package transport

import "context"

type openKey struct{}

// NewContext returns a context that makes wwe.Connect use open, regardless of its
// options. Package wwetest uses it to connect in memory, and so do tests. Widgets do
// not need it.
func NewContext(ctx context.Context, open Open) context.Context {
	return context.WithValue(ctx, openKey{}, open)
}

// FromContext returns the Open stored by NewContext, or nil.
func FromContext(ctx context.Context) Open {
	open, _ := ctx.Value(openKey{}).(Open)
	return open
}

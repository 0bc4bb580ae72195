package transport

import "context"

type openKey struct{}

// NewContext returns a context by which Connect of package wwe connects over
// open, whatever its options say. It is the way in for package wwetest, which
// connects in memory, and for tests; widgets have no use for it.
func NewContext(ctx context.Context, open Open) context.Context {
	return context.WithValue(ctx, openKey{}, open)
}

// FromContext returns the Open of NewContext, nil if there is none.
func FromContext(ctx context.Context) Open {
	open, _ := ctx.Value(openKey{}).(Open)
	return open
}

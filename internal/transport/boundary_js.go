package transport

import (
	"errors"
	"syscall/js"
)

// withUndefined puts undefined where JSON text had to say null.
func withUndefined(array js.Value, indices []int) {
	for _, i := range indices {
		array.SetIndex(i, js.Undefined())
	}
}

var errUnreadable = errors.New("the answer cannot be read")

// withDetail adds to an error what is the matter in this case.
// (Not inlined: it is called where something is wrong.)
//
//go:noinline
func withDetail(err error, detail string) error { return &detailed{err, detail} }

type detailed struct {
	err    error
	detail string
}

func (e *detailed) Error() string { return e.err.Error() + ": " + e.detail }
func (e *detailed) Unwrap() error { return e.err }

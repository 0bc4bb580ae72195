package transport

import (
	"errors"
	"syscall/js"
)

// withUndefined replaces null with undefined, which JSON text cannot represent.
func withUndefined(array js.Value, indices []int) {
	for _, i := range indices {
		array.SetIndex(i, js.Undefined())
	}
}

var errUnreadable = errors.New("the answer cannot be read")

// withDetail adds the details of this case to an error. It is not inlined, because only
// error paths call it.
//
//go:noinline
func withDetail(err error, detail string) error { return &detailed{err, detail} }

type detailed struct {
	err    error
	detail string
}

func (e *detailed) Error() string { return e.err.Error() + ": " + e.detail }
func (e *detailed) Unwrap() error { return e.err }

//go:build js

package main

import (
	"syscall/js"

	"github.com/norunners/vert"
)

// function is a function of window.wweHost. Its result is a wwe.JSON, or a flat
// value that vert can convert: without named string types and without arrays.
type function struct {
	takes any // the zero value of its arguments
	call  func(arguments js.Value) (result any, err error)
}

// taking makes a function from a Go function whose argument is a struct. The
// struct's tags are the names that web/desktop.js gives the arguments.
// web/desktop.js has also checked the type of each value.
func taking[T any](do func(T) (any, error)) function {
	return function{*new(T), func(values js.Value) (any, error) {
		var arguments T
		if err := vert.ValueOf(values).AssignTo(&arguments); err != nil {
			return nil, err
		}
		return do(arguments)
	}}
}

// giving makes a function without arguments that WWE cannot refuse.
func giving(result func() any) function {
	return taking(func(struct{}) (any, error) { return result(), nil })
}

type byID struct {
	ID string `js:"id"`
}

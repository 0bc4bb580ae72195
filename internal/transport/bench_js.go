package transport

import "syscall/js"

// TextOf is how a message becomes text in Go, for the benchmark.
func TextOf(value js.Value) (string, error) { return textOf(value) }

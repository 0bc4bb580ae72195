//go:build !js

package main

import (
	"fmt"
	"os"
)

// main lets go build ./... work on every platform.
func main() {
	fmt.Fprintln(os.Stderr, "panel runs in a browser only: build it with GOOS=js and GOARCH=wasm, as make build does")
	os.Exit(2)
}

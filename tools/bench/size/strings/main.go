//go:build js

// This program measures the size of importing strings.
package main

import (
	"strings"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return strings.Join(strings.Split(strings.ToUpper(first), ","), ";")
}

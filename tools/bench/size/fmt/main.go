//go:build js

// This program measures the size of importing fmt.
package main

import (
	"fmt"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string { return fmt.Sprintf("%s is %d long", name, len(name)) }

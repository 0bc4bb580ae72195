//go:build js

// This program measures the size of importing time for a timer.
package main

import (
	"syscall/js"
	"time"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	<-time.After(time.Second)
	return name
}

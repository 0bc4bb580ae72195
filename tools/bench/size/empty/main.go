//go:build js

// This program imports only syscall/js.
package main

import "syscall/js"

func main() {
	js.Global().Get("document").Get("body").Set("innerText", "+33140000001")
}

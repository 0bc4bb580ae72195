//go:build js

// A program that imports syscall/js only.
package main

import "syscall/js"

func main() {
	js.Global().Get("document").Get("body").Set("innerText", "+33140000001")
}

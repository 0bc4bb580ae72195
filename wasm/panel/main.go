//go:build js

package main

import "syscall/js"

func main() {
	// This function is not visible to the page: panel.js passes it to this program only.
	js.Global().Call("wwePanelStarted", js.FuncOf(mount), js.FuncOf(unmount), js.FuncOf(order))
	select {} // runs as long as the page exists
}

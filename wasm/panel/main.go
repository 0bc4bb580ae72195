//go:build js

package main

import "syscall/js"

func main() {
	// The name is not the page's: panel.js gives it to this program alone.
	js.Global().Call("wwePanelStarted", js.FuncOf(mount), js.FuncOf(unmount), js.FuncOf(order))
	select {} // there for as long as the page is
}

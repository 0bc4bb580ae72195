//go:build js

// Command panel is the agent panel that web/panel.js mounts into a page: it
// shows the interactions that the agent has in WWE and lets the agent act on
// them. One program serves all panels of a page.
package main

import "syscall/js"

func main() {
	// The name is not the page's: panel.js gives it to this program alone.
	js.Global().Call("wwePanelStarted", js.FuncOf(mount), js.FuncOf(unmount))
	select {} // there for as long as the page is
}

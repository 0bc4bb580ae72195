//go:build js

// The least that shows an interaction, by syscall/js alone: it asks WWE for all, shows the first, and checks nothing.
package main

import "syscall/js"

func main() {
	window := js.Global()
	window.Call("addEventListener", "message", js.FuncOf(func(_ js.Value, args []js.Value) any {
		all := args[0].Get("data").Get("data")
		if all.Type() == js.TypeObject && all.Get("length").Truthy() {
			window.Get("document").Get("body").Set("innerText", all.Index(0).Get("ani"))
		}
		return nil
	}))
	window.Get("parent").Call("postMessage", map[string]any{
		"request": "interaction.getInteractions", "referenceId": "1", "userAgent": "WWE Client", "protocolVersion": 2,
	}, "*")
	select {}
}

package main

import "syscall/js"

func main() {
	document := js.Global().Get("document")
	document.Get("body").Call("append", js.Global().Call("greeting", "Go"))
	select {}
}

//go:build js

// This program measures the size of importing honnef.co/go/js/dom/v2.
package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	dom.GetWindow().Document().GetElementByID("name").SetTextContent(name)
	return name
}

//go:build js

// This program measures the size of importing github.com/norunners/vert.
package main

import (
	"syscall/js"

	"github.com/norunners/vert"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(string) string {
	var person struct{ Name string }
	if err := vert.ValueOf(js.Global()).AssignTo(&person); err != nil {
		return err.Error()
	}
	return person.Name
}

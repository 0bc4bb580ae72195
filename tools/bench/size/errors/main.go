//go:build js

// This program measures the size of importing errors.
package main

import (
	"errors"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

var errName = errors.New("no name")

func text(name string) string {
	if err := check(name); errors.Is(err, errName) {
		return err.Error()
	}
	return name
}

func check(name string) error {
	if name == "" {
		return errors.Join(errName)
	}
	return nil
}

//go:build js

// This program measures the size of importing strconv.
package main

import (
	"strconv"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	number, err := strconv.ParseFloat(name, 64)
	if err != nil {
		return strconv.Quote(name)
	}
	return strconv.FormatFloat(number, 'g', -1, 64)
}

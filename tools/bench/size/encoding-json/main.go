//go:build js

// This program measures the size of importing encoding/json.
package main

import (
	"encoding/json"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	var all []struct{ Name string }
	if err := json.Unmarshal([]byte(name), &all); err != nil {
		return err.Error()
	}
	return all[0].Name
}

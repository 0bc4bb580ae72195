//go:build js

package main

import "syscall/js"

// placeKey is where a tab of the browser keeps the agent's place, before the
// name of the panel.
const placeKey = "wwebridge.panel.place "

// inStorage uses the tab's storage, if the browser lets this page have one: to
// ask for it can throw, which only what is called by Call and Invoke survives.
func inStorage(method string, arguments ...any) (result js.Value) {
	defer func() {
		if recover() != nil {
			result = js.Null()
		}
	}()
	storage := js.Global().Get("Reflect").Call("get", js.Global(), "sessionStorage")
	return storage.Call(method, arguments...)
}

func loadPlace(panel string) string {
	if text := inStorage("getItem", placeKey+panel); text.Type() == js.TypeString {
		return text.String()
	}
	return ""
}

func savePlace(panel, place string) { inStorage("setItem", placeKey+panel, place) }

//go:build js

package main

import "syscall/js"

// placeKey is the prefix of the keys in the tab's sessionStorage, followed by the name of the panel.
const placeKey = "wwebridge.panel.place "

// inStorage calls a method of the tab's sessionStorage. It returns null if the browser forbids storage to
// this page. Reading the property can throw, and Go can recover only from exceptions in Call and Invoke.
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

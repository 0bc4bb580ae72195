package model

import "syscall/js"

// The browser knows all letters and all spaces; Go would bring tables along.
var (
	lowerCase = textMethod("toLowerCase")
	trimmed   = textMethod("trim")
)

// textMethod returns a method of texts as a function of the text.
func textMethod(name string) js.Value {
	call := js.Global().Get("Function").Get("prototype").Get("call")
	return call.Call("bind", js.Global().Get("String").Get("prototype").Get(name))
}

// toLower makes the letters of a text small.
func toLower(text string) string { return lowerCase.Invoke(text).String() }

// Trim takes the spaces off both ends of a text.
func Trim(text string) string { return trimmed.Invoke(text).String() }

package model

import "syscall/js"

// The browser's methods handle all letters and spaces. Go's would add Unicode tables to the program.
var (
	lowerCase = textMethod("toLowerCase")
	trimmed   = textMethod("trim")
)

// textMethod returns a method of JavaScript's String as a function of the text.
func textMethod(name string) js.Value {
	call := js.Global().Get("Function").Get("prototype").Get("call")
	return call.Call("bind", js.Global().Get("String").Get("prototype").Get(name))
}

// toLower returns text in lower case.
func toLower(text string) string { return lowerCase.Invoke(text).String() }

// Trim returns text without spaces at both ends.
func Trim(text string) string { return trimmed.Invoke(text).String() }

package model

import "syscall/js"

// toLower makes the letters of a text small. The browser knows them all; Go
// would bring a table along.
func toLower(text string) string {
	return js.Global().Get("String").Get("prototype").Get("toLowerCase").Call("call", text).String()
}

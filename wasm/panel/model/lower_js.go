package model

import "syscall/js"

// toLower makes the letters of a text small. The browser knows them all; Go
// would bring a table along.
func toLower(text string) string { return toLowerCase.Invoke(text).String() }

var toLowerCase = js.Global().Get("Function").Get("prototype").Get("call").Call("bind",
	js.Global().Get("String").Get("prototype").Get("toLowerCase"))

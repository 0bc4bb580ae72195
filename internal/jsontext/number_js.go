package jsontext

import "syscall/js"

var number = js.Global().Get("Number")

// parseNumber gives the float64 that is nearest to a number of JSON, infinite
// if none is. In the browser this is the browser's work, because strconv's
// would be 15 kB of each program's file, which hardly ever sees such a number.
func parseNumber(text string) float64 { return number.Invoke(text).Float() }

package jsontext

import (
	"math"
	"syscall/js"
)

var number = js.Global().Get("Number")

// parseNumber gives the float64 that is nearest to a number of JSON, infinite
// if none is. In the browser this is the browser's work, because strconv's
// would be 15 kB of each program's file, which hardly ever sees such a number.
func parseNumber(text string) float64 {
	n := number.Invoke(text).Float()
	if n == 0 && text[0] == '-' {
		return math.Copysign(0, -1) // the sign of zero does not cross
	}
	return n
}

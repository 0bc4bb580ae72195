package jsontext

import (
	"math"
	"syscall/js"
)

var number = js.Global().Get("Number")

// parseNumber returns the float64 nearest to a JSON number, or an infinity if the
// number is out of range. It lets the browser parse the number: strconv.ParseFloat
// would add 15 kB to every program, and few programs ever see such a number.
func parseNumber(text string) float64 {
	n := number.Invoke(text).Float()
	if n == 0 && text[0] == '-' {
		return math.Copysign(0, -1) // syscall/js loses the sign of zero
	}
	return n
}

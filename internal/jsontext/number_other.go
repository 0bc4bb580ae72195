//go:build !js

package jsontext

import "strconv"

// parseNumber returns the float64 nearest to a JSON number, or an infinity if the
// number is out of range.
func parseNumber(text string) float64 {
	n, _ := strconv.ParseFloat(text, 64) // a range error comes with an infinity
	return n
}

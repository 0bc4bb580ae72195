//go:build !js

package jsontext

import "strconv"

// parseNumber gives the float64 that is nearest to a number of JSON, infinite
// if none is.
func parseNumber(text string) float64 {
	n, _ := strconv.ParseFloat(text, 64) // whose only error is the one that the infinity tells of
	return n
}

// Package wire holds the messages that a widget and WWE exchange: protocol
// version 2 of the Service Client API, in text. Both ends of it are here, the
// widget's for package wwe and WWE's for package wwetest, so that one file
// shows what one end writes and the other reads.
//
// A message travels as a JavaScript object by window.postMessage. Its JSON
// text, which is what this package deals in, has one gap: JSON has no
// undefined, see Request.Parameters.
package wire

import "wwebridge/internal/jsontext"

// What the two ends call themselves in userAgent, and the protocol's version.
const (
	ClientAgent = "WWE Client"
	ServerAgent = "WWE Server"
	version     = `2`
)

// Null is the JSON text of null.
const Null = "null"

// field appends a property of the message whose text b holds so far. (Inlined
// into its callers it is eight times the code.)
//
//go:noinline
func field(b []byte, name, value string) []byte {
	if value == "" {
		return b // absent
	}
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, '"', ':')
	return append(b, value...)
}

// quote gives a string as JSON text. (Not inlined for the same reason.)
//
//go:noinline
func quote(s string) string { return string(jsontext.AppendString(nil, s)) }

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

// field appends a property of the message whose text b holds so far, as JSON
// text; "" for one that is absent.
func field(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return append(named(b, name), value...)
}

// quoted is field for a string, even if it is empty.
func quoted(b []byte, name, s string) []byte { return jsontext.AppendString(named(b, name), s) }

// named appends the name of a property, for its value to follow. (Inlined into
// its callers it is half as much code again.)
//
//go:noinline
func named(b []byte, name string) []byte {
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = append(b, '"')
	b = append(b, name...)
	return append(b, '"', ':')
}

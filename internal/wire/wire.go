// Package wire defines the messages between a widget and WWE: version 2 of the Service
// Client API's protocol, as text. It has both sides, the widget's for package wwe and
// WWE's for package wwetest, so that each message is written and parsed in one place.
//
// A message travels as a JavaScript object, by window.postMessage. This package deals
// with its JSON text. JSON has no undefined; see Request.Parameters.
package wire

import "wwebridge/internal/jsontext"

// The protocol version, and the values of userAgent on either side.
const (
	ClientAgent = "WWE Client"
	ServerAgent = "WWE Server"
	version     = `2`
)

// Null is the JSON text of null.
const Null = "null"

// field appends a property to the message in b. The value is JSON text. It appends
// nothing if the value is "".
func field(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return append(named(b, name), value...)
}

// quoted appends a string property, even if the string is empty.
func quoted(b []byte, name, s string) []byte { return jsontext.AppendString(named(b, name), s) }

// named appends the name of a property; the caller appends the value. Inlining it would
// make the code of its callers half as large again.
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

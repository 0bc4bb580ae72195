//go:build !js

// Package eventloop knows the browser's event loop: when it has delivered the
// messages that wait in it, when long work must let it turn, and whether a
// blocked event handler stops it. Other platforms have none.
package eventloop

// Turn calls do once the event loop has delivered what waits in it.
func Turn(do func()) { do() }

// Pause calls do once no event handler runs.
func Pause(do func()) { do() }

// Blocked is nil where no event handler can block the event loop.
var Blocked func() bool

// IsDue and Yield are for long work. Here it never has to Yield, but in tests.
var (
	IsDue = func() bool { return false }
	Yield = func() {}
)

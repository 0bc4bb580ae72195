//go:build !js

// Package eventloop deals with the browser's event loop. It waits until queued messages
// have been delivered, lets the event loop turn during long work, and detects an event
// handler that blocks it. On other platforms its functions do next to nothing.
package eventloop

// Turn calls do at once: there is no event loop on this platform.
func Turn(do func()) { do() }

// Pause calls do at once: there are no event handlers on this platform.
func Pause(do func()) { do() }

// Blocked is nil on platforms where no event handler can block the event loop.
var Blocked func() bool

// IsDue and Yield are for long work. They do nothing on this platform, except in tests
// that replace them.
var (
	IsDue = func() bool { return false }
	Yield = func() {}
)

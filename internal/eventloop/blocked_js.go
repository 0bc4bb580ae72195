package eventloop

import (
	"runtime"
	"strings"
)

// Blocked reports whether a JavaScript event handler is blocked inside Go while no
// goroutine is running. Only a Go timer can end that state, because the event loop does
// not run until the handler returns.
//
// Blocked parses the stacks of all goroutines, because the runtime offers no other way
// to find out. This takes milliseconds, so call it only on suspicion.
func Blocked() bool {
	for size := 1 << 16; ; size *= 4 {
		text := make([]byte, size)
		if length := runtime.Stack(text, true); length < size || size == mostText {
			return isBlocked(string(text[:length]))
		}
	}
}

const mostText = 1 << 24 // bytes of stacks, enough for some ten thousand goroutines

// isBlocked reports whether an event handler is blocked. It ignores a handler that
// sleeps, and one whose script has called another handler ("waiting"), because these
// continue by themselves. It returns false while any goroutine is runnable, because a
// handler may be waiting for that goroutine.
func isBlocked(stacks string) bool {
	blocked := false
	for stacks != "" {
		var goroutine string
		goroutine, stacks, _ = strings.Cut(stacks, "\n\n")
		_, state, _ := strings.Cut(goroutine, "[")
		switch {
		case strings.HasPrefix(state, "runnable"):
			return false
		case strings.HasPrefix(state, "running"), strings.HasPrefix(state, "sleep"), strings.HasPrefix(state, "waiting"):
		case strings.Contains(state, "syscall/js.handleEvent("): // runs every event handler
			blocked = true
		}
	}
	return blocked
}

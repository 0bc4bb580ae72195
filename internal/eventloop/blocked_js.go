package eventloop

import (
	"runtime"
	"strings"
)

// Blocked reports whether a JavaScript event handler is blocked inside Go
// while no goroutine is working: only a timer of Go's can end that, as the
// event loop cannot run before the handler returns. It reads the stacks of all
// goroutines, because the runtime does not say it in any other way, and takes
// milliseconds: call it only where there is a suspicion.
func Blocked() bool {
	for size := 1 << 16; ; size *= 4 {
		text := make([]byte, size)
		if length := runtime.Stack(text, true); length < size || size == mostText {
			return isBlocked(string(text[:length]))
		}
	}
}

const mostText = 1 << 24 // bytes of stacks, of some ten thousand goroutines

// isBlocked looks for a handler that waits. One that sleeps goes on by itself, as
// one does whose script has called another handler ("waiting"), and one that
// waits for a goroutine that works may do so soon.
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
		case strings.Contains(state, "syscall/js.handleEvent("): // what runs every handler
			blocked = true
		}
	}
	return blocked
}

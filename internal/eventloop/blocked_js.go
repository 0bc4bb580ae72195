package eventloop

import (
	"runtime"
	"strings"
)

// handler is the function that syscall/js runs every event handler in.
const handler = "syscall/js.handleEvent("

// Blocked reports whether a JavaScript event handler is blocked inside Go
// while no goroutine is working: only a timer of Go's can end that, as the
// event loop cannot run before the handler returns. It reads the stacks of all
// goroutines, because the runtime does not say it in any other way: call it
// only where there is a suspicion.
func Blocked() bool { return isBlocked(stacks()) }

// isBlocked looks for a handler that waits. One that sleeps goes on by itself.
func isBlocked(stacks string) bool {
	blocked := false
	for goroutine := range strings.SplitSeq(stacks, "\n\n") {
		_, state, _ := strings.Cut(goroutine, "[")
		switch {
		case strings.HasPrefix(state, "runnable"):
			return false // and may be what the handler waits for
		case strings.HasPrefix(state, "running"), strings.HasPrefix(state, "sleep"):
		case strings.Contains(state, handler):
			blocked = true
		}
	}
	return blocked
}

func stacks() string {
	for size := 1 << 14; ; size *= 2 {
		text := make([]byte, size)
		if n := runtime.Stack(text, true); n < size || size > 1<<20 {
			return string(text[:n])
		}
	}
}

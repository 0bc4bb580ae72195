//go:build !js

package wwe_test

import (
	"runtime"
	"testing"
)

func TestNoGoroutineIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("after", func(t *testing.T) { events(t, memory()) })
	eventually(t, func() bool { return runtime.NumGoroutine() <= before }, "no goroutine is left")
}

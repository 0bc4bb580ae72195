//go:build js

// This program measures the size of importing context.
package main

import (
	"context"
	"syscall/js"
)

func main() {
	js.Global().Get("document").Get("body").Set("innerText", text(js.Global().Get("name").String()))
}

func text(name string) string {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(context.Canceled)
	<-ctx.Done()
	return name + context.Cause(ctx).Error()
}

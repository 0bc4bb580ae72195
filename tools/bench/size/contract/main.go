//go:build js

// This program is the smallest possible client with package wwe's signatures. A call
// takes a context, has a deadline and returns an error for errors.Is and errors.As. Its
// answer arrives in a function that JavaScript calls.
package main

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"syscall/js"
	"time"
)

var errLate = errors.New("late")

type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

var (
	mu       sync.Mutex
	inFlight = map[string]chan error{}
	last     int
)

func call(ctx context.Context, post js.Value) error {
	mu.Lock()
	last++
	ref, done := strconv.Itoa(last), make(chan error, 1)
	inFlight[ref] = done
	mu.Unlock()
	timer := time.AfterFunc(time.Second, func() { settle(ref, errLate) })
	defer timer.Stop()
	post.Invoke(ref)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func settle(ref string, err error) {
	mu.Lock()
	defer mu.Unlock()
	if done := inFlight[ref]; done != nil {
		delete(inFlight, ref)
		done <- err
	}
}

func main() {
	js.Global().Call("addEventListener", "message", js.FuncOf(func(_ js.Value, args []js.Value) any {
		settle(args[0].Get("data").String(), nil)
		return nil
	}))
	err := call(context.Background(), js.Global().Get("postMessage"))
	_, refused := errors.AsType[*refusal](err)
	println(errors.Is(err, errLate), refused)
}

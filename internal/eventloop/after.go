package eventloop

import "time"

// After is time.After without a time.Timer that has a channel, which would add code to
// every program. It cannot be stopped.
func After(d time.Duration) <-chan struct{} {
	over := make(chan struct{})
	time.AfterFunc(d, func() { close(over) })
	return over
}

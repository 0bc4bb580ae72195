package eventloop

import "time"

// After is time.After for the programs that browsers load: a time.Timer with a
// channel brings more code along. Until d has passed, nothing takes it back.
func After(d time.Duration) <-chan struct{} {
	over := make(chan struct{})
	time.AfterFunc(d, func() { close(over) })
	return over
}

package model

// tasks is a set of goroutines to wait for. It replaces sync.WaitGroup, whose support for
// testing/synctest adds 12 kB to the program.
type tasks struct{ running []<-chan struct{} }

func (t *tasks) start(do func()) {
	over := make(chan struct{})
	t.running = append(t.running, over)
	go func() {
		do()
		close(over)
	}()
}

func (t *tasks) wait() {
	for _, over := range t.running {
		<-over
	}
}

package model

// tasks are goroutines to wait for. (A sync.WaitGroup would bring along what it
// has for testing/synctest: 12 kB.)
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

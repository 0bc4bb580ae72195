package drive

import (
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"
)

// things are the folders and processes of a browser. close releases them in reverse
// order.
type things struct{ end []func() }

func (t *things) close() {
	for _, end := range slices.Backward(t.end) {
		end()
	}
	t.end = nil
}

// folder creates a temporary folder.
func (t *things) folder() (string, error) {
	folder, err := os.MkdirTemp("", "drive-*")
	if err != nil {
		return "", err
	}
	t.end = append(t.end, func() {
		for range 20 { // a process that is ending may still write
			if os.RemoveAll(folder) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	return folder, nil
}

// run starts a command. On Linux the command gets its own process group, and the kernel
// kills the command if this process dies first.
func (t *things) run(c *exec.Cmd, said *lastWords) (exited <-chan struct{}, err error) {
	c.Stdout, c.Stderr = said, said
	c.SysProcAttr = ownGroup()
	c.WaitDelay = 2 * time.Second
	if err := c.Start(); err != nil {
		return nil, err
	}
	done := make(chan struct{})
	go func() {
		_ = c.Wait()
		close(done)
	}()
	t.end = append(t.end, func() {
		endGroup(c.Process, false)
		select {
		case <-done:
		case <-time.After(3 * time.Second):
		}
		endGroup(c.Process, true)
		<-done
	})
	return done, nil
}

// poll calls try until it succeeds, the command exits or the time limit is reached.
func poll(limit time.Duration, exited <-chan struct{}, try func() error) error {
	for deadline := time.Now().Add(limit); ; {
		err := try()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		select {
		case <-exited:
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// lastWords keeps the last part of the text written to it.
type lastWords struct {
	mu   sync.Mutex
	text []byte
}

func (l *lastWords) Write(text []byte) (int, error) {
	const most = 4000
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, text...)
	l.text = l.text[max(0, len(l.text)-most):]
	return len(text), nil
}

func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

//go:build !js

package wwetest_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwetest"
)

func numbered(n int) string {
	return `{"request":"interaction.getInteractions","referenceId":"` + strconv.Itoa(n) + `","userAgent":"WWE Client","protocolVersion":2}`
}

func answerTo(n int) string {
	return `{"request":"interaction.getInteractions","referenceId":"` + strconv.Itoa(n) + `","data":[],"userAgent":"WWE Server","protocolVersion":2}`
}

// bubble runs a test that fails if goroutines outlive it or wait for each other.
func bubble(t *testing.T, name string, f func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}

func TestAFrameIsAnswered(t *testing.T) {
	bubble(t, "never during Receive", func(t *testing.T) {
		posted := make(chan string) // nobody takes an answer before Receive has returned
		frame := wwetest.NewHost().Attach(wwetest.Origin, func(message string) { posted <- message })
		frame.Receive(numbered(1))
		frame.Receive(numbered(2))
		assert.Equal(t, answerTo(1), <-posted)
		assert.Equal(t, answerTo(2), <-posted)
	})

	bubble(t, "in the order of its requests", func(t *testing.T) {
		w := newWidget(wwetest.NewHost())
		for n := range 1000 {
			w.frame.Receive(numbered(n))
		}
		for n := range 1000 {
			require.Equal(t, answerTo(n), <-w.messages)
		}
	})

	bubble(t, "with one message at a time", func(t *testing.T) {
		var posting atomic.Int32
		next := make(chan struct{})
		frame := wwetest.NewHost().Attach(wwetest.Origin, func(string) {
			posting.Add(1)
			<-next
			posting.Add(-1)
		})
		for n := range 100 {
			frame.Receive(numbered(n))
		}
		for range 100 {
			synctest.Wait()
			assert.EqualValues(t, 1, posting.Load())
			next <- struct{}{}
		}
		synctest.Wait()
		assert.Zero(t, posting.Load())
	})

	bubble(t, "also when it asks from within an answer", func(t *testing.T) {
		var answers []string
		var frame *wwetest.Frame
		frame = wwetest.NewHost().Attach(wwetest.Origin, func(message string) {
			if answers = append(answers, message); len(answers) < 10 {
				frame.Receive(numbered(len(answers)))
			}
		})
		frame.Receive(numbered(0))
		synctest.Wait()
		require.Len(t, answers, 10)
		assert.Equal(t, answerTo(9), answers[9])
	})

	bubble(t, "however slow another frame is", func(t *testing.T) {
		host := wwetest.NewHost()
		free := make(chan struct{})
		slow := host.Attach(wwetest.Origin, func(string) { <-free })
		slow.Receive(numbered(1))
		slow.Receive(numbered(2))
		synctest.Wait()
		assert.Equal(t, answerTo(3), exchange(newWidget(host), numbered(3)))
		close(free)
	})

	bubble(t, "with its own answers, whatever id others use", func(t *testing.T) {
		host := wwetest.NewHost()
		a, b := newWidget(host), newWidget(host)
		for n := range 100 {
			a.frame.Receive(numbered(n))
			b.frame.Receive(numbered(1000 + n))
			b.frame.Receive(numbered(n))
		}
		synctest.Wait()
		require.Len(t, a.messages, 100)
		require.Len(t, b.messages, 200)
		for n := range 100 {
			assert.Equal(t, answerTo(n), <-a.messages)
			assert.Equal(t, answerTo(1000+n), <-b.messages)
			assert.Equal(t, answerTo(n), <-b.messages)
		}
	})

	bubble(t, "also when many ask at once", func(t *testing.T) {
		host := wwetest.NewHost()
		widgets := make([]*widget, 10)
		var wg sync.WaitGroup
		for n := range widgets {
			widgets[n] = newWidget(host)
			for k := range 50 {
				wg.Go(func() { widgets[n].frame.Receive(numbered(k)) })
			}
		}
		wg.Wait()
		synctest.Wait()
		for _, w := range widgets {
			assert.Len(t, w.messages, 50)
		}
		assert.Len(t, host.Requests(), 500)
	})
}

func TestADetachedFrameGetsNothing(t *testing.T) {
	bubble(t, "to what it asks from then on", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		exchange(w, numbered(0))
		w.frame.Detach()
		w.frame.Receive(numbered(1))
		synctest.Wait()
		assert.Empty(t, w.messages)
		assert.Len(t, host.Requests(), 1, "which does not happen either")
	})

	bubble(t, "of what still waits to be posted", func(t *testing.T) {
		var answers []string
		var frame *wwetest.Frame
		asked := make(chan struct{})
		frame = wwetest.NewHost().Attach(wwetest.Origin, func(message string) {
			<-asked
			answers = append(answers, message)
			frame.Detach()
		})
		for n := range 10 {
			frame.Receive(numbered(n))
		}
		close(asked)
		synctest.Wait()
		assert.Equal(t, []string{answerTo(0)}, answers)
	})

	bubble(t, "and may be detached again, and others go on", func(t *testing.T) {
		host := wwetest.NewHost()
		gone, stays := newWidget(host), newWidget(host)
		gone.frame.Detach()
		gone.frame.Detach()
		assert.Equal(t, answerTo(1), exchange(stays, numbered(1)))
		assert.Empty(t, gone.messages)
	})
}

//go:build !js

package subscriptions

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"
)

// countingWire is a WWE that counts its subscriptions and answers in any order.
type countingWire struct {
	slowest time.Duration

	mu      sync.Mutex
	chance  *rand.Rand
	last    int
	granted map[string]bool
	twice   int // unsubscribed what it does not hold
}

func (w *countingWire) Subscribe(_ string, answered func(string, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := strconv.Itoa(w.last)
	w.last++
	w.granted[id] = true
	time.AfterFunc(time.Duration(w.chance.Int64N(int64(w.slowest))), func() { answered(id, nil) })
}

func (w *countingWire) Unsubscribe(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.granted[id] {
		w.twice++
	}
	delete(w.granted, id)
}

func (w *countingWire) IsRefusal(error) bool { return false }

func TestNothingStaysAtAWWEThatAnswersInAnyOrder(t *testing.T) {
	for seed := range uint64(200) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chance := rand.New(rand.NewPCG(seed, 1))
				upTo := func(most time.Duration) time.Duration { return time.Duration(chance.Int64N(int64(most))) }
				slowest := overdue - time.Millisecond
				if seed%2 == 0 {
					slowest = 5 * time.Second
				}
				w := &countingWire{slowest: slowest, chance: rand.New(rand.NewPCG(seed, 2)), granted: map[string]bool{}}
				h := New(w, func(topic, data string) string { return data }, func(s string) string { return s })
				var queues []*Queue[string]
				for range 30 {
					switch chance.IntN(4) {
					case 0, 1:
						q := NewQueue(9, func(int) string { return "lost" })
						queues = append(queues, q)
						var topics []string
						for n := range 1 + chance.IntN(3) {
							topics = append(topics, fmt.Sprint((n+chance.IntN(2))%4))
						}
						h.Subscribe(topics, q, func(error) {})
					case 2:
						h.Check()
					case 3:
						if len(queues) > 0 {
							n := chance.IntN(len(queues))
							h.Remove(queues[n])
						}
					}
					time.Sleep(upTo(3 * time.Second))
					synctest.Wait()
				}
				for _, q := range queues {
					if slowest < overdue {
						assert.Empty(t, read(q), "no event was lost")
					}
					defer q.Close(nil)
				}
				h.Close(nil)
				time.Sleep(time.Minute)
				synctest.Wait()
				assert.Empty(t, w.granted)
				assert.Zero(t, w.twice)
			})
		})
	}
}

// WWE may not answer for a minute.
func TestAClosedHubThatWaitsForAnAnswerKeepsNoReader(t *testing.T) {
	h, w := newHub()
	reader := func() weak.Pointer[Queue[string]] {
		q := newQueue(9)
		h.Subscribe([]string{"x"}, q, func(error) {})
		return weak.Make(q)
	}()
	h.Close(nil)
	assert.Eventually(t, func() bool { runtime.GC(); return reader.Value() == nil }, time.Minute, time.Millisecond)
	w.asked[0]("0", nil)
	assert.Equal(t, []string{"subscribe x", "unsubscribe 0"}, w.log)
}

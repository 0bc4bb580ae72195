//go:build !js

package subscriptions

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func overflow(dropped int) string { return "dropped " + strconv.Itoa(dropped) }

func newQueue(limit int) *Queue[string] { return NewQueue(limit, overflow) }

// read takes what the Queue has to give, until it has nothing more.
func read(q *Queue[string]) []string {
	var got []string
	for {
		synctest.Wait()
		select {
		case event, open := <-q.Events():
			if !open {
				return append(got, "closed")
			}
			got = append(got, event)
		default:
			return got
		}
	}
}

func TestQueue(t *testing.T) {
	promise := func(name string, f func(t *testing.T)) {
		t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
	}
	promise("gives events in order", func(t *testing.T) {
		q := newQueue(3)
		defer q.Close(nil)
		q.Push("a")
		q.Push("b")
		assert.Equal(t, []string{"a", "b"}, read(q))
		q.Push("c")
		assert.Equal(t, []string{"c"}, read(q))
	})
	promise("keeps the last ones for a slow reader, and says first how many it dropped", func(t *testing.T) {
		q := newQueue(3)
		defer q.Close(nil)
		for n := range 10 {
			q.Push(strconv.Itoa(n))
			synctest.Wait()
		}
		assert.Equal(t, []string{"dropped 7", "7", "8", "9"}, read(q))
		q.Push("a")
		assert.Equal(t, []string{"a"}, read(q))
	})
	promise("holds no more than its limit, whatever comes", func(t *testing.T) {
		q := newQueue(1024)
		defer q.Close(nil)
		for range 100_000 {
			q.Push("x")
		}
		assert.Len(t, q.events, 1024)
		assert.LessOrEqual(t, cap(q.events), 4*1024)
		got := read(q)
		assert.Len(t, got, 1025)
		assert.Equal(t, "dropped 98976", got[0])
	})
	promise("says that events were lost before it gives what came after", func(t *testing.T) {
		q := newQueue(3)
		defer q.Close(nil)
		q.Lose(false)
		q.Push("a")
		assert.Equal(t, []string{"dropped 0", "a"}, read(q))
	})
	promise("tells of a second loss too, if it comes while the reader takes the first", func(t *testing.T) {
		q := newQueue(3)
		defer q.Close(nil)
		q.Lose(true)
		synctest.Wait()
		event, taken, ok := q.next()
		require.True(t, ok)
		assert.Equal(t, "dropped 0", event)
		q.Lose(false)
		taken()
		assert.Equal(t, []string{"dropped 0"}, read(q))
	})
	promise("ends at Close, with the error, and takes nothing more", func(t *testing.T) {
		q := newQueue(3)
		q.Push("a")
		why := errors.New("why")
		q.Close(why)
		q.Close(errors.New("another"))
		q.Push("b")
		synctest.Wait()
		_, open := <-q.Events()
		assert.False(t, open)
		assert.Equal(t, why, q.Err())
	})
	promise("can be closed from inside a loop over its events", func(t *testing.T) {
		q := newQueue(3)
		q.Push("a")
		q.Push("b")
		for event := range q.Events() {
			assert.Equal(t, "a", event)
			q.Close(nil)
		}
	})
	promise("counts right when reader and writer race", func(t *testing.T) {
		q := newQueue(2)
		const sent = 20_000
		go func() {
			for range sent {
				q.Push("x")
			}
			q.Push("end")
		}()
		got, dropped := 0, 0
		for event := range q.Events() {
			if event == "end" {
				break
			}
			if number, is := numberDropped(event); is {
				dropped += number
				continue
			}
			got++
		}
		q.Close(nil)
		assert.Equal(t, sent, got+dropped)
	})
}

func numberDropped(event string) (int, bool) {
	if len(event) < 9 || event[:8] != "dropped " {
		return 0, false
	}
	n, err := strconv.Atoi(event[8:])
	return n, err == nil
}

// fakeWire answers when the test says so.
type fakeWire struct {
	mu    sync.Mutex
	log   []string
	asked []func(id string, err error)
}

func (w *fakeWire) Subscribe(topic string, answered func(string, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, "subscribe "+topic)
	w.asked = append(w.asked, answered)
}

func (w *fakeWire) IsRefusal(err error) bool {
	return !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, errNoFrame)
}

// errNoFrame is what a request ends with that did not reach WWE.
var errNoFrame = errors.New("no frame")

func (w *fakeWire) Unsubscribe(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, "unsubscribe "+id)
}

func (w *fakeWire) taken() []string {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	log := w.log
	w.log = nil
	return log
}

func (w *fakeWire) answer(n int, id string, err error) {
	synctest.Wait()
	w.mu.Lock()
	answered := w.asked[n]
	w.mu.Unlock()
	answered(id, err)
}

// last is the number of the request that came last.
func (w *fakeWire) last() int {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked) - 1
}

func newHub() (*Hub[string], *fakeWire) {
	w := &fakeWire{}
	return New(w, func(topic, data string) string { return topic + ":" + data }, func(s string) string { return s }), w
}

func subscribe(h *Hub[string], ctx context.Context, q *Queue[string], topics ...string) <-chan error {
	result := make(chan error, 1)
	answers := make(chan error, len(topics))
	h.Subscribe(topics, q, func(err error) { answers <- err })
	go func() { // gives up as package wwe does
		var err error
		for n := 0; n < len(topics) && err == nil; n++ {
			select {
			case err = <-answers:
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
		if err != nil {
			h.Remove(q)
		}
		result <- err
	}()
	synctest.Wait()
	return result
}

func TestHub(t *testing.T) {
	promise := func(name string, f func(t *testing.T, h *Hub[string], w *fakeWire)) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, w := newHub()
				f(t, h, w)
				h.Close(nil)
			})
		})
	}
	promise("subscribes once for any number of readers, and unsubscribes after the last", func(t *testing.T, h *Hub[string], w *fakeWire) {
		a, b := newQueue(9), newQueue(9)
		first, second := subscribe(h, t.Context(), a, "x"), subscribe(h, t.Context(), b, "x")
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		w.answer(0, "0", nil)
		require.NoError(t, <-first)
		require.NoError(t, <-second)
		h.Dispatch("x", "1")
		assert.Equal(t, []string{"x:1"}, read(a))
		assert.Equal(t, []string{"x:1"}, read(b))
		h.Remove(a)
		assert.Empty(t, w.taken())
		h.Dispatch("x", "2")
		assert.Equal(t, []string{"x:2"}, read(b))
		assert.Empty(t, read(a))
		h.Remove(b)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		a.Close(nil)
		b.Close(nil)
	})
	promise("loses no event that comes before the answer", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		result := subscribe(h, t.Context(), q, "x")
		h.Dispatch("x", "early")
		w.answer(0, "0", nil)
		require.NoError(t, <-result)
		assert.Equal(t, []string{"x:early"}, read(q))
	})
	promise("gives WWE's refusal to everybody who waits, and forgets the topic", func(t *testing.T, h *Hub[string], w *fakeWire) {
		no := errors.New("no")
		a, b := newQueue(9), newQueue(9)
		first, second := subscribe(h, t.Context(), a, "x"), subscribe(h, t.Context(), b, "x")
		w.answer(0, "", no)
		assert.Equal(t, no, <-first)
		assert.Equal(t, no, <-second)
		assert.Empty(t, h.topics)
		third := subscribe(h, t.Context(), a, "x")
		w.answer(1, "7", nil)
		require.NoError(t, <-third, "subscribing again works")
		b.Close(nil)
	})
	promise("unsubscribes what WWE grants after everybody has gone", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		defer q.Close(nil)
		ctx, cancel := context.WithCancel(t.Context())
		result := subscribe(h, ctx, q, "x")
		cancel()
		require.ErrorIs(t, <-result, context.Canceled)
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		w.answer(0, "5", nil)
		assert.Equal(t, []string{"unsubscribe 5"}, w.taken())
	})
	promise("does not mistake a late answer for that of the next attempt", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, <-subscribe(h, ctx, q, "x"), context.DeadlineExceeded)
		second := subscribe(h, t.Context(), q, "x")
		w.answer(0, "old", nil)
		w.answer(1, "new", nil)
		require.NoError(t, <-second)
		assert.Equal(t, []string{"subscribe x", "subscribe x", "unsubscribe old"}, w.taken())
		h.Remove(q)
		assert.Equal(t, []string{"unsubscribe new"}, w.taken())
		q.Close(nil)
	})
	promise("cannot unsubscribe what WWE gave no id", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		result := subscribe(h, t.Context(), q, "x")
		w.answer(0, "", nil)
		require.NoError(t, <-result)
		h.Remove(q)
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		q.Close(nil)
	})
	promise("leaves the topics that it got when another of the same call is refused", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		defer q.Close(nil)
		result := subscribe(h, t.Context(), q, "x", "y")
		asked := w.taken()
		assert.Equal(t, []string{"subscribe x", "subscribe y"}, asked)
		w.answer(0, "0", nil)
		w.answer(1, "", errors.New("no"))
		require.Error(t, <-result)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		assert.Empty(t, h.topics)
	})
	liveAs := func(t *testing.T, h *Hub[string], w *fakeWire, topic, id string) *Queue[string] {
		q := newQueue(9)
		result := subscribe(h, t.Context(), q, topic)
		w.answer(w.last(), id, nil)
		require.NoError(t, <-result)
		return q
	}
	live := func(t *testing.T, h *Hub[string], w *fakeWire, id string) *Queue[string] {
		q := liveAs(t, h, w, "x", id)
		w.taken()
		return q
	}
	promise("does not take answers out of their order for those of a WWE that has begun anew", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x, y := newQueue(9), newQueue(9)
		first, second := subscribe(h, t.Context(), x, "x"), subscribe(h, t.Context(), y, "y")
		for range 2 {
			n := w.last()
			w.answer(n, strconv.Itoa(n), nil)
			w.answer(n-1, strconv.Itoa(n-1), nil)
			time.Sleep(time.Hour)
			h.Check() // with the same once more
			synctest.Wait()
		}
		require.NoError(t, <-first)
		require.NoError(t, <-second)
		assert.Empty(t, append(read(x), read(y)...))
		h.Close(nil)
		w.answer(4, "4", nil)
		w.answer(5, "5", nil)
		asked, left := 0, 0
		for _, entry := range w.taken() {
			if strings.HasPrefix(entry, "subscribe") {
				asked++
			} else {
				left++
			}
		}
		assert.Equal(t, 6, asked, "nothing is asked for because of it")
		assert.Equal(t, 6, left, "nothing stays at WWE")
	})
	promise("checks quietly: asks again, leaves the old one once the new one is there, and no reader notices", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Check()
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		h.Dispatch("x", "meanwhile")
		w.answer(1, "1", nil)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		assert.Equal(t, []string{"x:meanwhile"}, read(q))
	})
	promise("tells that events may be missing when a check finds that WWE has begun anew", func(t *testing.T, h *Hub[string], w *fakeWire) {
		for _, id := range []string{"0", `"0"`} {
			q := live(t, h, w, "5")
			h.Check()
			w.answer(w.last(), id, nil)
			assert.Equal(t, []string{"dropped 0"}, read(q), "the id is "+id)
			h.Remove(q)
			q.Close(nil)
		}
	})
	promise("asks twice when it gets the same number again, which tells a WWE that has begun anew", func(t *testing.T, h *Hub[string], w *fakeWire) {
		for _, id := range []string{"0", `"0"`} {
			q := live(t, h, w, id)
			h.Check()
			assert.Equal(t, []string{"subscribe x"}, w.taken())
			w.answer(w.last(), id, nil)
			assert.Empty(t, read(q), "not before it is known")
			assert.Equal(t, []string{"subscribe x"}, w.taken())
			w.answer(w.last(), "1", nil)
			assert.Equal(t, []string{"dropped 0"}, read(q))
			assert.Equal(t, []string{"unsubscribe " + id}, w.taken())
			time.Sleep(time.Hour)
			assert.Empty(t, w.taken())
			h.Remove(q)
			assert.Equal(t, []string{"unsubscribe 1"}, w.taken())
			q.Close(nil)
		}
	})
	promise("learns from one topic's answer that WWE has forgotten all of them, and leaves no id from before", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x, y, z := liveAs(t, h, w, "x", "0"), liveAs(t, h, w, "y", "1"), liveAs(t, h, w, "z", "2")
		h.Check()
		w.answer(3, "0", nil)
		w.taken()
		w.answer(5, "1", nil) // another order than before
		w.answer(4, "2", nil)
		assert.Empty(t, w.taken())
		for _, q := range []*Queue[string]{x, y, z} {
			assert.Equal(t, []string{"dropped 0"}, read(q))
			h.Remove(q)
			q.Close(nil)
		}
		assert.Equal(t, []string{"unsubscribe 0", "unsubscribe 2", "unsubscribe 1"}, w.taken())
	})
	promise("learns it from the number of a new topic, and asks for the others again", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x, y := liveAs(t, h, w, "x", "0"), liveAs(t, h, w, "y", "1")
		z := liveAs(t, h, w, "z", "0")
		assert.Equal(t, []string{"subscribe x", "subscribe y", "subscribe z", "subscribe x", "subscribe y"}, w.taken())
		w.answer(3, "1", nil)
		w.answer(4, "2", nil)
		assert.Empty(t, w.taken())
		assert.Empty(t, read(z), "it has missed nothing")
		for _, q := range []*Queue[string]{x, y} {
			assert.Equal(t, []string{"dropped 0"}, read(q))
		}
		for _, q := range []*Queue[string]{x, y, z} {
			h.Remove(q)
			q.Close(nil)
		}
		assert.Equal(t, []string{"unsubscribe 1", "unsubscribe 2", "unsubscribe 0"}, w.taken())
	})
	promise("learns it from a new topic that gets the number of another", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x := liveAs(t, h, w, "x", "0")
		y := liveAs(t, h, w, "y", "0")
		assert.Equal(t, []string{"subscribe x", "subscribe y", "subscribe x"}, w.taken())
		w.answer(2, "1", nil)
		assert.Empty(t, w.taken(), "0 is the id of y now")
		assert.Equal(t, []string{"dropped 0"}, read(x))
		assert.Empty(t, read(y))
		h.Remove(x)
		assert.Equal(t, []string{"unsubscribe 1"}, w.taken())
		x.Close(nil)
		y.Close(nil)
	})
	promise("asks a WWE that gives all topics one number twice more, and tells nothing", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x, y := liveAs(t, h, w, "x", "7"), liveAs(t, h, w, "y", "7")
		for w.last() < 3 {
			w.answer(w.last(), "7", nil)
		}
		w.answer(3, "7", nil)
		time.Sleep(time.Hour)
		assert.Equal(t, []string{"subscribe x", "subscribe y", "subscribe x", "subscribe x"}, w.taken())
		assert.Empty(t, read(x))
		assert.Empty(t, read(y))
		h.Remove(x)
		assert.Empty(t, w.taken(), "y has it too")
		h.Remove(y)
		assert.Equal(t, []string{"unsubscribe 7"}, w.taken())
		x.Close(nil)
		y.Close(nil)
	})
	promise("leaves no id from before when a reader goes who has yet to be granted anew", func(t *testing.T, h *Hub[string], w *fakeWire) {
		x, y := liveAs(t, h, w, "x", "0"), liveAs(t, h, w, "y", "1")
		h.Check()
		w.answer(w.last(), "0", nil)
		w.taken()
		h.Remove(x)
		assert.Empty(t, w.taken(), "0 is the id of y now")
		x.Close(nil)
		y.Close(nil)
	})
	promise("asks for the third time when the second answer is lost, and still tells a WWE that has begun anew", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Check()
		w.answer(w.last(), "0", nil)
		lost := w.last()
		time.Sleep(overdue)
		require.Greater(t, w.last(), lost)
		w.answer(w.last(), "2", nil)
		assert.Equal(t, []string{"dropped 0"}, read(q))
		h.Check()
		w.answer(w.last(), "3", nil)
		assert.Empty(t, read(q), "that is over")
		q.Close(nil)
	})
	promise("tells nothing where WWE's ids tell nothing", func(t *testing.T, h *Hub[string], w *fakeWire) {
		for _, id := range []string{"", "7", `"7"`, `"a-b"`, "7.0"} {
			q := live(t, h, w, id)
			for range 3 {
				h.Check()
				for range 2 {
					w.answer(w.last(), id, nil)
				}
				h.Dispatch("x", "1")
				assert.Equal(t, []string{"x:1"}, read(q), "the id is "+id)
				assert.NotContains(t, w.taken(), "unsubscribe "+id)
			}
			time.Sleep(time.Hour)
			assert.Empty(t, read(q))
			assert.Empty(t, w.taken(), "and asks no more")
			h.Remove(q)
			q.Close(nil)
		}
	})
	promise("keeps the id that it has when WWE gives none", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "5")
		for _, begin := range []func(){h.Check, h.Renew} {
			begin()
			w.answer(w.last(), "", nil)
		}
		assert.Equal(t, []string{"dropped 0"}, read(q))
		assert.Equal(t, []string{"subscribe x", "subscribe x"}, w.taken())
		h.Remove(q)
		assert.Equal(t, []string{"unsubscribe 5"}, w.taken())
		q.Close(nil)
	})
	promise("tells that events may be missing while WWE answers no check, and again once it does", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Check()
		time.Sleep(overdue + time.Second)
		assert.Empty(t, read(q), "one check may be lost")
		time.Sleep(time.Hour)
		assert.Equal(t, []string{"dropped 0"}, read(q), "once")
		w.answer(w.last(), "1", nil)
		assert.Equal(t, []string{"dropped 0"}, read(q))
	})
	promise("tells it to a reader who comes meanwhile, too", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q, late := live(t, h, w, "0"), newQueue(9)
		h.Check()
		time.Sleep(7 * time.Second)
		assert.Equal(t, []string{"dropped 0"}, read(q))
		require.NoError(t, <-subscribe(h, t.Context(), late, "x"))
		assert.Equal(t, []string{"dropped 0"}, read(late))
		w.answer(w.last(), "1", nil)
		assert.Equal(t, []string{"dropped 0"}, read(late))
	})
	promise("does not tell it of a WWE that answers other things", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Check()
		h.Heard()
		time.Sleep(time.Hour)
		assert.Empty(t, read(q))
		w.answer(w.last(), "9", nil)
		assert.Empty(t, read(q))
	})
	promise("asks at once what has waited for long when WWE answers again, and not what has not", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Check()
		h.Heard()
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		time.Sleep(overdue + 7*time.Second)
		w.taken()
		h.Heard()
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		q.Close(nil)
	})
	promise("keeps a subscription that WWE refuses to grant a second time", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		for _, deaf := range []bool{false, true} {
			h.Check()
			var want []string
			if deaf {
				time.Sleep(7 * time.Second)
				want = []string{"dropped 0"}
			}
			synctest.Wait()
			w.answer(w.last(), "", errors.New("already subscribed"))
			h.Dispatch("x", "1")
			assert.Equal(t, append(want, "x:1"), read(q))
		}
		time.Sleep(time.Hour)
		assert.Equal(t, []string{"subscribe x", "subscribe x", "subscribe x", "subscribe x"}, w.taken(), "and asks no more")
		h.Remove(q)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		q.Close(nil)
	})
	promise("keeps a subscription whose id WWE gives to every attempt", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "7")
		defer q.Close(nil)
		h.Check()
		late := w.last()
		time.Sleep(overdue + time.Second) // so that there is another attempt
		require.Greater(t, w.last(), late)
		w.taken()
		w.answer(late, "7", nil)
		w.answer(w.last(), "7", nil)
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		w.answer(w.last(), "7", nil)
		assert.Empty(t, w.taken())
		assert.Empty(t, read(q))
		h.Remove(q)
		assert.Equal(t, []string{"unsubscribe 7"}, w.taken())
	})
	promise("asks once when WWE restarts twice in a row", func(t *testing.T, h *Hub[string], w *fakeWire) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // as in a browser; else the first request may be sent in between
		q := live(t, h, w, "5")
		h.Renew()
		h.Renew()
		synctest.Wait()
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		q.Close(nil)
	})
	promise("takes the first yes after a restart, whatever becomes of the attempts after it", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "5")
		h.Renew()
		time.Sleep(overdue + time.Second)
		assert.Equal(t, []string{"subscribe x", "subscribe x"}, w.taken())
		w.answer(1, "0", nil)
		w.answer(2, "", errors.New("already subscribed"))
		h.Dispatch("x", "1")
		assert.Equal(t, []string{"dropped 0", "x:1"}, read(q))
		assert.Empty(t, w.taken())
		h.Remove(q)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		q.Close(nil)
	})
	promise("gives a slow yes to everybody who waits, and a no to the attempt after it to nobody", func(t *testing.T, h *Hub[string], w *fakeWire) {
		a, b := newQueue(9), newQueue(9)
		first := subscribe(h, t.Context(), a, "x")
		time.Sleep(overdue + time.Millisecond)
		second := subscribe(h, t.Context(), b, "x")
		w.answer(0, "0", nil)
		w.answer(1, "", errors.New("already subscribed"))
		require.NoError(t, <-first)
		require.NoError(t, <-second)
		h.Dispatch("x", "1")
		assert.Equal(t, []string{"x:1"}, read(a))
		assert.Equal(t, []string{"x:1"}, read(b))
		a.Close(nil)
		b.Close(nil)
	})
	promise("does not unsubscribe by the ids of a WWE that has begun anew, where they are somebody else's", func(t *testing.T, h *Hub[string], w *fakeWire) {
		for _, forgotten := range []bool{true, false} {
			q := newQueue(9)
			result := subscribe(h, t.Context(), q, "x")
			w.answer(w.last(), "5", nil)
			require.NoError(t, <-result)
			w.taken()
			if forgotten {
				h.Renew()
			} else {
				h.Check()
			}
			w.answer(w.last(), "0", nil)
			assert.Equal(t, []string{"subscribe x"}, w.taken())
			h.Remove(q)
			assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
			q.Close(nil)
		}
	})
	promise("asks again and again, ever more seldom, until WWE answers a renewal", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		result := subscribe(h, t.Context(), q, "x")
		w.answer(0, "0", nil)
		require.NoError(t, <-result)
		h.Renew()
		time.Sleep(time.Hour)
		asked := len(w.taken())
		assert.Greater(t, asked, 60)
		assert.Less(t, asked, 70)
		w.answer(1, "1", nil) // the first of them, much too late
		assert.Equal(t, []string{"dropped 0"}, read(q))
		w.answer(w.last(), "2", nil)
		assert.Equal(t, []string{"unsubscribe 1"}, w.taken())
		assert.Empty(t, read(q))
		time.Sleep(time.Hour)
		assert.Empty(t, w.taken())
	})
	promise("makes another attempt for a reader who comes when one is overdue", func(t *testing.T, h *Hub[string], w *fakeWire) {
		a, b := newQueue(9), newQueue(9)
		first := subscribe(h, t.Context(), a, "x")
		time.Sleep(overdue + time.Millisecond)
		second := subscribe(h, t.Context(), b, "x")
		assert.Equal(t, []string{"subscribe x", "subscribe x"}, w.taken())
		w.answer(1, "1", nil)
		require.NoError(t, <-first)
		require.NoError(t, <-second)
		w.answer(0, "0", nil)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		a.Close(nil)
		b.Close(nil)
	})
	promise("asks again after WWE's no at a renewal, and closes the readers once it has said no for half a minute", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "0")
		h.Renew()
		no := errors.New("no")
		began := time.Now()
		for n := range 4 {
			w.answer(w.last(), "", no)
			synctest.Wait()
			require.NoError(t, q.Err(), n)
			assert.Len(t, w.taken(), 1)
			time.Sleep(overdue << n)
		}
		assert.Equal(t, 30*time.Second, time.Since(began))
		w.answer(w.last(), "", no)
		assert.Equal(t, []string{"closed"}, read(q))
		assert.Equal(t, no, q.Err())
		assert.Empty(t, h.topics)
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		time.Sleep(time.Hour)
		assert.Empty(t, w.taken())
	})
	promise("goes on when WWE grants what it has refused at first after a restart", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q, late := live(t, h, w, "5"), newQueue(9)
		no := errors.New("not yet")
		for range 3 { // each restart has its own half a minute
			h.Renew()
			w.answer(w.last(), "", no)
			assert.Equal(t, []string{"dropped 0"}, read(q))
			result := subscribe(h, t.Context(), late, "x")
			time.Sleep(overdue)
			w.answer(w.last(), "", no)
			assert.Equal(t, no, <-result, "who comes meanwhile is told at once")
			time.Sleep(2 * overdue)
			w.answer(w.last(), "0", nil)
			h.Dispatch("x", "1")
			assert.Equal(t, []string{"dropped 0", "x:1"}, read(q))
		}
		late.Close(nil)
		q.Close(nil)
	})
	promise("asks again after a restart when a request does not reach WWE", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "5")
		h.Renew()
		assert.Equal(t, []string{"subscribe x"}, w.taken())
		for range 5 {
			w.answer(w.last(), "", errNoFrame)
			assert.NotContains(t, read(q), "closed")
			assert.Empty(t, w.taken(), "not at once")
			time.Sleep(time.Minute)
			synctest.Wait()
			assert.NotEmpty(t, w.taken())
		}
		w.answer(w.last(), "0", nil)
		h.Dispatch("x", "1")
		assert.Equal(t, []string{"dropped 0", "x:1"}, read(q))
		q.Close(nil)
	})
	promise("stays deaf when a check does not reach WWE, and asks again", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := live(t, h, w, "5")
		h.Check()
		time.Sleep(7 * time.Second)
		assert.Equal(t, []string{"dropped 0"}, read(q))
		w.taken()
		w.answer(w.last(), "", errNoFrame)
		assert.Empty(t, read(q))
		time.Sleep(time.Minute)
		assert.NotEmpty(t, w.taken())
		w.answer(w.last(), "6", nil)
		assert.Equal(t, []string{"dropped 0"}, read(q))
		q.Close(nil)
	})
	promise("gives the reason to a reader who comes while no request reaches WWE, and keeps the others", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q, late := live(t, h, w, "5"), newQueue(9)
		h.Renew()
		result := subscribe(h, t.Context(), late, "x")
		w.answer(w.last(), "", errNoFrame)
		assert.Equal(t, errNoFrame, <-result)
		assert.Equal(t, []string{"dropped 0"}, read(q))
		late.Close(nil)
		q.Close(nil)
	})
	promise("goes on asking after a restart when a reader comes meanwhile", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q, late := live(t, h, w, "5"), newQueue(9)
		h.Renew()
		time.Sleep(10 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, <-subscribe(h, ctx, late, "x"), context.DeadlineExceeded)
		w.taken()
		time.Sleep(time.Hour)
		assert.Greater(t, len(w.taken()), 50)
		late.Close(nil)
		q.Close(nil)
	})
	promise("unsubscribes everything at Close, and what WWE grants after it", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		subscribe(h, t.Context(), q, "x", "y")
		assert.Equal(t, []string{"subscribe x", "subscribe y"}, w.taken())
		w.answer(0, "0", nil)
		h.Close(nil)
		assert.Equal(t, []string{"unsubscribe 0"}, w.taken())
		w.answer(1, "1", nil)
		assert.Equal(t, []string{"unsubscribe 1"}, w.taken())
	})
	promise("asks again and unsubscribes in the order in which the topics were subscribed", func(t *testing.T, h *Hub[string], w *fakeWire) {
		topics := []string{"e", "d", "c", "b", "a", "f", "g", "h"}
		q := newQueue(9)
		subscribe(h, t.Context(), q, topics...)
		var asked, left []string
		grant := func() {
			asked, left = nil, nil
			for n, topic := range topics {
				id := strconv.Itoa(len(w.asked) - len(topics) + n)
				w.answer(len(w.asked)-len(topics)+n, id, nil)
				asked, left = append(asked, "subscribe "+topic), append(left, "unsubscribe "+id)
			}
		}
		grant()
		assert.Equal(t, asked, w.taken())
		h.Renew()
		synctest.Wait()
		assert.Equal(t, asked, w.taken())
		grant()
		h.Remove(q)
		assert.Equal(t, left, w.taken())

		subscribe(h, t.Context(), q, topics...)
		w.taken()
		grant()
		h.Close(nil)
		assert.Equal(t, left, w.taken())
	})
	promise("ends every reader at Close", func(t *testing.T, h *Hub[string], w *fakeWire) {
		q := newQueue(9)
		result := subscribe(h, t.Context(), q, "x", "y")
		w.answer(0, "0", nil)
		w.answer(1, "1", nil)
		require.NoError(t, <-result)
		closed := errors.New("closed")
		h.Close(closed)
		assert.Equal(t, []string{"closed"}, read(q))
		assert.Equal(t, closed, q.Err())
	})
	promise("ignores events of topics that nobody has", func(t *testing.T, h *Hub[string], w *fakeWire) {
		h.Dispatch("constructor", "{}")
		assert.Empty(t, h.topics)
	})
}

//go:build !js

package transport

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/eventloop"
	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// numbers is a list of 0, 1, 2… whose texts have this many bytes more.
func numbers(length, padding int) *list {
	return &list{length: length, step: firstStep, text: func(from, to int) string {
		var all []string
		for n := from; n < to; n++ {
			all = append(all, strconv.Itoa(n)+strings.Repeat(" ", padding))
		}
		return "[" + strings.Join(all, ",") + "]"
	}}
}

// slicesOf returns all slices of a list.
func slicesOf(l *list) (all []string) {
	for text := l.next(); text != ""; text = l.next() {
		all = append(all, text)
	}
	return all
}

// slicesRead reports whether the list was read.
func slicesRead(o *order, ref string, read wire.Read, l *list) bool {
	_, ok := o.readSlices(ref, read, l)
	return ok
}

func TestTheSlicesTogetherAreTheList(t *testing.T) {
	for _, length := range []int{1, 15, 16, 17, 51, 300} {
		for _, padding := range []int{0, 1000, 10_000} {
			l := numbers(length, padding)
			assert.True(t, numbers(length, padding).text(0, length) == strings.Join(slicesOf(l), ""), "%d of %d", length, padding)
			assert.False(t, l.failed)
		}
	}
}

func TestASliceIsAboutAsLargeAsItMayBe(t *testing.T) {
	for padding, most := range map[int]int{0: 160_000, 1000: 2 * sliceSize, 100_000: firstStep * 100_100} {
		slices := slicesOf(numbers(100, padding))
		for n, text := range slices {
			assert.LessOrEqual(t, len(text), most, "slice %d with padding %d", n, padding)
		}
		if padding == 100_000 {
			assert.Less(t, len(slices[1]), 100_100, "after a slice that is too large, one element at a time")
		}
	}
}

func TestAListThatIsNotWhatItWasFails(t *testing.T) {
	for name, text := range map[string]string{"no text": "", "no array": `"[1]"`, "no elements": "[]"} {
		l := numbers(100, 0)
		whole := l.text
		l.text = func(from, to int) string {
			if from > 0 {
				return text
			}
			return whole(from, to)
		}
		assert.Len(t, slicesOf(l), 1, name)
		assert.True(t, l.failed, name)
	}
}

// inTurns runs what waits, and calls between for each turn of the event loop,
// which is due after each slice.
func inTurns(o *order, between func(turn int)) {
	isDue, yield := eventloop.IsDue, eventloop.Yield
	defer func() { eventloop.IsDue, eventloop.Yield = isDue, yield }()
	turn := 0
	eventloop.IsDue = func() bool { return true }
	eventloop.Yield = func() { turn++; between(turn) }
	o.reading = true
	o.run()
}

// sum reads numbers.
func sum(got *int) wire.Read {
	return func(r *jsontext.Reader) {
		for a := r.Array(); a.Next(); {
			*got += int(r.Number())
		}
	}
}

func TestWhatArrivesMeanwhileWaitsInOrder(t *testing.T) {
	sink := &log{}
	o := &order{sink: sink}
	got := 0
	o.waiting = append(o.waiting, func() {
		require.True(t, slicesRead(o, "1", sum(&got), numbers(40_000, 0)))
		sink.Settle("1", wire.Reply{}, nil)
	})
	inTurns(o, func(turn int) {
		if turn <= 2 {
			require.True(t, o.reading)
			o.add("", func() { sink.Event("interaction", strconv.Itoa(turn)) })
		}
	})
	assert.Equal(t, []string{"answer 1", "event 1", "event 2"}, sink.entries)
	assert.Equal(t, 40_000*39_999/2, got)
	assert.False(t, o.reading)
}

func TestAFloodIsNotWaitedFor(t *testing.T) {
	sink := &log{}
	o := &order{sink: sink}
	got, atSecond := 0, 0
	o.waiting = append(o.waiting, func() { slicesRead(o, "1", sum(&got), numbers(40_000, 0)) })
	inTurns(o, func(turn int) {
		for range maxWaiting + 1 {
			o.add("", func() {})
		}
		if turn == 2 {
			atSecond = got
			o.close()
		}
	})
	assert.Equal(t, 40_000*39_999/2, atSecond, "all was read before the second turn")
}

func TestReadingEnds(t *testing.T) {
	for name, end := range map[string]func(*order, *log){
		"where nobody waits any more":    func(_ *order, sink *log) { sink.gone = true },
		"where the transport was closed": func(o *order, _ *log) { o.close() },
	} {
		t.Run(name, func(t *testing.T) {
			sink := &log{}
			o := &order{sink: sink}
			got, well := 0, true
			o.waiting = append(o.waiting, func() { well = slicesRead(o, "1", sum(&got), numbers(40_000, 0)) })
			inTurns(o, func(int) { end(o, sink) })
			assert.False(t, well)
			assert.Less(t, got, 40_000*39_999/2)
			assert.False(t, o.reading)
		})
	}
}

func TestAFaultInTheListIsToldByItsReader(t *testing.T) {
	o := &order{sink: &log{}}
	problem := error(nil)
	read := func(r *jsontext.Reader) {
		for a := r.Array(); a.Next(); {
			_ = r.Number()
			if a.Index == 5000 {
				r.Fail("odd")
			}
		}
		problem = r.Err()
	}
	assert.False(t, slicesRead(o, "1", read, numbers(10_000, 0)))
	var odd *jsontext.Error
	require.True(t, errors.As(problem, &odd))
	assert.Equal(t, "[5000]", odd.Path)
}

func TestWhatAReadLeavesOutOfALongListIsReported(t *testing.T) {
	o := &order{sink: &log{}}
	reply, ok := o.readSlices("1", func(r *jsontext.Reader) {
		for a := r.Array(); a.Next(); {
			if a.Index == 500 {
				r.Omit(a.Index, "an odd one")
			}
		}
	}, numbers(1000, 0))
	require.True(t, ok)
	assert.EqualError(t, reply.Omitted, "[500]: an odd one; left out")
}

package eventloop

import (
	"syscall/js"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// endsScript counts the tasks that have ended since they were marked: their
// microtasks run then.
const endsScript = `(() => {
	const ends = {marked: 0, ended: 0, mark: () => { ends.marked++; queueMicrotask(() => { ends.ended++ }) }};
	return ends;
})()`

// busy works without ever waiting.
func busy(d time.Duration) {
	for began := time.Now(); time.Since(began) < d; {
	}
}

func TestYieldGivesTheEventLoopATurnWhateverElseWorks(t *testing.T) {
	ends := js.Global().Call("eval", endsScript)
	ended := make(chan bool)
	for range 3 {
		go func() {
			for range 20 {
				busy(4 * time.Millisecond)
				ends.Call("mark")
				marked := ends.Get("marked").Int()
				Yield()
				assert.GreaterOrEqual(t, ends.Get("ended").Int(), marked)
			}
			ended <- true
		}()
	}
	for range 3 {
		<-ended
	}
}

func TestATurnIsDueAfterAllGoroutinesTogetherHaveWorkedForLong(t *testing.T) {
	Yield()
	assert.False(t, IsDue())
	for range 4 {
		ended := make(chan bool)
		go func() {
			busy(atATime / 4)
			close(ended)
		}()
		<-ended
	}
	assert.True(t, IsDue())
	Yield()
	assert.False(t, IsDue())
}

func TestAPageThatHasChangedHowChannelsWorkStopsNothing(t *testing.T) {
	for name, change := range map[string]string{
		"nobody delivers":        `MessageChannel = class { port1 = {close() {}}; port2 = {postMessage() {}} }`,
		"there is none":          `MessageChannel = undefined`,
		"the constructor throws": `MessageChannel = class { constructor() { throw null } }`,
	} {
		t.Run(name, func(t *testing.T) {
			defer js.Global().Set("MessageChannel", js.Global().Get("MessageChannel"))
			js.Global().Call("eval", change)
			Yield()
			assert.False(t, IsDue())
		})
	}
}

func TestAnEventHandlerThatWaitsForAYieldEnds(t *testing.T) {
	ended := make(chan bool)
	handler := js.FuncOf(func(js.Value, []js.Value) any {
		Yield()
		close(ended)
		return nil
	})
	defer handler.Release()
	js.Global().Call("setTimeout", handler)
	<-ended
}

func TestAPauseComesBetweenEventHandlers(t *testing.T) {
	var order []string
	ended := make(chan bool)
	first := js.FuncOf(func(js.Value, []js.Value) any {
		Pause(func() { order = append(order, "pause") })
		<-time.After(10 * time.Millisecond)
		order = append(order, "first")
		return nil
	})
	defer first.Release()
	second := js.FuncOf(func(js.Value, []js.Value) any {
		order = append(order, "second")
		close(ended)
		return nil
	})
	defer second.Release()
	js.Global().Call("setTimeout", first)
	js.Global().Call("setTimeout", second)
	<-ended
	assert.Equal(t, []string{"first", "pause", "second"}, order)
}

// People test their widgets in bubbles, in the browser too. This one would not end.
func TestABubblesClockGoesOnAfterAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		Pause(func() {})
		began := time.Now()
		time.Sleep(time.Hour)
		assert.Equal(t, time.Hour, time.Since(began))
	})
}

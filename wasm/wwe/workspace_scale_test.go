//go:build !js

package wwe

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"wwebridge/internal/eventloop"
)

func small(id int, data string) Interaction {
	return Interaction{InteractionID: strconv.Itoa(id), State: StateTalking, UserData: UserData{"n": data}}
}

// large is an interaction of about 1 kB.
func large(id int, data string) Interaction {
	i := Interaction{
		InteractionID: strconv.Itoa(id), CaseID: "case-" + strconv.Itoa(id), State: StateTalking, PreviousState: StateRinging,
		UserData: UserData{}, Parties: []Party{{Name: "5001", Identifier: "5001", PhoneNumber: "5001"}}, Media: "voice",
		ANI: "+33140000001", DNIS: "8000", Direction: DirectionIn, CallType: CallTypeInbound, ConnID: "010a02b3c4d5e6f7",
	}
	for n := range 16 {
		i.UserData["Key"+strconv.Itoa(n)] = "a value of some customer's, of usual length"
	}
	i.UserData["n"] = data
	return i
}

// crowded is a Workspace that holds so many interactions, without a Service.
func crowded(count int) *Workspace {
	w := &Workspace{
		kick: make(chan struct{}, 1), lost: make(chan struct{}, 1), done: make(chan struct{}),
		known: interactions{byID: map[string]*known{}}, seed: 1,
	}
	w.snapshot(count, "")
	return w
}

// snapshot takes over a snapshot of so many interactions.
func (w *Workspace) snapshot(count int, data string) {
	w.asked++
	now := make(chan snapshot, 1)
	s := snapshot{number: w.asked}
	for n := range count {
		i := small(n, data)
		s.interactions = append(s.interactions, &i)
	}
	now <- s
	_ = w.take(now)
}

// inTurns has long work give the event loop a turn as often as it can, until it
// is undone.
func inTurns() (undo func()) {
	isDue, yield := eventloop.IsDue, eventloop.Yield
	eventloop.IsDue = func() bool { return true }
	eventloop.Yield = func() { time.Sleep(time.Millisecond) }
	return func() { eventloop.IsDue, eventloop.Yield = isDue, yield }
}

func TestALargeSnapshotIsTakenInTurnsAndEventsBetweenThemCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer inTurns()()
		w := crowded(1000)
		mirror{w}.Push(InteractionEvent{Type: EventTypeAttachedDataChanged, Interaction: small(999, "")}) // says what is known
		done := make(chan struct{})
		go func() {
			w.snapshot(1000, "snapshot")
			close(done)
		}()
		data := func(id string) any {
			i, _ := w.Interaction(id)
			return i.UserData["n"]
		}
		for data("0") != "snapshot" { // the digests have their turns first
			time.Sleep(time.Millisecond / 2)
		}
		assert.Empty(t, data("999"))
		mirror{w}.Push(InteractionEvent{Type: EventTypeAttachedDataChanged, Interaction: small(999, "event")})
		mirror{w}.Push(InteractionEvent{Type: EventTypeMarkDone, Interaction: small(998, "")})
		<-done
		assert.Equal(t, "snapshot", data("997"))
		assert.Equal(t, "event", data("999"))
		assert.Nil(t, data("998"))
		assert.True(t, w.doubted, "another snapshot is needed")
	})
}

func TestNoTurnTakesOverMoreThanSomeInteractions(t *testing.T) {
	defer inTurns()()
	w, turns, before := crowded(0), 0, 0
	for _, count := range []int{1000, 500} {
		turns = 0
		eventloop.Yield = func() {
			turns++
			now := len(w.View())
			assert.LessOrEqual(t, now-before, atATime)
			before = now
		}
		w.snapshot(count, strconv.Itoa(count))
		assert.Equal(t, 2*(count/atATime), turns, "for their digests and for what they replace")
	}
}

// Nothing that happens to one interaction may look at all of them, or the cost
// of all of them together grows with the square of their number.
func TestTheCostOfAnEventDoesNotGrowWithTheNumberOfInteractions(t *testing.T) {
	few, many := crowded(500), crowded(50_000)
	cost := func(w *Workspace, count int) float64 {
		began := time.Now()
		for n := range 300 {
			i := small(n*7919%count, strconv.Itoa(n))
			i.UserData["began"] = began.String()
			mirror{w}.Push(InteractionEvent{Type: EventTypeAttachedDataChanged, Interaction: i})
			mirror{w}.Push(InteractionEvent{Type: EventTypeMarkDone, Interaction: i})
			mirror{w}.Push(InteractionEvent{Type: EventTypeRinging, Interaction: small(count+n, began.String())})
			mirror{w}.Push(InteractionEvent{Type: EventTypeMarkDone, Interaction: small(count+n, began.String())})
			_, _ = w.Interaction(i.InteractionID)
			w.doubt(i.InteractionID)
		}
		return float64(time.Since(began))
	}
	ratio := lowest(9, func() float64 { return cost(many, 50_000) / cost(few, 500) })
	assert.Less(t, ratio, 10.0, "for 100 times as many interactions")
}

func TestTheCostOfASnapshotGrowsWithTheNumberOfInteractionsAndNotWithItsSquare(t *testing.T) {
	cost := func(count int) float64 {
		w := crowded(count)
		began := time.Now()
		w.snapshot(count, "1") // all changed
		w.snapshot(0, "")      // all gone
		w.snapshot(count, "2") // all new
		return float64(time.Since(began))
	}
	ratio := lowest(5, func() float64 { return cost(10_000) / cost(1000) })
	assert.Less(t, ratio, 40.0, "for 10 times as many interactions")
}

// lowest is the lowest of several measurements, the one that nothing else disturbed.
func lowest(times int, measure func() float64) float64 {
	least := measure()
	for range times - 1 {
		least = min(least, measure())
	}
	return least
}

func BenchmarkEventAmong10000(b *testing.B) {
	w := crowded(10_000)
	for n := 0; b.Loop(); n++ {
		mirror{w}.Push(InteractionEvent{Type: EventTypeAttachedDataChanged, Interaction: large(n%10_000, strconv.Itoa(n))})
	}
}

func BenchmarkSnapshotOf10000(b *testing.B) {
	w := crowded(10_000)
	all := make([]*Interaction, 10_000)
	for n := range all {
		i := large(n, "")
		all[n] = &i
	}
	for _, c := range []struct {
		name string
		do   func(snapshot, []version)
	}{
		{"versions", func(s snapshot, _ []version) { w.versions(s.interactions) }},
		{"replace, unchanged", func(s snapshot, v []version) { _ = w.replace(s, v) }},
		{"replace, new", func(s snapshot, v []version) {
			w.known = interactions{byID: map[string]*known{}}
			_ = w.replace(s, v)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			v := w.versions(all)
			for b.Loop() {
				w.asked++
				w.mu.Lock()
				c.do(snapshot{number: w.asked, interactions: all}, v)
				w.mu.Unlock()
			}
		})
	}
}

func BenchmarkReading10000(b *testing.B) {
	w := crowded(0)
	for n := range 10_000 {
		mirror{w}.Push(InteractionEvent{Type: EventTypeRinging, Interaction: large(n, "")})
	}
	b.Run("View", func(b *testing.B) {
		for b.Loop() {
			w.View()
		}
	})
	b.Run("Interactions", func(b *testing.B) {
		for b.Loop() {
			w.Interactions()
		}
	})
}

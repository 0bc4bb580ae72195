package model

import (
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
)

// many are calls, the first of which WWE has selected.
func many(count int) []*wwe.Interaction {
	all := make([]*wwe.Interaction, count)
	for n := range all {
		i := talk(strconv.Itoa(n), n == 0)
		i.InteractionUUID = "uuid " + i.InteractionID
		i.UserData = wwe.UserData{"Segment": "Gold", "Number": float64(n), "Reason": "Order"}
		all[n] = &i
	}
	return all
}

// replaced returns the calls with another one in the place of the nth.
func replaced(all []*wwe.Interaction, n int, change func(i *wwe.Interaction)) []*wwe.Interaction {
	i := *all[n]
	change(&i)
	all = slices.Clone(all)
	all[n] = &i
	return all
}

func (m *Model) round(now []*wwe.Interaction, rest func()) {
	r := m.prepare(now, rest)
	m.changeInSlices(func() { m.apply(r) }, rest)
}

func noRest() {}

func (v *View) ids() []string {
	var ids []string
	for _, c := range v.Cases {
		for _, i := range c.Items {
			ids = append(ids, i.InteractionID)
		}
	}
	return ids
}

func TestAViewOfMany(t *testing.T) {
	begin := func(all []*wwe.Interaction) *Model {
		m, _ := newTold()
		m.round(all, noRest)
		return m
	}
	ring := func(i *wwe.Interaction) { i.State = wwe.StateRinging }
	t.Run("has the first, and says how many it leaves out", func(t *testing.T) {
		m := begin(many(250))
		v := m.View()
		assert.Len(t, v.ids(), manyAtOnce)
		assert.Equal(t, "99", v.ids()[manyAtOnce-1])
		assert.Equal(t, 250, v.Count)
		assert.Equal(t, 150, v.Hidden)
		m.ShowMore()
		assert.Len(t, m.View().ids(), 200)
		m.ShowMore()
		v = m.View()
		assert.Len(t, v.ids(), 250)
		assert.Zero(t, v.Hidden)
	})
	t.Run("has what WWE selects, and what rings, wherever they are", func(t *testing.T) {
		all := replaced(many(1000), 700, ring)
		m := begin(all)
		assert.Contains(t, m.View().ids(), "700")
		all = replaced(all, 0, func(i *wwe.Interaction) { i.IsCaseSelected = false })
		m.round(replaced(all, 900, func(i *wwe.Interaction) { i.IsCaseSelected = true }), noRest)
		v := m.View()
		assert.Equal(t, "900", v.Selected.InteractionID)
		assert.Len(t, v.ids(), manyAtOnce+2)
		assert.Equal(t, []string{"700", "900"}, v.ids()[manyAtOnce:], "in WWE's order")
		m.Select("800")
		assert.Contains(t, m.View().ids(), "800")
	})
	t.Run("has the call of the selected consultation, and the other way round", func(t *testing.T) {
		all := replaced(many(1000), 700, func(i *wwe.Interaction) { i.IsConsultation, i.ParentInteractionID = true, "800" })
		m := begin(all)
		m.Select("700")
		assert.Contains(t, m.View().ids(), "800")
		m = begin(all)
		m.Select("800")
		assert.Contains(t, m.View().ids(), "700")
		assert.Equal(t, "700", m.View().Selected.Consultation)
	})
	t.Run("keeps what is in it until it is gone", func(t *testing.T) {
		all := replaced(many(300), 200, ring)
		m := begin(all)
		all = replaced(all, 200, func(i *wwe.Interaction) { i.State = wwe.StateTalking })
		m.round(all, noRest)
		assert.Contains(t, m.View().ids(), "200")
		m.round(all[50:], noRest)
		v := m.View()
		assert.Len(t, v.ids(), manyAtOnce)
		assert.Equal(t, []string{"50", "51"}, v.ids()[:2])
		assert.Contains(t, v.ids(), "200")
		assert.Equal(t, 150, v.Hidden)
	})
	t.Run("is bounded if everything rings", func(t *testing.T) {
		all := many(1000)
		for n := range all {
			ring(all[n])
		}
		assert.LessOrEqual(t, len(begin(all).View().ids()), 2*manyAtOnce)
	})
	t.Run("is bounded if everything is in one case", func(t *testing.T) {
		all := many(1000)
		for n := range all {
			all[n].CaseID = "one"
		}
		v := begin(all).View()
		assert.Len(t, v.Cases, 1)
		assert.Len(t, v.ids(), manyAtOnce)
	})
}

// While a round is prepared the old is shown and the agent can work; while the
// page is told of it the new is shown.
func TestARoundIsShownWholeOrNotAtAll(t *testing.T) {
	m, told := newTold()
	m.round(many(50), noRest)
	renamed := many(50)
	for n := range renamed {
		renamed[n].InteractionID = "new " + renamed[n].InteractionID
	}
	renamed = append(renamed[10:], many(60)[50:]...)
	old, rests := m.View().ids(), 0
	r := m.prepare(renamed, func() {
		rests++
		assert.Equal(t, old, m.View().ids())
		assert.Equal(t, 50, m.View().Count)
		if rests == 30 {
			m.Select("20")
		}
	})
	assert.Greater(t, rests, 60)
	told.events = nil
	m.changeInSlices(func() { m.apply(r) }, func() {
		assert.Len(t, m.View().ids(), 50)
		if len(told.events) == 1 {
			assert.Equal(t, "new 20", m.View().Selected.InteractionID, "what the agent has selected meanwhile")
			m.Select("50")
		}
	})
	assert.Equal(t, "50", m.View().Selected.InteractionID)
	assert.Contains(t, told.events[len(told.events)-1], EventSelected, "the page is told in order")
	assert.Len(t, told.events, 10+10+1)
}

// TestTheWorkGrowsWithTheNumberOfInteractions compares a number with twenty
// times as many: twenty times the work is linear, four hundred times is not. A
// machine that is busy makes any work longer, so the shortest time counts.
func TestTheWorkGrowsWithTheNumberOfInteractions(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the clocks of browsers are too coarse: this runs natively")
	}
	const few, factor, most = 250, 20, 85
	works := []struct {
		name string
		work func(m *Model, all []*wwe.Interaction)
	}{
		{"everything is new", func(m *Model, all []*wwe.Interaction) { m.round(nil, noRest); m.round(all, noRest) }},
		{"everything has another id", func(m *Model, all []*wwe.Interaction) {
			renamed := many(len(all))
			for n := range renamed {
				renamed[n].InteractionID = "new " + renamed[n].InteractionID
			}
			m.round(renamed, noRest)
			m.round(all, noRest)
		}},
		{"everything is read again", func(m *Model, all []*wwe.Interaction) { m.round(many(len(all)), noRest) }},
		{"everything is a consultation about the first", func(m *Model, all []*wwe.Interaction) {
			consultations := many(len(all))
			for n := range consultations {
				consultations[n].IsConsultation, consultations[n].ParentInteractionID = n > 0, "0"
			}
			m.round(consultations, noRest)
			m.View()
		}},
		{"the data of one call changes", func(m *Model, all []*wwe.Interaction) {
			for n := range 10 {
				m.round(replaced(all, n, func(i *wwe.Interaction) { i.UserData = wwe.UserData{"n": float64(n)} }), noRest)
				m.View()
			}
		}},
		{"one after another is selected", func(m *Model, all []*wwe.Interaction) {
			for n := range 10 {
				m.Select(strconv.Itoa(len(all) - n - 1))
				m.View()
				m.Place()
			}
		}},
	}
	for _, w := range works {
		t.Run(w.name, func(t *testing.T) {
			best := func(count int) time.Duration {
				m, _ := newTold()
				all := many(count)
				m.round(all, noRest)
				best := time.Hour
				for range 3 { // the machine may be busy with something else
					began := time.Now()
					w.work(m, all)
					best = min(best, time.Since(began))
				}
				return best
			}
			a, b := time.Hour, time.Hour
			for range 10 {
				if a, b = min(a, best(few)), min(b, best(few*factor)); b < most*a {
					break
				}
			}
			assert.Less(t, b, most*a, "%d interactions: %v, %d: %v", few, a, few*factor, b)
			t.Logf("%d interactions: %v, %d: %v", few, a, few*factor, b)
		})
	}
}

func TestThePlaceOfManyStaysSmall(t *testing.T) {
	m, _ := newTold()
	m.round(many(10_000), noRest)
	place, changed := m.Place()
	require.True(t, changed)
	assert.Less(t, len(place), 10_000)
	assert.Contains(t, place, "uuid 9999", "it remembers the latest")
	m.Select("5")
	place, _ = m.Place()
	assert.Contains(t, place, `"uuid":"uuid 5"`)
}

func TestABlockOutlivesARoundAlsoWithoutAUUID(t *testing.T) {
	m, _ := newTold()
	m.holds(talk("1", true))
	m.change(func() { m.setBlocked(m.items["1"], true) })
	m.holds(data(talk("1", true), 1))
	assert.Equal(t, Blocked, m.View().Selected.Blocked)
	m.holds()
	m.holds(talk("1", true))
	assert.Equal(t, Unblocked, m.View().Selected.Blocked, "the id may be another interaction's now")
}

func BenchmarkRound(b *testing.B) {
	for _, count := range []int{100, 1000, 10_000} {
		all := many(count)
		b.Run("everything is new, "+strconv.Itoa(count), func(b *testing.B) {
			for b.Loop() {
				m := New(Options{})
				m.round(all, noRest)
				m.View()
			}
		})
		b.Run("one has other data, "+strconv.Itoa(count), func(b *testing.B) {
			m := New(Options{})
			m.round(all, noRest)
			n := 0
			for b.Loop() {
				n++
				m.round(replaced(all, count/2, func(i *wwe.Interaction) { i.UserData = wwe.UserData{"n": float64(n)} }), noRest)
				m.View()
			}
		})
	}
}

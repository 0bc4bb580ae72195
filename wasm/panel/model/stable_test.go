package model

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/wwe"
)

// told records what a model tells the page, in order.
type told struct{ events []string }

func (d *told) notify(event string, detail Detail) {
	text := event
	for _, field := range detail {
		text += " " + field.Name + "=" + field.Text
	}
	d.events = append(d.events, text)
}

// selections counts how often the selection has changed.
func (d *told) selections() int {
	count := 0
	for _, event := range d.events {
		if strings.HasPrefix(event, EventSelected) {
			count++
		}
	}
	return count
}

func newTold() (*Model, *told) {
	d := &told{}
	return New(Options{Notify: d.notify}), d
}

// holds has the model take over what WWE holds.
func (m *Model) holds(now ...wwe.Interaction) {
	pointers := make([]*wwe.Interaction, len(now))
	for n := range now {
		pointers[n] = &now[n]
	}
	m.round(pointers, noRest)
}

// talk is a call in a case of its own.
func talk(id string, isCaseSelected bool) wwe.Interaction {
	return wwe.Interaction{InteractionID: id, CaseID: "case " + id, State: wwe.StateTalking, Media: "voice", IsCaseSelected: isCaseSelected}
}

func data(i wwe.Interaction, n int) wwe.Interaction {
	i.UserData = wwe.UserData{"n": strconv.Itoa(n)}
	return i
}

func TestDataEventsNeverMoveTheSelection(t *testing.T) {
	tests := []struct {
		promise       string
		first, second bool // whether WWE says that their cases are selected
		flaps         bool // the first one's flag changes with each event
		want          string
	}{
		{"if WWE selects two cases", true, true, false, "1"},
		{"if WWE selects no case", false, false, false, "1"},
		{"if WWE selects the case of the other call", false, true, false, "2"},
		{"if WWE keeps selecting and deselecting the only selected case", true, false, true, "1"},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			for range 20 { // map order differs from run to run
				m, told := newTold()
				first, second := talk("1", test.first), talk("2", test.second)
				m.holds(first, second)
				assert.Equal(t, test.want, m.View().Selected.InteractionID)
				for n := range 40 {
					if test.flaps {
						first.IsCaseSelected = n%2 == 1
					}
					m.holds(data(first, n), second)
				}
				assert.Equal(t, test.want, m.View().Selected.InteractionID)
				assert.Equal(t, 1, told.selections())

				m.Select("2")
				for n := range 40 {
					if test.flaps {
						first.IsCaseSelected = n%2 == 1
					}
					m.holds(data(first, n), second)
				}
				assert.Equal(t, "2", m.View().Selected.InteractionID, "the agent's own choice stays")
			}
		})
	}
}

func TestThePanelFollowsWWEToAnotherCase(t *testing.T) {
	tests := []struct {
		promise string
		states  [][]bool // of the flags of the calls 1, 2 and 3
		want    string
	}{
		{"that WWE has selected", [][]bool{{true, false, false}, {false, true, false}}, "2"},
		{"that it selects before it deselects the other", [][]bool{{true, false, false}, {true, true, false}, {false, true, false}}, "2"},
		{"that it selects after it has deselected the other", [][]bool{{true, false, false}, {false, false, false}, {false, true, false}}, "2"},
		{"and back", [][]bool{{true, false, false}, {false, true, false}, {true, false, false}}, "1"},
		{"but not to one of two that it claims are selected", [][]bool{{true, false, false}, {true, true, false}, {true, true, true}}, "1"},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			for range 20 {
				m, _ := newTold()
				for _, flags := range test.states {
					m.holds(talk("1", flags[0]), talk("2", flags[1]), talk("3", flags[2]))
				}
				assert.Equal(t, test.want, m.View().Selected.InteractionID)
			}
		})
	}
}

func TestAnAgentsChoiceHoldsUntilWWESelectsAnotherCase(t *testing.T) {
	m, _ := newTold()
	m.holds(talk("1", true), talk("2", false), talk("3", false))
	m.Select("3")
	m.holds(talk("1", true), data(talk("2", false), 1), talk("3", false))
	m.holds(talk("1", false), talk("2", false), talk("3", false))
	m.holds(talk("1", true), talk("2", false), talk("3", false))
	assert.Equal(t, "3", m.View().Selected.InteractionID, "WWE has only repeated its selection")
	m.holds(talk("1", false), talk("2", true), talk("3", false))
	assert.Equal(t, "2", m.View().Selected.InteractionID)
}

func TestTheSelectionMovesOnceItsInteractionIsGone(t *testing.T) {
	for range 20 {
		m, _ := newTold()
		m.holds(talk("1", true), talk("2", true), talk("3", true))
		m.holds(talk("2", true), talk("3", true))
		assert.Equal(t, "2", m.View().Selected.InteractionID, "the first case that WWE says is selected")
		m.holds(talk("3", false), talk("4", false))
		assert.Equal(t, "3", m.View().Selected.InteractionID, "the first there is")
		m.holds()
		assert.Nil(t, m.View().Selected)
	}
}

// Whatever a person sees, hears or is told is the same in each run.
func TestNothingDependsOnMapOrder(t *testing.T) {
	run := func() string {
		m, told := newTold()
		var first, second, third []wwe.Interaction
		for n := range 12 {
			i := talk(strconv.Itoa(n), n%2 == 0)
			i.InteractionUUID = "uuid " + strconv.Itoa(n/3) // several have the same
			first = append(first, i)
			i.InteractionID = "new " + i.InteractionID // WWE has been reloaded
			second = append(second, i)
			if n%4 == 0 {
				third = append(third, i)
			}
		}
		// Two consultations about one call.
		for _, id := range []string{"c1", "c2"} {
			i := talk(id, false)
			i.CaseID, i.IsConsultation, i.ParentInteractionID = "case 0", true, "new 0"
			second = append(second, i)
			third = append(third, i)
		}
		m.holds(first...)
		m.change(func() {
			for n := range 12 {
				m.fail(&Failure{Action: MarkDone, On: strconv.Itoa(n), Reason: ReasonRefused}, m.items[strconv.Itoa(n)])
			}
		})
		m.holds(second...)
		var b strings.Builder
		m.describe(&b)
		m.holds(third...)
		m.describe(&b)
		m.holds()
		m.describe(&b)
		b.WriteString(strings.Join(told.events, "\n"))
		return b.String()
	}
	want := run()
	for range 200 {
		if got := run(); got != want {
			assert.Equal(t, want, got)
			return
		}
	}
}

// describe writes down what there is to see and to hear.
func (m *Model) describe(b *strings.Builder) {
	v := m.View()
	line := func(texts ...string) { b.WriteString(strings.Join(texts, " ") + "\n") }
	for _, c := range v.Cases {
		line("case", c.ID, strconv.FormatBool(c.Selected))
		for _, i := range c.Items {
			line("item", strconv.Itoa(i.Key), i.InteractionID, i.Consultation, strconv.Itoa(int(i.Blocked)))
			for _, o := range i.Offers {
				line("offer", string(o.Action), o.On)
			}
		}
	}
	if v.Selected != nil {
		line("selected", v.Selected.InteractionID)
	}
	for _, f := range v.Failures {
		line("failure", strconv.Itoa(f.ID), f.On)
	}
	for _, e := range append(v.History, m.Notices()...) {
		if line("entry", strconv.Itoa(e.N), string(e.Kind)); e.Interaction != nil {
			line(e.Interaction.InteractionID)
		}
	}
}

func TestAnOptionIsFoundTheSameEachTime(t *testing.T) {
	answer := map[string]any{}
	for n := range 20 {
		answer["section "+strconv.Itoa(n)] = map[string]any{writeAllowed: "key " + strconv.Itoa(n)}
	}
	for range 50 {
		text, found := findOption(answer, writeAllowed)
		assert.True(t, found)
		assert.Equal(t, "key 0", text)
	}
}

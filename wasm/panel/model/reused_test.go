package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
)

// call is talk with a UUID, which gives it its case too.
func call(id, uuid string, isCaseSelected bool) wwe.Interaction {
	i := talk(id, isCaseSelected)
	i.InteractionUUID, i.CaseID = uuid, "case "+uuid
	return i
}

// keys are the keys of what is shown, by UUID.
func (v *View) keys() map[string]int {
	keys := map[string]int{}
	for _, c := range v.Cases {
		for _, i := range c.Items {
			keys[i.InteractionUUID] = i.Key
		}
	}
	return keys
}

// A refresh of WWE counts ids from 1 again, so that an id may be another
// interaction's.
func TestAnInteractionIsKnownByItsUUIDWhereIdsAreReused(t *testing.T) {
	tests := []struct {
		promise       string
		before, after []wwe.Interaction
		told          []string // what happened, by UUID
	}{
		{"if an id is the one that another had",
			[]wwe.Interaction{call("2", "Anna", true), call("3", "Bert", false)},
			[]wwe.Interaction{call("1", "Anna", true), call("2", "Bert", false)}, nil},
		{"if two have changed ids",
			[]wwe.Interaction{call("1", "Anna", true), call("2", "Bert", false)},
			[]wwe.Interaction{call("2", "Anna", true), call("1", "Bert", false)}, nil},
		{"if each id goes to the next",
			[]wwe.Interaction{call("1", "Anna", true), call("2", "Bert", false), call("3", "Carl", false)},
			[]wwe.Interaction{call("2", "Anna", true), call("3", "Bert", false), call("4", "Carl", false)}, nil},
		{"if the one that had its id is gone",
			[]wwe.Interaction{call("1", "Zoe", false), call("2", "Anna", true)},
			[]wwe.Interaction{call("1", "Anna", true)}, []string{"Zoe gone"}},
		{"if a new one has the id of one that is gone",
			[]wwe.Interaction{call("1", "Zoe", false), call("2", "Anna", true)},
			[]wwe.Interaction{call("1", "New", false), call("2", "Anna", true)}, []string{"New new", "Zoe gone"}},
		{"if another has no UUID, and has its id",
			[]wwe.Interaction{call("1", "", false), call("2", "Anna", true)},
			[]wwe.Interaction{call("2", "", false), call("1", "Anna", true)}, []string{" new", " gone"}},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			var changes []string
			m := New(Options{Notify: func(event string, d Detail) {
				of := map[string]string{}
				for _, field := range d {
					of[field.Name] = field.Text
				}
				if event == EventChanged {
					changes = append(changes, of["interactionUUID"]+" "+of["change"])
				}
			}})
			m.holds(test.before...)
			before := m.View()
			require.Equal(t, "Anna", before.Selected.InteractionUUID)
			changes = nil
			m.holds(test.after...)
			after := m.View()
			assert.Equal(t, "Anna", after.Selected.InteractionUUID, "the agent stays there")
			assert.Equal(t, before.Selected.Key, after.Selected.Key)
			assert.Equal(t, before.Selected.Began, after.Selected.Began)
			assert.Equal(t, test.told, changes)
			for uuid, key := range after.keys() {
				if was, known := before.keys()[uuid]; known && uuid != "" {
					assert.Equal(t, was, key, uuid)
				}
			}
		})
	}
	t.Run("and by its id and case where it gets the UUID of the call that it becomes part of", func(t *testing.T) {
		m, _ := newTold()
		m.holds(call("1", "Anna", true), call("2", "Bert", false))
		key := m.View().Selected.Key
		merged := call("1", "Carl", true)
		merged.CaseID = "case Anna"
		m.holds(merged, call("2", "Bert", false))
		assert.Equal(t, "Carl", m.View().Selected.InteractionUUID)
		assert.Equal(t, key, m.View().Selected.Key)
	})
	t.Run("and by its id where there is none", func(t *testing.T) {
		m, _ := newTold()
		m.holds(call("1", "", true))
		key := m.View().Selected.Key
		m.holds(call("1", "Anna", true))
		assert.Equal(t, key, m.View().Selected.Key, "WWE tells it only now")
		m.holds(call("1", "", true))
		assert.Equal(t, key, m.View().Selected.Key)
	})
}

// What belongs to an interaction is not the next one's that has its id.
func TestWhatBelongsToAnInteractionStaysItsOwnWhereIdsAreReused(t *testing.T) {
	m, _ := newTold()
	anna, bert := call("2", "Anna", true), call("3", "Bert", false)
	m.holds(anna, bert)
	m.change(func() {
		m.over(&Task{Action: Hold, On: "2"}, m.items["2"], wwe.ErrTimeout)
		m.over(&Task{Action: MarkDone, On: "3"}, m.items["3"], &wwe.RequestError{})
		m.pending[task{HangUp, m.items["2"].key, ""}] = true
	})
	of := func(uuid string) *Item {
		for _, c := range m.View().Cases {
			for _, i := range c.Items {
				if i.InteractionUUID == uuid {
					return i
				}
			}
		}
		return nil
	}
	failed := func() (keys []int) {
		for _, f := range m.View().Failures {
			keys = append(keys, f.Item)
		}
		return keys
	}
	check := func() {
		t.Helper()
		assert.Equal(t, []int{of("Anna").Key, of("Bert").Key}, failed())
		assert.True(t, of("Anna").Offer(HangUp).Pending)
		assert.False(t, of("Bert").Offer(HangUp).Pending)
		assert.Equal(t, Unblocked, of("Anna").Blocked)
		assert.Equal(t, MaybeBlocked, of("Bert").Blocked)
	}
	check()
	m.holds(call("1", "Anna", true), call("2", "Bert", false))
	check()
	m.holds(call("3", "Anna", true), call("1", "Bert", false))
	check()
	stray := of("Bert").Key
	m.holds(call("1", "Carl", true))
	assert.NotContains(t, failed(), of("Carl").Key)
	assert.Contains(t, failed(), stray, "it is still told")
	assert.Equal(t, Unblocked, of("Carl").Blocked)
	assert.False(t, of("Carl").Offer(HangUp).Pending)
}

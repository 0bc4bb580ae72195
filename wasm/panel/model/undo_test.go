package model_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// key is what is shown of a key of the selected interaction, nil for nothing.
func (r *rig) key(name string) *model.Key {
	for _, k := range r.model.View().Selected.Keys {
		if k.Name == name {
			return &k
		}
	}
	return nil
}

func TestADeletedKeyCanBeRestored(t *testing.T) {
	deleted := func(r *rig) (id string) {
		id = r.host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"After": "z", "Nested": map[string]any{"a": []any{true, "é", nil}}, "Zip": "1"}})
		require.NoError(r, r.host.Answer(id))
		r.settle()
		require.True(r, r.do(model.Task{Action: model.DeleteUserData, On: id, Key: "Nested"}))
		require.NotContains(r, r.data(id), "Nested")
		return id
	}
	names := func(r *rig) (names []string) {
		for _, k := range r.model.View().Selected.Keys {
			names = append(names, k.Name)
		}
		return names
	}
	t.Run("at its place, with the value that it had", func(t *testing.T) {
		with(t, func(r *rig) {
			id := deleted(r)
			assert.Equal(r, []string{"After", "Nested", "Zip"}, names(r))
			k := r.key("Nested")
			assert.True(r, k.Deleted && !k.Pending)
			r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Kind: wwetest.FaultKindDelay, Delay: time.Second, Next: 1})
			assert.True(r, r.model.Restore(id, "Nested"))
			assert.False(r, r.model.Restore(id, "Nested"), "twice is as once")
			assert.True(r, r.key("Nested").Pending)
			for range 100 { // whatever comes first, the answer or the event
				synctest.Wait()
				assert.Equal(r, []string{"After", "Nested", "Zip"}, names(r))
				time.Sleep(20 * time.Millisecond)
			}
			assert.False(r, r.key("Nested").Deleted)
			assert.Equal(r, map[string]any{"a": []any{true, "é", nil}}, r.data(id)["Nested"])
			assert.False(r, r.model.Restore(id, "Nested"), "it is there")
			r.do(model.Task{Action: model.DeleteUserData, On: id, Key: "Nested"})
			assert.True(r, r.key("Nested").Deleted, "and it can be deleted again")
			time.Sleep(10 * time.Second)
		})
	})
	t.Run("for 8 seconds", func(t *testing.T) {
		with(t, func(r *rig) {
			id := deleted(r)
			time.Sleep(5 * time.Second)
			assert.NotNil(r, r.key("Nested"))
			time.Sleep(4 * time.Second)
			assert.Nil(r, r.key("Nested"))
			assert.False(r, r.model.Restore(id, "Nested"))
		})
	})
	t.Run("and again if WWE refuses, which shows", func(t *testing.T) {
		with(t, func(r *rig) {
			id := deleted(r)
			r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Refuse: "not now", Next: 1})
			r.model.Restore(id, "Nested")
			time.Sleep(7 * time.Second)
			require.Len(r, r.model.View().Failures, 1)
			f := r.model.View().Failures[0]
			assert.Equal(r, []any{model.SetUserData, "Nested", "not now"}, []any{f.Action, f.Key, f.Said})
			assert.True(r, r.model.Restore(id, "Nested"))
			r.settle()
			assert.Empty(r, r.model.View().Failures)
			assert.Contains(r, r.data(id), "Nested")
		})
	})
	t.Run("and once more if WWE does not answer", func(t *testing.T) {
		with(t, func(r *rig) {
			id := deleted(r)
			r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Next: 1})
			r.model.Restore(id, "Nested")
			time.Sleep(12 * time.Second) // of which it has waited for 8
			assert.True(r, r.key("Nested").Deleted)
			assert.True(r, r.model.Restore(id, "Nested"))
			r.settle()
			assert.Contains(r, r.data(id), "Nested")
		})
	})
	t.Run("of this interaction only, also if WWE gives it another id", func(t *testing.T) {
		with(t, func(r *rig) {
			other := r.call()
			id := deleted(r)
			assert.False(r, r.model.Restore(other, "Nested"))
			r.model.Select(other)
			r.settle()
			assert.Nil(r, r.key("Nested"))
			r.model.Select(id)
			assert.NotNil(r, r.key("Nested"))
		})
	})
	t.Run("but not if WWE has refused to delete it, or somebody has set it", func(t *testing.T) {
		with(t, func(r *rig) {
			id := deleted(r)
			require.NoError(r, r.host.SetUserData(id, wwe.UserData{"Nested": "new"}))
			r.settle()
			assert.False(r, r.key("Nested").Deleted)
			r.host.Fault(wwetest.Fault{Request: "interaction.deleteUserData", Refuse: "no", Next: 1})
			r.do(model.Task{Action: model.DeleteUserData, On: id, Key: "Zip"})
			assert.False(r, r.key("Zip").Deleted)
			assert.False(r, r.model.Restore(id, "Zip"))
		})
	})
	t.Run("but not if the page may not set user data", func(t *testing.T) {
		with(t, func(r *rig) {
			r.stop()
			r.host.Configure(func(c *wwetest.Config) {
				c.AcceptedOrigins = "* (interaction.get*, interaction.deleteUserData, system.*)"
			})
			r.open()
			deleted(r)
			assert.Nil(r, r.key("Nested"))
		})
	})
}

func (r *rig) data(id string) wwe.UserData {
	i, _ := r.host.Interaction(id)
	return i.UserData
}

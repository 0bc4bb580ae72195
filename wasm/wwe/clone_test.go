package wwe_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/wwe"
)

func TestAClone(t *testing.T) {
	original := func() wwe.Interaction {
		return wwe.Interaction{
			InteractionID: "1",
			UserData: wwe.UserData{
				"object":  map[string]any{"list": []any{map[string]any{"deep": "as it was"}}},
				"strings": []string{"as it was"},
				"names":   map[string]string{"k": "as it was"},
			},
			Parties: []wwe.Party{{Name: "n", Unknown: map[string]wwe.JSON{"k": "1"}}},
			Contact: &wwe.Contact{DisplayName: "Ann", Unknown: map[string]wwe.JSON{"k": "1"}},
			Unknown: map[string]wwe.JSON{"k": "1"},
		}
	}

	t.Run("equals the original", func(t *testing.T) {
		assert.Equal(t, original(), original().Clone())
		assert.Equal(t, wwe.Interaction{}, wwe.Interaction{}.Clone(), "nil stays nil")
		assert.Equal(t, wwe.UserData{}, wwe.UserData{}.Clone(), "and empty stays empty")
	})

	t.Run("shares nothing with it that can be changed", func(t *testing.T) {
		i := original()
		clone := i.Clone()
		clone.UserData["object"].(map[string]any)["list"].([]any)[0].(map[string]any)["deep"] = "spoiled"
		clone.UserData["strings"].([]string)[0] = "spoiled"
		clone.UserData["names"].(map[string]string)["k"] = "spoiled"
		clone.UserData["new"] = "spoiled"
		clone.Parties[0].Name = "spoiled"
		clone.Parties[0].Unknown["k"] = "spoiled"
		clone.Contact.DisplayName = "spoiled"
		clone.Contact.Unknown["k"] = "spoiled"
		clone.Unknown["k"] = "spoiled"
		assert.Equal(t, original(), i)
	})
}

func TestACloneOfDataThatHoldThemselves(t *testing.T) {
	t.Run("holds itself", func(t *testing.T) {
		d, list := wwe.UserData{}, []any{nil, 1}
		list[0] = list
		d["self"], d["again"], d["list"] = d, map[string]any(d), list
		clone := d.Clone()
		clone["new"] = true
		assert.NotContains(t, d, "new")
		assert.Contains(t, clone["self"], "new")
		assert.Contains(t, clone["again"], "new")
		clone["list"].([]any)[1] = 2
		assert.Equal(t, 2, clone["list"].([]any)[0].([]any)[1])
		assert.Equal(t, 1, list[1])
	})
	t.Run("takes no time beyond its size", func(t *testing.T) {
		all := make([]map[string]any, 30) // each with all others: 30! ways through them
		for n := range all {
			all[n] = map[string]any{}
		}
		list := make([]any, 30) // that holds its own parts
		for n := range all {
			list[n] = list[:n+1]
			for m := range all {
				all[n][strconv.Itoa(m)] = all[m]
			}
		}
		assert.Len(t, wwe.UserData{"a": all[0], "b": list}.Clone()["a"], 30)
	})
	t.Run("is shared from where it is too deep to be sent", func(t *testing.T) {
		deepest := map[string]any{"k": "as it was"}
		deep := deepest
		for range 100_000 {
			deep = map[string]any{"in": deep}
		}
		var clone any = map[string]any(wwe.UserData(deep).Clone())
		for range 100_000 {
			clone = clone.(map[string]any)["in"]
		}
		clone.(map[string]any)["k"] = "changed"
		assert.Equal(t, "changed", deepest["k"])
	})
	t.Run("keeps nil and empty apart", func(t *testing.T) {
		d := wwe.UserData{"a": []any(nil), "b": []any{}, "c": map[string]any(nil), "d": map[string]any{}, "e": wwe.UserData(nil), "f": []string(nil)}
		assert.Equal(t, d, d.Clone())
	})
}

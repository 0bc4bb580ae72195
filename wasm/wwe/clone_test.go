package wwe_test

import (
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

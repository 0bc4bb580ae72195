package model_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestThePagesKeysComeFirst(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"A": "1", "Order": "2", "Z": "3", "Customer": "4", "B": "5"}})
		require.NoError(t, r.host.Answer(id))
		r.settle()
		var names, first []string
		for _, k := range r.model.View().Selected.Keys {
			names = append(names, k.Name)
			if k.First {
				first = append(first, k.Name)
			}
		}
		assert.Equal(t, []string{"Customer", "Order", "A", "B", "Z"}, names)
		assert.Equal(t, []string{"Customer", "Order"}, first)
	}, func(o *model.Options) { o.Keys = []string{"Customer", "missing", "Order"} })
}

func TestALongTextFolds(t *testing.T) {
	long := strings.Repeat("word ", 100)
	lines := "1\n2\n3\n4\n5\n6\n7\n8"
	for text, want := range map[string]string{
		"":                         "",
		"short":                    "short",
		strings.Repeat("x", 240):   strings.Repeat("x", 240),
		"1\n2\n3\n4\n5\n6":         "1\n2\n3\n4\n5\n6", // to fold two lines saves none
		lines:                      "1\n2\n3\n4",
		long:                       strings.TrimSpace(strings.Repeat("word ", 40)),
		strings.Repeat("é", 300):   strings.Repeat("é", 200),
		strings.Repeat("👩‍👧", 100): strings.Repeat("👩‍👧", 66), // as many as fit whole
		// Lone surrogates, as JSON can have them: each of their bytes counts as a rune.
		strings.Repeat("\xed\xa0\x80", 100): strings.Repeat("\xed\xa0\x80", 66) + "\xed\xa0",
	} {
		head, folds := model.FoldText(text)
		assert.Equal(t, want, head)
		assert.Equal(t, head != text, folds)
	}
}

func TestAnEmailIsCalledByItsSubject(t *testing.T) {
	for _, c := range []struct {
		is   *wwe.Interaction
		want string
	}{
		{&wwe.Interaction{Media: "email", UserData: wwe.UserData{"Subject": "My order"}}, "My order"},
		{&wwe.Interaction{Media: "email", UserData: wwe.UserData{"Subject": "  "}}, ""},
		{&wwe.Interaction{Media: "email", UserData: wwe.UserData{"Subject": []any{"odd"}}}, ""},
		{&wwe.Interaction{Media: "voice", UserData: wwe.UserData{"Subject": "My order"}}, ""},
	} {
		assert.Equal(t, c.want, model.Subject(c.is))
	}
}

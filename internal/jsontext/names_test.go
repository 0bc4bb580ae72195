package jsontext_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"wwebridge/internal/jsontext"
)

func TestNamesAreSortedHoweverManyThereAre(t *testing.T) {
	for _, count := range []int{0, 1, 2, 3, 4, 7, 8, 100, 5000} {
		object := map[string]any{}
		for len(object) < count {
			object[strconv.Itoa(rand.IntN(1_000_000))] = nil
		}
		if names := jsontext.Names(object); !slices.Equal(names, slices.Sorted(maps.Keys(object))) {
			t.Errorf("%d names: %q", count, names)
		}
	}
}

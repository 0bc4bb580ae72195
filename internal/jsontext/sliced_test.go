package jsontext

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inSlices gives each of these, then "".
func inSlices(texts ...string) func() string {
	return func() (next string) {
		if len(texts) > 0 {
			next, texts = texts[0], texts[1:]
		}
		return next
	}
}

func TestAnArrayInSlicesReadsLikeTheWholeText(t *testing.T) {
	for _, elements := range [][]string{
		{`[]`},
		{`[1]`},
		{`[1`, `,2`, `,3]`},
		{`[{"a":[1,{"b":null}]},"x"`, `,{"a":{}},"]["]`},
		{`[1`, ` , 2 `, ` ]`, ` `},
		{`["a"`, `]`},
		{``},
		{`[1`, `2]`},
		{`[1,`, `2]`},
		{`[1`, `,`, `]`},
		{`[1`},
		{`[{"a":1`, `}]`},
		{`[1]`, `,2]`},
		{`[true`, `,fals`, `e]`},
	} {
		whole := strings.Join(elements, "")
		t.Run(whole, func(t *testing.T) {
			read := func(r *Reader) (all []string) {
				for a := r.Array(); a.Next(); {
					if a.Index%2 == 0 { // the others are left unread
						all = append(all, r.Raw())
					}
				}
				return all
			}
			sliced, plain := NewSliced(inSlices(elements...)), NewReader(whole)
			got, want := read(sliced), read(plain)
			if plain.Err() == nil && sliced.Err() == nil {
				assert.Equal(t, want, got)
			}
			if plain.Err() != nil {
				assert.Error(t, sliced.Err())
			}
		})
	}
}

func TestAFaultInALaterSliceNamesItsElement(t *testing.T) {
	r := NewSliced(inSlices(`[{"n":1},{"n":2}`, `,{"n":"x"}`, `,{"n":4}]`))
	for a := r.Array(); a.Next(); {
		for o := r.Object(); o.Next(); {
			r.Number()
		}
	}
	require.EqualError(t, r.Err(), "[2].n: expected a number, found a string")
}

func TestAfterAFaultNoFurtherSliceIsAskedFor(t *testing.T) {
	asked := 0
	r := NewSliced(func() string { asked++; return `[1 2` })
	for a := r.Array(); a.Next(); {
		r.Number()
	}
	require.Error(t, r.Err())
	require.Error(t, r.Err())
	assert.Equal(t, 1, asked)
}

func TestAnArrayInSlicesHasNoTextOfItsOwn(t *testing.T) {
	r := NewSliced(inSlices(`[1`, `,2]`))
	assert.Empty(t, r.Raw())
	assert.EqualError(t, r.Err(), "the text comes in slices")
}

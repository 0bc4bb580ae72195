package jsontext

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStringsOutliveTheTextTheyWereReadFrom(t *testing.T) {
	read := func() map[string]any {
		var text strings.Builder
		for n := range 40 {
			text.WriteString(`,"` + strconv.Itoa(n) + `":"value\u0020` + strconv.Itoa(n) + `"`)
		}
		r := NewReader("{" + text.String()[1:] + "}")
		all := r.Map()
		require.NoError(t, r.Err())
		return map[string]any{"0": all["0"], "15": all["15"], "16": all["16"], "31": all["31"], "32": all["32"], "39": all["39"]}
	}
	kept := read()
	for range 3 {
		runtime.GC()
		_ = read()
	}
	assert.Equal(t, map[string]any{"0": "value 0", "15": "value 15", "16": "value 16", "31": "value 31", "32": "value 32", "39": "value 39"}, kept)
	asKeys := map[any]bool{kept["16"]: true}
	assert.True(t, asKeys["value 16"], "it is a string like any other")
}

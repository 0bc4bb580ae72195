package jsontext

import (
	"encoding/json"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type (
	namedText   string
	namedBool   bool
	namedInt    int64
	namedByte   uint16
	namedFloat  float32
	namedArray  []namedText
	namedObject map[namedText]namedArray
	anyObject   map[string]any
	anyArray    []any
	pointer     struct{ p *int }
)

func TestWriterWritesWhatEncodingJSONDoes(t *testing.T) {
	at := time.Date(2027, 3, 9, 9, 5, 0, 0, time.UTC)
	many := map[namedText]namedInt{}
	for n := range 1000 {
		many[namedText(time.Duration(n).String())] = namedInt(n)
	}
	for _, v := range []any{
		namedText("a\"b"), namedBool(true), namedInt(-7), namedByte(7), namedFloat(0.25), time.Second, uintptr(7),
		[]string{"a"}, []bool{true, false}, []int{1, 2}, []int8{-1, 2}, []uint16{1, 2}, []float32{0.5}, []float64{0.5}, []namedText{"a", "b"},
		[]map[string]int{{"a": 1}, {}}, [][]string{{"a"}, {}}, []anyObject{{"a": 1}}, []any{anyArray{1, anyObject{"b": []int{}}}},
		map[string]string{"b": "x", "a": "y"}, map[string]int{"a": 1}, map[string]int32{"a": 1, "b": 2}, map[string]int16{"a": 1}, map[string]bool{"a": true},
		map[string]float64{"a": 0.5}, map[string][]int{"a": {1, 2}}, map[string]map[string]string{"a": {"b": "c"}}, map[string]namedText{"a": "b"},
		namedObject{"a": {"b"}}, anyObject{"a": namedObject{"b": {}}}, many,
		at, []time.Time{at, at}, json.RawMessage(`{"a":[1]}`), json.Number("12345678901234567890"),
	} {
		want, err := json.Marshal(v)
		require.NoError(t, err)
		got, err := AppendAny(nil, v)
		if _, is := v.(json.Number); is { // which has no MarshalJSON: it is a string
			want = []byte(`"12345678901234567890"`)
		}
		require.NoError(t, err, "%T", v)
		assert.Equal(t, string(want), string(got), "%T", v)
	}
}

func TestWriterRefusesWhatHasNoJSON(t *testing.T) {
	n := 1
	for _, v := range []any{
		func() {}, make(chan int), &n, struct{}{}, pointer{&n}, [1]int{}, 1i, unsafe.Pointer(&n), map[int]string{1: "a"},
		[]func(){nil}, []error{nil}, []pointer{{&n}}, []struct{}{{}}, [][1]int{{1}}, map[string]pointer{"a": {&n}}, map[string]error{"a": nil},
		map[string]complex64{"a": 1}, map[string]func(){"a": nil}, map[string][1]int{"a": {1}}, map[string][1]*int{"a": {&n}}, []*int{&n},
	} {
		_, err := AppendAny(nil, v)
		assert.ErrorContains(t, err, "a value of this Go type cannot be sent", "%T", v)
	}
}

func TestWriterSurvivesAMarshalJSONThatPanics(t *testing.T) {
	for _, v := range []any{(*time.Time)(nil), []any{(*time.Time)(nil)}, map[string]any{"a": (*json.RawMessage)(nil)}} {
		_, err := AppendAny(nil, v)
		assert.ErrorContains(t, err, "its method MarshalJSON panicked", "%T", v)
	}
}

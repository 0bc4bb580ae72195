package jsontext

import (
	"encoding"
	"encoding/json"
	"strings"
	"sync"
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
	onlyPointer struct{ P *int }
	embedding   struct{ onlyPointer }

	tagged struct {
		Text    string `json:"text,omitzero"`
		Named   namedText
		Number  int                    `other:"x" json:"n,omitempty"`
		Zero    float64                `json:",omitzero"`
		Hidden  func()                 `json:"-"`
		List    []string               `json:"list,omitzero"`
		Array   [2]namedText           `json:"array,omitzero"`
		Objects map[string]tagged      `json:"objects,omitempty"`
		Inner   *tagged                `json:"inner,omitzero"`
		Any     any                    `json:"any,omitzero"`
		Text2   encoding.TextMarshaler `json:"text2,omitempty"`
		At      time.Time              `json:"at,omitzero"`
		When    *time.Time             `json:"when,omitzero"`
		Plain   struct{ A, B uint16 }  `json:"plain,omitzero"`
	}
)

func TestWriterWritesWhatEncodingJSONDoes(t *testing.T) {
	at := time.Date(2027, 3, 9, 9, 5, 0, 0, time.UTC)
	many := map[namedText]namedInt{}
	for n := range 1000 {
		many[namedText(time.Duration(n).String())] = namedInt(n)
	}
	n, text, one := 1, "t", onlyPointer{}
	one.P = &n
	two := &one
	full := tagged{
		Text: "a", Named: "b", Number: 1, Zero: -1, List: []string{}, Array: [2]namedText{"", "x"}, Objects: map[string]tagged{"b": {}, "a": {Text: "c"}},
		Inner: &tagged{Number: 7}, Any: []any{tagged{}}, Text2: at, At: at, Plain: struct{ A, B uint16 }{0, 1},
	}
	for _, v := range []any{
		&n, &text, &two, (*string)(nil), (*time.Time)(nil), []*time.Time{nil}, map[string]any{"a": (*json.RawMessage)(nil)}, [2]int{1, 2}, [0]string{}, [1]*int{&n},
		[3]namedByte{1, 2, 3}, one, two, []onlyPointer{one, {}}, map[string]onlyPointer{"a": one}, map[string][1]*int{"a": {&n}}, map[string][40]int64{"a": {7: 8}},
		[]error{nil}, []encoding.TextMarshaler{at, &at, nil}, map[string]encoding.TextMarshaler{"a": at}, struct{ A any }{},
		full, &full, []tagged{full, {}, {Any: &n, Plain: struct{ A, B uint16 }{1, 0}}}, map[namedText]tagged{"x": full}, tagged{Array: [2]namedText{"x", ""}, When: &time.Time{}, At: time.Time{}.In(time.Local)}, tagged{When: &at},
		[]string(nil), map[string]int(nil), []any(nil), map[string]any(nil), map[string]json.Marshaler{"a": at, "b": nil}, time.Month(3), [1]map[string]int{{"a": 1}},
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
		func() {}, make(chan int), 1i, unsafe.Pointer(&n), map[int]string{1: "a"}, []func(){nil}, map[string]complex64{"a": 1}, map[string]func(){"a": nil},
		struct{}{}, []struct{}{{}}, pointer{&n}, &pointer{&n}, embedding{}, []pointer{{&n}}, map[string]pointer{"a": {&n}}, [1]chan int{}, struct{ F func() }{},
	} {
		_, err := AppendAny(nil, v)
		assert.ErrorContains(t, err, "a value of this Go type cannot be sent", "%T", v)
	}
	_, err := AppendAny(nil, []any{tagged{Any: func() {}}})
	assert.ErrorContains(t, err, "[0].any: a value of this Go type cannot be sent")
}

type panicking struct{}

func (panicking) MarshalJSON() ([]byte, error) { panic("x") }

func TestWriterSurvivesAMarshalJSONThatPanics(t *testing.T) {
	for _, v := range []any{panicking{}, &panicking{}, []panicking{{}}, map[string]any{"a": panicking{}}} {
		_, err := AppendAny(nil, v)
		assert.ErrorContains(t, err, "its method MarshalJSON panicked", "%T", v)
	}
}

// around marshals what is in it by this package, as user data do.
type around map[string]any

func (a around) MarshalJSON() ([]byte, error) { return AppendAny(nil, map[string]any(a)) }

// byStandard marshals what is in it by encoding/json.
type byStandard struct{ v any }

func (s byStandard) MarshalJSON() ([]byte, error) { return json.Marshal(s.v) }

func TestWhatHoldsItselfIsAnErrorThatNamesThePath(t *testing.T) {
	type list struct {
		Next any `json:"next"`
	}
	direct, methods, mixed, deep, standard, pointers := map[string]any{}, around{}, around{}, around{}, around{}, &list{}
	direct["self"] = direct
	methods["self"] = methods
	mixed["self"] = []any{map[string]any{"a": mixed}}
	var far any = deep
	for range MaxDepth - 2 {
		far = []any{far}
	}
	deep["self"] = far
	standard["self"] = byStandard{standard}
	pointers.Next = pointers
	type itself *itself
	var p itself
	p = &p
	for _, of := range []struct {
		value any
		path  string
	}{
		{direct, "self.self.self"}, {methods, "self.self.self"}, {mixed, "self[0].a.self[0].a.self"}, {deep, "self[0][0][0]"}, {standard, "self.self"},
		{pointers, "next.next.next"}, {p, "nested"},
	} {
		var wait sync.WaitGroup
		for range 3 {
			wait.Go(func() {
				_, err := AppendAny(nil, of.value)
				if !assert.ErrorContains(t, err, "nested too deeply, or within itself") {
					return
				}
				assert.True(t, strings.HasPrefix(err.Error(), of.path), "%.200s", err)
				assert.Less(t, len(err.Error()), 200)
			})
		}
		wait.Wait()
	}
	text, err := AppendAny(nil, around{"a": around{"b": []any{around{}}}})
	require.NoError(t, err)
	assert.Equal(t, `{"a":{"b":[{}]}}`, string(text))
}

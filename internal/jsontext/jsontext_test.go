package jsontext

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func readAny(text string) (any, error) {
	r := NewReader(text)
	v := r.Any()
	return v, r.Err()
}

func TestReaderReadsWhatJSONHas(t *testing.T) {
	for text, want := range map[string]any{
		`null`: nil, ` true `: true, `false`: false, `""`: "", `"a\"b\\\/\b\f\n\r\t"`: "a\"b\\/\b\f\n\r\t",
		`0`: 0.0, `-7`: -7.0, `3.25`: 3.25, `1e3`: 1000.0, `12345678901234567890`: 12345678901234567890.0,
		`"\u00e9\ud83d\ude00"`:        "é😀",
		`[]`:                          []any{},
		`{}`:                          map[string]any{},
		`[1,[true,{"a":null}]]`:       []any{1.0, []any{true, map[string]any{"a": nil}}},
		`{"__proto__":{"x":1},"":""}`: map[string]any{"__proto__": map[string]any{"x": 1.0}, "": ""},
		`{"a":1,"a":2}`:               map[string]any{"a": 2.0},
	} {
		got, err := readAny(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	minusZero, err := readAny(`-0`)
	require.NoError(t, err)
	assert.True(t, math.Signbit(minusZero.(float64)), "-0 keeps its sign")
}

func TestReaderRefusesWhatIsNotJSON(t *testing.T) {
	for _, text := range []string{
		``, ` `, `nul`, `tru`, `{`, `[`, `[1`, `[1,`, `[1,]`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,}`, `{a:1}`, `{1:1}`,
		`"`, `"\`, `"\u12`, `"\x"`, "\"\n\"", "\"\\n\n\"", `01`, `-`, `1.`, `.1`, `1e`, `+1`, `1 2`, `[1}`, `{"a":1]`, `NaN`,
		`1e999`, `'a'`, `undefined`, `{"a":1x"b":2}`, `{"a":1,x"b":2}`, `{"a":1,"b"x:2}`, "{\"a\":1,\"b\t\":2}",
	} {
		_, err := readAny(text)
		assert.Error(t, err, "%q", text)
		r := NewReader(text)
		r.Skip()
		if text == `1e999` { // JSON, only not for a float64
			assert.NoError(t, r.Err())
			continue
		}
		assert.Error(t, r.Err(), "Skip %q", text)
	}
}

func TestAMapBeginsWhereAnObjectDoes(t *testing.T) {
	for _, text := range []string{`,"a":"b"}`, `,"a":"b"{"c":1}`, `"a":"b"}`, `{,"a":"b"}`, `{"a":"b",,"c":"d"}`, `{"a":"b","c":"d"`, `{"a":"b","c":"d`, `{"a":{}"c":"d"}`} {
		r := NewReader(text)
		r.Map()
		require.Error(t, r.Err(), text)
	}
}

func TestReaderNamesThePropertyThatIsWrong(t *testing.T) {
	r := NewReader(`[{"userData":{}},{"parties":[{"name":7}]}]`)
	for a := r.Array(); a.Next(); {
		for o := r.Object(); o.Next(); {
			if o.Name != "parties" {
				continue
			}
			for a := r.Array(); a.Next(); {
				for o := r.Object(); o.Next(); {
					_ = r.String()
				}
			}
		}
	}
	require.EqualError(t, r.Err(), "[1].parties[0].name: expected a string, found a number")

	_, err := readAny(`{"a":[{"b":tru}]}`)
	require.EqualError(t, err, "a[0].b: unexpected text at byte 11")
}

func TestReaderSkipsWhatTheLoopLeavesUnread(t *testing.T) {
	r := NewReader(`{"a":{"x":[1,"]"]},"b":"seen","c":[{}]}`)
	b := ""
	for o := r.Object(); o.Next(); {
		if o.Name == "b" {
			b = r.String()
		}
	}
	require.NoError(t, r.Err())
	assert.Equal(t, "seen", b)
}

func TestReaderSkipsWhatTheLoopOnlyPeeksAt(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1, "b" : [ 2 , 3 ] , "c":"x"}`: `a1b[c"`,
		`{"read":1,"b": 2,"c":3}`:             `read1b2c3`,
		`{"read": 1}`:                         `read1`,
	} {
		r := NewReader(text)
		kinds := ""
		for o := r.Object(); o.Next(); {
			kinds += o.Name + string(r.Peek())
			if o.Name == "read" {
				r.Number()
			}
		}
		require.NoError(t, r.Err())
		assert.Equal(t, want, kinds)
	}
}

func TestNobodyReadsOnAfterAnError(t *testing.T) {
	r := NewReader(`["a","b"]`)
	r.Fail("the whole is wrong")
	assert.Zero(t, r.Peek())
	assert.Empty(t, r.String())
	assert.Empty(t, r.Raw())
	require.EqualError(t, r.Err(), "the whole is wrong")
}

func TestReaderKeepsTheTextOfAValue(t *testing.T) {
	r := NewReader(`{"a": {"x": [1, 2]} , "b": 1.0e2}`)
	raw := map[string]string{}
	for o := r.Object(); o.Next(); {
		raw[o.Name] = r.Raw()
	}
	require.NoError(t, r.Err())
	assert.Equal(t, map[string]string{"a": `{"x": [1, 2]}`, "b": `1.0e2`}, raw)
}

func TestNullReadsAsTheZeroValue(t *testing.T) {
	r := NewReader(`[null,null,null,null,null]`)
	for a := r.Array(); a.Next(); {
		switch a.Index {
		case 0:
			assert.Empty(t, r.String())
		case 1:
			assert.False(t, r.Bool())
		case 2:
			assert.Zero(t, r.Number())
		case 3:
			for o := r.Object(); o.Next(); {
				t.Error("null has no names")
			}
		case 4:
			for a := r.Array(); a.Next(); {
				t.Error("null has no elements")
			}
		}
	}
	require.NoError(t, r.Err())
}

func TestDeepNestingIsAnErrorAndNotAStackOverflow(t *testing.T) {
	for _, text := range []string{strings.Repeat("[", 1e6), strings.Repeat(`{"a":`, 1e6)} {
		_, err := readAny(text)
		require.ErrorContains(t, err, "nested too deeply")
	}
	deep := strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6)
	r := NewReader(deep)
	assert.Len(t, r.Raw(), len(deep), "what is only passed over may be of any depth")
	require.NoError(t, r.Err())
	_, err := readAny(strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth))
	require.NoError(t, err)

	itself := map[string]any{}
	itself["itself"] = itself
	_, err = AppendAny(nil, itself)
	require.ErrorContains(t, err, "nested too deeply")
}

// verbatim is a value that a Reader has left as it was.
type verbatim string

func (v verbatim) MarshalJSON() ([]byte, error) { return []byte(v), nil }

func keepVerbatim(text string) any { return verbatim(text) }

func TestWhatIsTooDeepOrTooLargeIsKeptVerbatim(t *testing.T) {
	nested := func(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }
	for _, levels := range []int{MaxDepth, MaxDepth + 1, 100_000} {
		text := `{"before":"b","deep":` + nested(levels) + `,"huge":1e999,"after":["a",-1e999]}`
		r := NewReader(text)
		r.Verbatim = keepVerbatim
		object := r.Map()
		require.NoError(t, r.Err())
		assert.Equal(t, "b", object["before"])
		assert.Equal(t, verbatim("1e999"), object["huge"])
		assert.Equal(t, []any{"a", verbatim("-1e999")}, object["after"])

		value, depth := object["deep"], 1 // that of the object around it
		for array, is := value.([]any); is && len(array) > 0; array, is = value.([]any) {
			value = array[0]
			depth++
		}
		assert.Equal(t, min(levels, MaxDepth), depth, "it is text from where it is too deep")

		written, err := AppendAny(nil, object)
		require.NoError(t, err)
		assert.Equal(t, `{"after":["a",-1e999],"before":"b","deep":`+nested(levels)+`,"huge":1e999}`, string(written), "and goes back as it came")
	}
}

func TestTheLimitOfDepthCountsFromWhereTheValueBegins(t *testing.T) {
	deep := strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)
	r := NewReader(`{"data":[{"userData":` + deep + `}]}`)
	for o := r.Object(); o.Next(); {
		for a := r.Array(); a.Next(); {
			for o := r.Object(); o.Next(); {
				r.Any()
			}
		}
	}
	require.NoError(t, r.Err())
}

func TestWriterRefusesTextThatIsNotJSON(t *testing.T) {
	_, err := AppendAny(nil, map[string]any{"a": []any{invalid{}}})
	require.EqualError(t, err, "a[0]: no JSON")
}

type invalid struct{}

func (invalid) MarshalJSON() ([]byte, error) { return nil, errors.New("no JSON") }

func TestElementsThatAreLeftOutCostThemselvesOnly(t *testing.T) {
	r := NewReader(`["a",{},"b",7]`)
	require.Nil(t, r.Omitted())
	var all []string
	for a := r.Array(); a.Next(); {
		if r.Peek() == '"' {
			all = append(all, r.String())
			continue
		}
		r.Omit(a.Index, r.Expected("a string"))
	}
	require.NoError(t, r.Err())
	assert.Equal(t, []string{"a", "b"}, all)
	for range 2 {
		assert.EqualError(t, r.Omitted(), "[1]: expected a string, found an object; left out, and 1 more")
	}
}

func TestLoneSurrogatesGoThereAndBack(t *testing.T) {
	for _, text := range []string{`"\ud800"`, `"a\udfffb"`, `"\ud800\ud800"`, `"\ude00\ud83d"`, `"\ud83dx"`} {
		v, err := readAny(text)
		require.NoError(t, err)
		back, err := AppendAny(nil, v)
		require.NoError(t, err)
		assert.Equal(t, text, string(back))
	}
}

func TestWriterWritesWhatJSONHas(t *testing.T) {
	for want, v := range map[string]any{
		`null`: nil, `true`: true, `"\u0000\"\\é😀\ufffd"`: "\x00\"\\é😀\xff",
		`[1,-2,3,4,5,6,7,8,9,10]`: []any{1, int8(-2), int16(3), int32(4), int64(5), uint(6), uint8(7), uint16(8), uint32(9), uint64(10)},
		`[0.1,0.1,1e+21,1e-07]`:   []any{0.1, float32(0.1), 1e21, 1e-7},
		`["a"]`:                   []string{"a"},
		`{"a":"b","c":"d"}`:       map[string]string{"c": "d", "a": "b"},
		`{"":1,"__proto__":{}}`:   map[string]any{"__proto__": map[string]any{}, "": 1},
	} {
		got, err := AppendAny(nil, v)
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
}

func TestWriterRefusesWhatCannotBeSentAndSaysWhere(t *testing.T) {
	_, err := AppendAny(nil, map[string]any{"a": []any{1, func() {}}})
	require.ErrorContains(t, err, "a[1]: a value of this Go type cannot be sent")
	_, err = AppendAny(nil, []any{math.NaN()})
	require.EqualError(t, err, "[0]: JSON has no number for NaN")
	for _, n := range []any{int64(1<<53 + 1), -1<<53 - 1, uint64(math.MaxUint64), uint(1<<53 + 1)} {
		_, err = AppendAny(nil, n)
		require.ErrorContains(t, err, "send it as a string")
	}
	_, err = AppendAny(nil, int64(1<<53))
	require.NoError(t, err)
	_, err = AppendAny(nil, math.Inf(-1))
	require.EqualError(t, err, "JSON has no number for -Inf")
}

func TestPathsOfErrorsStayShort(t *testing.T) {
	_, err := readAny(`{"` + strings.Repeat("x", 1e6) + `":tru}`)
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 100)
}

// FuzzReader holds the reader against encoding/json, which decides what is
// JSON and what it means. Seeds are in testdata.
func FuzzReader(f *testing.F) {
	f.Add(`{"interactionId":"1","userData":{"a":[1,2.5e-3,{"b":null}]},"state":"\u0054ALKING"}`)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // text from JavaScript always is
		}
		got, err := readAny(text)
		skipped := NewReader(text)
		skipped.Skip()
		if err == nil {
			require.NoError(t, skipped.Err())
		}
		whole := NewReader(text)
		whole.Verbatim = keepVerbatim
		all := whole.Any()
		require.Equal(t, skipped.Err() == nil, whole.Err() == nil, "whatever is JSON can be read: %v, %v", skipped.Err(), whole.Err())
		if whole.Err() == nil {
			written, err := AppendAny(nil, all)
			require.NoError(t, err)
			again := NewReader(string(written))
			again.Verbatim = keepVerbatim
			require.Equal(t, all, again.Any(), "and goes there and back")
		}
		var want any
		wantErr := json.Unmarshal([]byte(text), &want)
		if err != nil && strings.Contains(err.Error(), "nested too deeply") {
			return
		}
		require.Equal(t, wantErr == nil, err == nil, "encoding/json: %v, we: %v", wantErr, err)
		if err != nil {
			return
		}
		if standard := replaceSurrogates(got); !reflect.DeepEqual(want, standard) {
			// Keys that differ only in lone surrogates are one key to encoding/json.
			require.Contains(t, strings.ToLower(text), `\ud`, "want %#v, got %#v", want, got)
		}
		written, err := AppendAny(nil, got)
		require.NoError(t, err)
		again, err := readAny(string(written))
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
}

// replaceSurrogates turns lone surrogates into what encoding/json makes of them.
func replaceSurrogates(v any) any {
	switch v := v.(type) {
	case string:
		var b strings.Builder
		for i := 0; i < len(v); {
			if isSurrogate(v[i:]) {
				b.WriteRune(utf8.RuneError)
				i += 3
				continue
			}
			b.WriteByte(v[i])
			i++
		}
		return b.String()
	case []any:
		replaced := make([]any, len(v))
		for i := range v {
			replaced[i] = replaceSurrogates(v[i])
		}
		return replaced
	case map[string]any:
		replaced := map[string]any{}
		for name, value := range v {
			replaced[replaceSurrogates(name).(string)] = replaceSurrogates(value)
		}
		return replaced
	}
	return v
}

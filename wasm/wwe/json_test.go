package wwe

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

// A widget may save what WWE sent, and read it again.
func TestARoundTripThroughEncodingJSONEqualsWhatWasDecoded(t *testing.T) {
	deep := strings.Repeat("[", 600) + strings.Repeat("]", 600)
	t.Run("Interaction", func(t *testing.T) {
		roundTrip(t, full())
		for _, text := range []string{
			`{"interactionId":"1"}`,
			`{"interactionId":7,"userData":{},"parties":[],"contact":{}}`,
			`{"interactionId":"1","userData":{"":"","__proto__":{"a":null},"lone":"\ud83d","huge":1e999,"deep":` + deep + `,"html":"<b>& "},` +
				`"parties":["odd",{"name":5,"phoneNumber":{"n":1}},null],"contact":{"displayName":[],"x":null},"state":[],"more":"m","ani":"<a>"}`,
		} {
			roundTrip(t, readInteraction(jsontext.NewReader(text)))
		}
		plain := `{"interactionId":"1","parentInteractionId":"2","userData":{"a":"b"},"parties":[{"name":"n","firstName":"f"}],"contact":{"firstName":"f","lastname":"l"},` +
			`"callUuid":"u","interactionUUID":"v","connId":"c","isCaseSelected":true,"state":"TALKING"}`
		var i Interaction
		require.NoError(t, json.Unmarshal([]byte(plain), &i))
		assert.Equal(t, readInteraction(jsontext.NewReader(plain)), i)
	})
	t.Run("MediaState", func(t *testing.T) {
		roundTrip(t, readMediaState(jsontext.NewReader(`{"type":"READY","displayName":["x"],"operationName":"Ready"}`)))
	})
	t.Run("Agent", func(t *testing.T) {
		roundTrip(t, readAgent(jsontext.NewReader(`{"employeeId":"1","firstName":"f","lastname":"l","username":"u","roles":["ROLE_AGENT",{}],"more":1}`)))
	})
}

func roundTrip[T any](t *testing.T, value T) {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, value, back, "%s", text)
}

// What Unknown holds may be written in another way by encoding/json, and then means the same.
func TestARoundTripKeepsWhatUnknownMeans(t *testing.T) {
	came := readInteraction(jsontext.NewReader(`{"interactionId":"1","more": { "a" : [ 1, "<b>&\ud83d " ] },"parties":["<i>",{"x":{ "y": "&" }}],"contact":{"z":[ ]},` +
		`"userData":{"lone":"\ud83d"},"ani":"\ud83d"}`))
	text, err := json.Marshal(came)
	require.NoError(t, err)
	var back Interaction
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, JSON(`{"a":[1,"\u003cb\u003e\u0026\ud83d\u2028"]}`), back.Unknown["more"])
	assert.Equal(t, "\ufffd\ufffd\ufffd", back.ANI)
	back.ANI = came.ANI
	for _, unknown := range []func(Interaction) map[string]JSON{
		func(i Interaction) map[string]JSON { return i.Unknown },
		func(i Interaction) map[string]JSON { return i.Parties[0].Unknown },
		func(i Interaction) map[string]JSON { return i.Contact.Unknown },
	} {
		before, after := unknown(came), unknown(back)
		assert.Len(t, after, len(before))
		for name, text := range before {
			want, err := text.Value()
			require.NoError(t, err)
			got, err := after[name].Value()
			require.NoError(t, err)
			assert.Equal(t, want, got, name)
			after[name] = text
		}
	}
	assert.Equal(t, came, back)
}

// Whatever this package gives, a widget may send.
func TestUserDataHoldThisPackagesTypes(t *testing.T) {
	one, text := full(), "t"
	agent := readAgent(jsontext.NewReader(`{"employeeId":"1","firstName":"f","roles":["ROLE_AGENT",{}],"more":1}`))
	state := readMediaState(jsontext.NewReader(`{"type":"READY","displayName":["x"],"operationName":"Ready"}`))
	for _, v := range []any{
		one, &one, []Interaction{one, {}}, map[string]Interaction{"a": one}, one.Parties, one.Parties[0], one.Contact, *one.Contact, agent, state,
		Media{Name: "voice", State: state}, Target{Type: TargetTypeAgent, Destination: "7"}, Toast{Title: "t", Buttons: []any{Opened{}}, AutoClose: time.Second},
		MenuBarView{}, DialogOptions{Width: "1px"}, InteractionEvent{EventTypeRinging, one, "{}"}, []Event{MediaEvent{"voice", state, ""}, nil}, Overflow{1},
		StateTalking, []State{StateHeld}, map[Direction]CallType{DirectionIn: CallTypeInbound}, UserData{"a": UserData{"b": one}}, UserData(nil), JSON(""), &text,
		[2]int{1, 2}, (*Interaction)(nil), (*JSON)(nil), Result[Interaction]{Value: one},
	} {
		want, err := json.Marshal(UserData{"x": v})
		require.NoError(t, err)
		standard, err := json.Marshal(map[string]any{"x": v})
		require.NoError(t, err)
		assert.JSONEq(t, string(standard), string(want), "%T", v)
		sent := data("userData", UserData{"x": v})
		require.NoError(t, sent.err, "%T", v)
		assert.JSONEq(t, string(standard), sent.text, "%T", v)
	}
}

func TestUserDataThatHoldThemselvesAreAnError(t *testing.T) {
	d := UserData{}
	d["self"] = d
	_, err := d.MarshalJSON()
	require.ErrorContains(t, err, "self.self.self")
	_, err = json.Marshal(d)
	require.ErrorContains(t, err, "self.self.self")
	assert.ErrorContains(t, data("userData", d).refusal("r"), "userData.self.self")
	assert.ErrorContains(t, anything("parameter 1", []any{&d}).refusal("r"), "parameter 1[0].self.self")
	assert.Empty(t, UserData{"a": d}.Text("a"))
}

// What encoding/json writes, the decoder reads by the same names.
func TestFieldsHaveTheNamesThatWWEHas(t *testing.T) {
	one := full()
	text, err := json.Marshal(one)
	require.NoError(t, err)
	decoded := readInteraction(jsontext.NewReader(string(text)))
	inUnknown := map[string]JSON{"Unknown": `{"x":1}`}
	one.Unknown, one.Parties[0].Unknown, one.Contact.Unknown = inUnknown, inUnknown, inUnknown
	assert.Equal(t, one, decoded)

	for _, of := range []reflect.Type{
		reflect.TypeFor[Interaction](), reflect.TypeFor[Party](), reflect.TypeFor[Contact](), reflect.TypeFor[MediaState](), reflect.TypeFor[Agent](),
	} {
		for n := range of.NumField() {
			assert.NotEmpty(t, of.Field(n).Tag.Get("json"), "%s.%s", of, of.Field(n).Name)
		}
	}
}

func TestJSONMarshalsAsJSON(t *testing.T) {
	text, err := json.Marshal(map[string]any{"a": JSON(`{"b":[1e999]}`), "none": JSON("")})
	require.NoError(t, err)
	assert.Equal(t, `{"a":{"b":[1e999]},"none":null}`, string(text))
	_, err = json.Marshal(JSON("{"))
	require.ErrorContains(t, err, "unexpected end of JSON input")
	assert.ErrorContains(t, encoded("x", []any{JSON("{")}).err, "[0]: the text ends too early")
	var back struct{ A, B JSON }
	require.NoError(t, json.Unmarshal([]byte(`{"a":{"b":[1]},"b":null}`), &back))
	assert.Equal(t, JSON(`{"b":[1]}`), back.A)
	assert.Equal(t, JSON("null"), back.B)
}

package wwe_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// oddValues are one value of each kind that JSON has.
var oddValues = []string{
	`null`, `true`, `false`, `70717`, `-0.5e-3`, `1e999`, `12345678901234567890`, `"odd"`, `""`,
	`["odd",7]`, `[]`, `{"odd":[7]}`, `{}`,
	strings.Repeat(`[`, 600) + strings.Repeat(`]`, 600),
	strings.Repeat(`{"a":`, 2000) + `"odd"` + strings.Repeat(`}`, 2000),
}

// sample is a value as WWE sends it, and how a widget gets it.
type sample struct {
	name string
	text string
	get  func(t *testing.T, rig oddRig, data string) any
	keys []string // properties without which nobody knows what the value is about
}

type oddRig struct {
	host *wwetest.Host
	svc  *wwe.Service
	sub  *wwe.Subscription
}

const (
	stateText = `{"type":"NOT_READY_AFTER_CALLWORK","displayName":"After Call Work","operationName":"AfterCallWork"}`
	callText  = `{"interactionId":"1","caseId":"bf1b3376","parentInteractionId":"9",
		"userData":{"IW_CaseUid":"c","WWE_PARTY_1003":{"a":"b"},"PhoneNumber":"1002"},
		"state":"DIALING","previousState":"UNKNOWN",
		"parties":[{"name":"1002","identifier":"1002","phoneNumber":"1002"},
			{"name":"Ann Lee","identifier":"ann","phoneNumber":"1003","type":"AGENT","username":"ann","firstname":"Ann","lastname":"Lee","path":"/users/1a"}],
		"interactionUUID":"UIVB8J","callUuid":"UIVB8J","isConsultation":true,"direction":"OUT","callType":"INTERNAL","ani":"1001","dnis":"1002",
		"recordingState":"STOPPED","ronaCallState":"NO_ANSWER","connId":"00ff","contact":{"displayName":"Ann Lee","firstname":"Ann","lastname":"Lee"},
		"isMainCaseInteraction":true,"isCaseSelected":true,"isCaseExpanded":true,"media":"voice"}`
)

var samples = []sample{
	{"Interaction", callText, answered("interaction.getByInteractionId", func(svc *wwe.Service, t *testing.T) (wwe.Interaction, error) {
		return svc.Interaction.GetByInteractionID(t.Context(), "1")
	}), []string{"interactionId"}},
	{"InteractionEvent", `{"eventType":"ESTABLISHED","interaction":` + callText + `}`, told(wwe.TopicInteraction), []string{"interaction", "interaction.interactionId"}},
	{"CaseEvent", `{"eventType":"CASE_EXPANDED","selectedCaseId":"c"}`, told(wwe.TopicInteraction), []string{"selectedCaseId"}},
	{"MarkDoneEvent", `{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":` + callText + `}`, told(wwe.TopicMarkDone), []string{"interaction", "interaction.interactionId"}},
	{"MediaEvent", `{"state":` + stateText + `,"media":"voice"}`, told(wwe.TopicMedia), []string{"media", "state"}},
	{"AgentEvent", stateText, told(wwe.TopicAgent), nil},
	{"OutboundEvent", `{"eventType":"CampaignStarted","campaign":"c","mode":"Preview"}`, told(wwe.TopicOutbound), []string{"eventType"}},
	{"Agent", `{"employeeId":"1001","firstname":"Alex","lastname":"Martin","username":"alex","roles":["ROLE_AGENT","ROLE_ADMIN"]}`,
		answered("agent.get", func(svc *wwe.Service, t *testing.T) (wwe.Agent, error) { return svc.Agent.Get(t.Context()) }), nil},
	{"MediaState", stateText,
		answered("agent.getState", func(svc *wwe.Service, t *testing.T) (wwe.MediaState, error) { return svc.Agent.GetState(t.Context()) }), nil},
	{"Media", `{"media":"voice","state":` + stateText + `}`, answered("media.getMediaByName", func(svc *wwe.Service, t *testing.T) (wwe.Media, error) {
		return svc.Media.GetMediaByName(t.Context(), "voice")
	}), nil},
	{"JWT", `{"expiration":"2020-04-14T13:26:51.846Z","jwtToken":"t"}`,
		answered("auth.getJwtToken", func(svc *wwe.Service, t *testing.T) (revealedJWT, error) {
			token, err := svc.Auth.GetJwtToken(t.Context())
			return revealedJWT{token.Reveal(), token.Expiration, token.Unknown}, err
		}), []string{"jwtToken"}},
}

// answered gets the value by a request. One that cannot be used is a
// *DataError that has all of it, unless it may be a token.
func answered[T any](request string, call func(*wwe.Service, *testing.T) (T, error)) func(*testing.T, oddRig, string) any {
	return func(t *testing.T, rig oddRig, data string) any {
		rig.host.ClearFaults()
		rig.host.Fault(wwetest.Fault{Request: request, Data: wwe.JSON(data)})
		value, err := call(rig.svc, t)
		var odd *wwe.DataError
		if err != nil {
			require.ErrorAs(t, err, &odd)
			if request == "auth.getJwtToken" {
				data = ""
			}
			assert.EqualValues(t, data, odd.Data)
			return nil
		}
		return value
	}
}

// told gets the value by an event. One that cannot be used is an UnknownEvent
// that has all of it.
func told(topic wwe.Topic) func(*testing.T, oddRig, string) any {
	return func(t *testing.T, rig oddRig, data string) any {
		rig.host.Emit(topic, wwe.JSON(data))
		event := next(t, rig.sub)
		if unknown, is := event.(wwe.UnknownEvent); is {
			assert.Equal(t, wwe.UnknownEvent{On: topic, Data: wwe.JSON(data)}, unknown)
			return nil
		}
		return event
	}
}

// Whatever one property is, everything else arrives unchanged, and the odd
// value itself is where it belongs, or in Unknown.
func TestOneOddPropertyTakesNothingElseAway(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.AcceptedOrigins = "* (*, auth.getJwtToken)" }))
	svc := memory().connect(t, host)
	rig := oddRig{host, svc, subscribed(t, svc, wwe.TopicInteraction, wwe.TopicMarkDone, wwe.TopicMedia, wwe.TopicAgent, wwe.TopicOutbound)}
	for _, s := range samples {
		var whole any
		require.NoError(t, json.Unmarshal([]byte(s.text), &whole))
		t.Run(s.name, func(t *testing.T) {
			for _, path := range paths(whole, nil) {
				for _, odd := range oddValues {
					data := string(replaced(whole, path, odd))
					got := s.get(t, rig, data)
					about := fmt.Sprintf("%v is %.40s", path, odd)
					if got == nil {
						key := strings.Join(path, ".")
						require.Contains(t, s.keys, key, "%s: the whole is lost", about)
						isText := key != "interaction" && key != "state"
						if strings.HasSuffix(key, "interactionId") && (odd == `true` || odd == `false`) {
							continue // neither string nor number
						}
						require.False(t, isText && odd != `null` && odd != `""` && !strings.ContainsAny(odd[:1], "[{"), "%s: it is of use", about)
						continue
					}
					want := s.get(t, rig, s.text)
					requireOdd(t, path, odd, reflect.ValueOf(want), reflect.ValueOf(got), about)
				}
			}
		})
	}
}

// paths are those of all properties and elements within, outer ones first, but
// for those within user data.
func paths(v any, path []string) (all [][]string) {
	var names []string
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
	case []any:
		for n := range v {
			names = append(names, fmt.Sprint("[", n, "]"))
		}
	}
	for _, name := range names {
		within := append(slices.Clone(path), name)
		all = append(all, within)
		if len(path) == 0 || path[len(path)-1] != "userData" {
			all = append(all, paths(at(v, name), within)...)
		}
	}
	return all
}

func at(v any, name string) any {
	if array, is := v.([]any); is {
		n := 0
		_, _ = fmt.Sscanf(name, "[%d]", &n)
		return array[n]
	}
	return v.(map[string]any)[name]
}

// replaced is the text of v with another value at the path.
func replaced(v any, path []string, text string) []byte {
	if len(path) == 0 {
		return []byte(text)
	}
	var b []byte
	switch v := v.(type) {
	case map[string]any:
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			value, _ := json.Marshal(v[name])
			if name == path[0] {
				value = replaced(v[name], path[1:], text)
			}
			b = fmt.Appendf(b, ",%q:%s", name, value)
		}
		b[0] = '{'
		return append(b, '}')
	case []any:
		for n := range v {
			value, _ := json.Marshal(v[n])
			if fmt.Sprint("[", n, "]") == path[0] {
				value = replaced(v[n], path[1:], text)
			}
			b = append(append(b, ','), value...)
		}
		b[0] = '['
		return append(b, ']')
	}
	panic("not within anything")
}

// revealedJWT is a wwe.JWT that can be compared.
type revealedJWT struct {
	Token      string
	Expiration time.Time
	Unknown    wwe.JSON
}

// requireOdd holds what came, got, against what comes of the sample as it is.
func requireOdd(t *testing.T, path []string, odd string, want, got reflect.Value, about string) {
	t.Helper()
	require.Equal(t, want.Type(), got.Type(), about)
	if want.Kind() == reflect.Pointer {
		want, got = want.Elem(), got.Elem()
	}
	if state, is := want.Interface().(wwe.AgentEvent); is {
		want, got = reflect.ValueOf(state.State), reflect.ValueOf(got.Interface().(wwe.AgentEvent).State)
	}
	name := fieldOf(want.Type(), path[0])
	field := want.FieldByName(name)
	require.True(t, field.IsValid(), "%s: no field %q in %s", about, name, want.Type())
	for n := range want.NumField() {
		if other := want.Type().Field(n).Name; other != name && other != "Unknown" && other != "Data" {
			require.Equal(t, want.Field(n).Interface(), got.Field(n).Interface(), "%s: %s", about, other)
		}
	}
	unknown := unknownOf(t, got)
	switch {
	case len(path) == 1:
		requireValue(t, path[0], odd, got.FieldByName(name), unknown, about)
	case field.Type() == reflect.TypeFor[wwe.UserData]():
		requireAny(t, odd, got.FieldByName(name).Interface().(wwe.UserData)[path[1]], about)
	case field.Kind() == reflect.Slice:
		requireElement(t, path, odd, field, got.FieldByName(name), unknown, about)
	default:
		require.Empty(t, unknown, about)
		requireOdd(t, path[1:], odd, field, got.FieldByName(name), about)
	}
}

func requireElement(t *testing.T, path []string, odd string, want, got reflect.Value, unknown map[string]string, about string) {
	t.Helper()
	n := 0
	_, _ = fmt.Sscanf(path[1], "[%d]", &n)
	isText := want.Type().Elem().Kind() == reflect.String
	switch {
	case len(path) == 2 && (isText && strings.ContainsAny(odd[:1], "[{") || !isText && !strings.ContainsAny(odd[:1], "{n")):
		require.Equal(t, map[string]string{path[0] + path[1]: odd}, unknown, about)
		require.Equal(t, slices.Delete(slices.Collect(elements(want)), n, n+1), slices.Collect(elements(got)), about)
	case len(path) == 2:
		require.Empty(t, unknown, about)
		require.Equal(t, slices.Delete(slices.Collect(elements(want)), n, n+1), slices.Delete(slices.Collect(elements(got)), n, n+1), about)
		if isText {
			requireValue(t, path[1], odd, got.Index(n), nil, about)
		}
	default:
		require.Empty(t, unknown, about)
		require.Equal(t, want.Len(), got.Len(), about)
		requireOdd(t, path[2:], odd, want.Index(n), got.Index(n), about)
	}
}

func elements(slice reflect.Value) func(yield func(any) bool) {
	return func(yield func(any) bool) {
		for n := range slice.Len() {
			if !yield(slice.Index(n).Interface()) {
				return
			}
		}
	}
}

// requireValue: the odd value is what the field holds, or in unknown under its name.
func requireValue(t *testing.T, name, odd string, field reflect.Value, unknown map[string]string, about string) {
	t.Helper()
	kind := odd[:1]
	isText := field.Kind() == reflect.String
	switch {
	case odd == `null`, odd == `""` && field.Type() == timeType:
		require.Empty(t, unknown, about)
		require.True(t, field.IsZero(), about)
	case isText && kind == `"`:
		require.Empty(t, unknown, about)
		require.Equal(t, strings.Trim(odd, `"`), field.String(), about)
	case isText && !strings.ContainsAny(kind, `[{`):
		require.Empty(t, unknown, about)
		require.Equal(t, odd, field.String(), about)
	case field.Kind() == reflect.Bool && strings.ContainsAny(kind, `tf`):
		require.Empty(t, unknown, about)
		require.Equal(t, odd, fmt.Sprint(field.Bool()), about)
	case field.Kind() == reflect.Int64 && strings.ContainsAny(kind, `-0123456789`) && odd != `1e999`:
		require.Empty(t, unknown, about)
	case field.Type() == reflect.TypeFor[wwe.UserData]() && kind == `{`:
		require.Empty(t, unknown, about)
		requireAny(t, odd, map[string]any(field.Interface().(wwe.UserData)), about)
	case field.Kind() == reflect.Slice && kind == `[`:
		all := fmt.Sprint(field.Interface(), unknown)
		require.Equal(t, strings.Contains(odd, "odd"), strings.Contains(all, "odd"), about)
	case (field.Kind() == reflect.Pointer || field.Kind() == reflect.Struct && field.Type() != timeType) && kind == `{`:
		require.Empty(t, unknown, about)
		if field.Kind() == reflect.Pointer {
			require.False(t, field.IsNil(), about)
		}
	default:
		require.True(t, field.IsZero(), about)
		require.Equal(t, map[string]string{name: odd}, unknown, about)
	}
}

var timeType = reflect.TypeOf(wwe.JWT{}.Expiration)

// requireAny: user data holds the value, which goes back to WWE as it came.
func requireAny(t *testing.T, odd string, got any, about string) {
	t.Helper()
	want, err := wwe.JSON(odd).Value()
	require.NoError(t, err, about)
	wantText, err := jsontext.AppendAny(nil, want)
	require.NoError(t, err, about)
	text, err := jsontext.AppendAny(nil, got)
	require.NoError(t, err, about)
	require.True(t, string(wantText) == string(text), "%s: it became %.40s", about, text)
	if odd == `1e999` {
		require.Equal(t, wwe.JSON(odd), got, about)
	}
}

var fieldNames = map[string]string{"eventType": "Type", "selectedCaseId": "CaseID", "jwtToken": "Token"}

func fieldOf(t reflect.Type, property string) string {
	if name := fieldNames[property]; name != "" {
		return name
	}
	if t == reflect.TypeFor[wwe.Media]() && property == "media" {
		return "Name"
	}
	for n := range t.NumField() {
		if strings.EqualFold(t.Field(n).Name, property) {
			return t.Field(n).Name
		}
	}
	return ""
}

// unknownOf are the properties that are kept as text beside the fields.
func unknownOf(t *testing.T, v reflect.Value) map[string]string {
	t.Helper()
	all := map[string]string{}
	if event, is := v.Interface().(wwe.OutboundEvent); is { // which has all of its data beside
		var raw map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(event.Data), &raw))
		for name, value := range raw {
			if value[0] == '[' || value[0] == '{' {
				all[name] = string(value)
			}
		}
		return all
	}
	field := v.FieldByName("Unknown")
	if !field.IsValid() {
		return all
	}
	switch unknown := field.Interface().(type) {
	case map[string]wwe.JSON:
		for name, value := range unknown {
			all[name] = string(value)
		}
	case wwe.JSON:
		if unknown != "" {
			var raw map[string]json.RawMessage
			require.NoError(t, json.Unmarshal([]byte(unknown), &raw))
			for name, value := range raw {
				all[name] = string(value)
			}
		}
	}
	return all
}

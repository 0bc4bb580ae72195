package wwe

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

// FuzzInteraction holds readInteraction against encoding/json, which decides
// what the text says. Seeds are in testdata.
func FuzzInteraction(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) || isAmbiguous(text) {
			return
		}
		r := jsontext.NewReader(text)
		got := readInteraction(r)
		err := r.Err()

		var want any
		numbers := json.NewDecoder(strings.NewReader(text))
		numbers.UseNumber()
		notJSON := numbers.Decode(&want)
		if _, more := numbers.Token(); notJSON != nil || more != io.EOF {
			require.Error(t, err, "encoding/json: %v, then %v", notJSON, more)
			return
		}
		if strings.ContainsRune(fmt.Sprint(want), utf8.RuneError) {
			return // a lone surrogate, which encoding/json replaces
		}
		if _, isObject := want.(map[string]any); !isObject && want != nil {
			require.ErrorContains(t, err, "expected an object")
			return
		}
		expected := asInteraction(want)
		if expected.InteractionID == "" {
			require.EqualError(t, err, noInteractionID)
			return
		}
		require.NoError(t, err)
		if expected.ambiguous {
			return
		}
		require.Equal(t, expected.UserData == nil, got.UserData == nil)
		requireSameValue(t, map[string]any(expected.UserData), map[string]any(got.UserData), 0)
		requireSameJSON(t, expected.Unknown, got.Unknown)
		require.Len(t, got.Parties, len(expected.Parties))
		for n := range expected.Parties {
			requireSameJSON(t, expected.Parties[n].Unknown, got.Parties[n].Unknown)
		}
		if expected.Contact != nil && got.Contact != nil {
			requireSameJSON(t, expected.Contact.Unknown, got.Contact.Unknown)
		}
		clone := got.Clone()
		require.Equal(t, got, clone)
		require.True(t, sameVersion(got, clone))
		requireSentBack(t, got.UserData)
		requireSentAsByEncodingJSON(t, got)

		got.UserData, expected.UserData = nil, nil
		withoutUnknown(&got)
		withoutUnknown(&expected.Interaction)
		require.Equal(t, expected.Interaction, got)
	})
}

// requireSentBack: user data goes back to WWE as it came.
func requireSentBack(t *testing.T, data UserData) {
	if data == nil {
		return
	}
	sent := encoded("userData", map[string]any(data))
	require.NoError(t, sent.err)
	r := jsontext.NewReader(sent.text)
	require.Equal(t, digestMap(1, data, digest.value), digestMap(1, readUserData(r), digest.value), "sent as %.200s", sent.text)
	require.NoError(t, r.Err())
}

func withoutUnknown(i *Interaction) {
	i.Unknown = nil
	i.Parties = slices.Clone(i.Parties)
	for n := range i.Parties {
		i.Parties[n].Unknown = nil
	}
	if i.Contact != nil {
		i.Contact.Unknown = nil
	}
}

// requireSameValue: got is what encoding/json says, but JSON where that is
// nested more than 500 levels deep or a number that float64 cannot hold.
func requireSameValue(t *testing.T, want, got any, level int) {
	switch got := got.(type) {
	case map[string]any:
		object, is := want.(map[string]any)
		require.True(t, is && len(object) == len(got) && level < 500)
		for name := range got {
			requireSameValue(t, object[name], got[name], level+1)
		}
	case []any:
		array, is := want.([]any)
		require.True(t, is && len(array) == len(got) && level < 500)
		for n := range got {
			requireSameValue(t, array[n], got[n], level+1)
		}
	case float64:
		number, err := want.(json.Number).Float64()
		require.NoError(t, err)
		require.Equal(t, number, got)
	case JSON:
		if number, is := want.(json.Number); is {
			_, err := number.Float64()
			require.Error(t, err, "%s is no number out of range", got)
			require.EqualValues(t, number, got)
			return
		}
		require.Equal(t, 500, level)
		require.True(t, reflect.DeepEqual(want, decoded(t, got)))
	default:
		require.Equal(t, want, got)
	}
}

// decoded is what encoding/json makes of the text, its numbers as they are written.
func decoded(t *testing.T, text JSON) (v any) {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&v), "%.200s", text)
	return v
}

// isAmbiguous reports whether the text has an object with the same name twice, or is
// nested too deeply for encoding/json.
func isAmbiguous(text string) bool {
	type object struct {
		names map[string]bool
		value bool // comes next
	}
	var open []*object // nil is an array
	tokens := json.NewDecoder(strings.NewReader(text))
	for {
		token, err := tokens.Token()
		if err != nil {
			return false
		}
		var in *object
		if len(open) > 0 {
			in = open[len(open)-1]
		}
		name, isString := token.(string)
		switch {
		case token == json.Delim('}') || token == json.Delim(']'):
			open = open[:len(open)-1]
			continue
		case in != nil && !in.value && isString:
			if in.names[name] {
				return true
			}
			in.names[name] = true
			in.value = true
			continue
		case in != nil:
			in.value = false
		}
		switch token {
		case json.Delim('{'):
			open = append(open, &object{names: map[string]bool{}})
		case json.Delim('['):
			open = append(open, nil)
		}
		if len(open) > 5000 { // encoding/json has a limit too
			return true
		}
	}
}

// expectation is the Interaction that a decoded value must give.
type expectation struct {
	Interaction
	ambiguous bool
}

func asInteraction(v any) *expectation {
	e := &expectation{}
	p := properties{of: v}
	if _, isBool := p.value("interactionId").(bool); !isBool {
		e.InteractionID = p.string("interactionId")
	}
	parent := p.string("parentInteraction")
	if e.ParentInteractionID = p.string("parentInteractionId"); e.ParentInteractionID == "" {
		e.ParentInteractionID = parent
	}
	e.CaseID = p.string("caseId")
	e.State = State(p.string("state"))
	e.PreviousState = State(p.string("previousState"))
	e.IsConsultation = p.bool("isConsultation")
	e.IsMainCaseInteraction = p.bool("isMainCaseInteraction")
	e.IsCaseSelected = p.bool("isCaseSelected")
	e.IsCaseExpanded = p.bool("isCaseExpanded")
	e.Media = p.string("media")
	e.CallUUID = p.string("callUuid")
	e.ANI = p.string("ani")
	e.DNIS = p.string("dnis")
	e.Direction = Direction(p.string("direction"))
	e.CallType = CallType(p.string("callType"))
	e.RecordingState = RecordingState(p.string("recordingState"))
	e.RonaCallState = RonaCallState(p.string("ronaCallState"))
	e.InteractionUUID = p.string("interactionUUID")
	e.ConnID = p.string("connId")
	if data, ok := p.value("userData").(map[string]any); ok {
		e.UserData = data
		p.known("userData")
	}
	if parties, ok := p.value("parties").([]any); ok {
		p.known("parties")
		for n, party := range parties {
			if _, ok := party.(map[string]any); ok || party == nil {
				e.Parties = append(e.Parties, e.party(party))
				continue
			}
			p.keep("parties["+strconv.Itoa(n)+"]", party)
		}
	}
	if contact, ok := p.value("contact").(map[string]any); ok {
		e.Contact = e.contact(contact)
		p.known("contact")
	}
	for _, name := range []string{"userData", "parties", "contact"} {
		if p.value(name) == nil {
			p.known(name)
		}
	}
	e.Unknown = p.unknown()
	return e
}

func (e *expectation) party(v any) (party Party) {
	p := properties{of: v}
	party.Name = p.string("name")
	party.Identifier = p.string("identifier")
	party.PhoneNumber = p.string("phoneNumber")
	party.Type = p.string("type")
	party.Username = p.string("username")
	party.FirstName = e.spelled(&p, "firstname", "firstName")
	party.LastName = e.spelled(&p, "lastname", "lastName")
	party.Path = p.string("path")
	party.Unknown = p.unknown()
	return party
}

func (e *expectation) contact(v any) *Contact {
	p := properties{of: v}
	c := &Contact{
		DisplayName: p.string("displayName"),
		FirstName:   e.spelled(&p, "firstname", "firstName"),
		LastName:    e.spelled(&p, "lastname", "lastName"),
	}
	c.Unknown = p.unknown()
	return c
}

// spelled reads a property that has two names. Where both are there and not
// empty, nothing says which one counts.
func (e *expectation) spelled(p *properties, one, other string) string {
	a, b := p.string(one), p.string(other)
	e.ambiguous = e.ambiguous || a != "" && b != ""
	if a != "" {
		return a
	}
	return b
}

// properties are those of a decoded object, and what is known of them.
type properties struct {
	of       any
	isKnown  map[string]bool
	leftOver map[string]JSON
}

func (p *properties) value(name string) any {
	object, _ := p.of.(map[string]any)
	return object[name]
}

func (p *properties) known(name string) {
	if p.isKnown == nil {
		p.isKnown = map[string]bool{}
	}
	p.isKnown[name] = true
}

func (p *properties) string(name string) string {
	switch value := p.value(name).(type) {
	case nil:
		p.known(name)
	case string:
		p.known(name)
		return value
	case bool:
		p.known(name)
		return strconv.FormatBool(value)
	case json.Number:
		p.known(name)
		return value.String()
	}
	return ""
}

func (p *properties) bool(name string) bool {
	value, ok := p.value(name).(bool)
	if ok || p.value(name) == nil {
		p.known(name)
	}
	return value
}

func (p *properties) keep(name string, value any) {
	if p.leftOver == nil {
		p.leftOver = map[string]JSON{}
	}
	text, err := json.Marshal(value)
	p.leftOver[name] = JSON(text)
	if err != nil {
		p.leftOver[name] = JSON(err.Error())
	}
}

// unknown are the properties of other names or types.
func (p *properties) unknown() map[string]JSON {
	object, _ := p.of.(map[string]any)
	for name, value := range object {
		if !p.isKnown[name] {
			p.keep(name, value)
		}
	}
	return p.leftOver
}

func requireSameJSON(t *testing.T, want, got map[string]JSON) {
	require.Len(t, got, len(want))
	for name := range want {
		require.True(t, reflect.DeepEqual(decoded(t, want[name]), decoded(t, got[name])), "%q: want %.200s, got %.200s", name, want[name], got[name])
	}
}

func TestANameThatIsNullInOneSpellingIsReadInTheOther(t *testing.T) {
	for _, text := range []string{
		`{"firstname":"Ann","firstName":null,"lastname":"Lee","lastName":null}`,
		`{"firstName":null,"firstname":"Ann","lastName":null,"lastname":"Lee"}`,
	} {
		r := jsontext.NewReader(`{"interactionId":"1","parties":[` + text + `],"contact":` + text + `}`)
		i := readInteraction(r)
		require.NoError(t, r.Err())
		require.Equal(t, []Party{{FirstName: "Ann", LastName: "Lee"}}, i.Parties)
		require.Equal(t, &Contact{FirstName: "Ann", LastName: "Lee"}, i.Contact)
	}
}

// requireSentAsByEncodingJSON sends an interaction as user data.
func requireSentAsByEncodingJSON(t *testing.T, i Interaction) {
	t.Helper()
	want, err := json.Marshal(i)
	require.NoError(t, err)
	sent := encoded("userData", i)
	require.NoError(t, sent.err)
	got, err := json.Marshal(json.RawMessage(sent.text)) // without white space, and with escapes
	require.NoError(t, err)
	wanted, err := JSON(want).Value()
	require.NoError(t, err)
	gotten, err := JSON(got).Value()
	require.NoError(t, err)
	require.Equal(t, wanted, gotten, "%s, %s", want, got)
}

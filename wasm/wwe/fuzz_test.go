package wwe

import (
	"encoding/json"
	"fmt"
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
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) || isOdd(text) {
			return
		}
		r := jsontext.NewReader(text)
		got := readInteraction(r)
		err := r.Err()

		var want any
		if notJSON := json.Unmarshal([]byte(text), &want); notJSON != nil {
			require.Error(t, err, "encoding/json: %v", notJSON)
			return
		}
		if strings.ContainsRune(fmt.Sprint(want), utf8.RuneError) {
			return // a lone surrogate, which encoding/json replaces
		}
		expected := asInteraction(want)
		if len(expected.wrong) > 0 {
			var faulty *jsontext.Error
			require.ErrorAs(t, err, &faulty)
			require.Contains(t, expected.wrong, faulty.Path, "the error names the property: %v", err)
			return
		}
		if expected.InteractionID == "" {
			require.EqualError(t, err, "an interaction without interactionId")
			return
		}
		require.NoError(t, err)
		if expected.ambiguous {
			return
		}
		requireSameJSON(t, expected.Unknown, got.Unknown)
		for n := range min(len(expected.Parties), len(got.Parties)) {
			requireSameJSON(t, expected.Parties[n].Unknown, got.Parties[n].Unknown)
			expected.Parties[n].Unknown, got.Parties[n].Unknown = nil, nil
		}
		if expected.Contact != nil && got.Contact != nil {
			requireSameJSON(t, expected.Contact.Unknown, got.Contact.Unknown)
			expected.Contact.Unknown, got.Contact.Unknown = nil, nil
		}
		expected.Unknown, got.Unknown = nil, nil
		require.Equal(t, expected.Interaction, got)
		require.Equal(t, got, got.Clone())
	})
}

// isOdd tells whether the text has an object with the same name twice, or is
// nested deeper than anything that WWE sends.
func isOdd(text string) bool {
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
		if len(open) > 100 {
			return true
		}
	}
}

// expectation is the Interaction that a decoded value must give, or the paths
// of the properties that have the wrong type.
type expectation struct {
	Interaction
	wrong     []string
	ambiguous bool
}

func asInteraction(v any) *expectation {
	e := &expectation{}
	object, ok := e.object("", v)
	if !ok {
		return e
	}
	e.InteractionID = e.string(object, "", "interactionId")
	parent := e.string(object, "", "parentInteraction")
	if e.ParentInteractionID = e.string(object, "", "parentInteractionId"); e.ParentInteractionID == "" {
		e.ParentInteractionID = parent
	}
	e.CaseID = e.string(object, "", "caseId")
	e.State = State(e.string(object, "", "state"))
	e.PreviousState = State(e.string(object, "", "previousState"))
	e.IsConsultation = e.bool(object, "isConsultation")
	e.IsMainCaseInteraction = e.bool(object, "isMainCaseInteraction")
	e.IsCaseSelected = e.bool(object, "isCaseSelected")
	e.IsCaseExpanded = e.bool(object, "isCaseExpanded")
	e.Media = e.string(object, "", "media")
	e.CallUUID = e.string(object, "", "callUuid")
	e.ANI = e.string(object, "", "ani")
	e.DNIS = e.string(object, "", "dnis")
	e.Direction = Direction(e.string(object, "", "direction"))
	e.CallType = CallType(e.string(object, "", "callType"))
	e.RecordingState = RecordingState(e.string(object, "", "recordingState"))
	e.RonaCallState = RonaCallState(e.string(object, "", "ronaCallState"))
	e.InteractionUUID = e.string(object, "", "interactionUUID")
	e.ConnID = e.string(object, "", "connId")
	if data := object["userData"]; data != nil {
		if data, ok := e.object("userData", data); ok {
			e.UserData = data
		}
	}
	switch parties := object["parties"].(type) {
	case nil:
	case []any:
		for n, party := range parties {
			e.Parties = append(e.Parties, e.party("parties["+strconv.Itoa(n)+"]", party))
		}
	default:
		e.wrong = append(e.wrong, "parties")
	}
	if contact := object["contact"]; contact != nil {
		e.Contact = e.contact(contact)
	}
	e.Unknown = unknown(object, "interactionId", "parentInteractionId", "parentInteraction", "caseId", "state", "previousState",
		"userData", "parties", "contact", "isConsultation", "isMainCaseInteraction", "isCaseSelected", "isCaseExpanded", "media",
		"callUuid", "ani", "dnis", "direction", "callType", "recordingState", "ronaCallState", "interactionUUID", "connId")
	return e
}

func (e *expectation) party(path string, v any) Party {
	object, _ := e.object(path, v)
	return Party{
		Name:        e.string(object, path, "name"),
		Identifier:  e.string(object, path, "identifier"),
		PhoneNumber: e.string(object, path, "phoneNumber"),
		Type:        e.string(object, path, "type"),
		Username:    e.string(object, path, "username"),
		FirstName:   e.spelled(object, path, "firstname", "firstName"),
		LastName:    e.spelled(object, path, "lastname", "lastName"),
		Path:        e.string(object, path, "path"),
		Unknown: unknown(object, "name", "identifier", "phoneNumber", "type", "username",
			"firstname", "firstName", "lastname", "lastName", "path"),
	}
}

func (e *expectation) contact(v any) *Contact {
	object, _ := e.object("contact", v)
	return &Contact{
		DisplayName: e.string(object, "contact", "displayName"),
		FirstName:   e.spelled(object, "contact", "firstname", "firstName"),
		LastName:    e.spelled(object, "contact", "lastname", "lastName"),
		Unknown:     unknown(object, "displayName", "firstname", "firstName", "lastname", "lastName"),
	}
}

func (e *expectation) object(path string, v any) (object map[string]any, ok bool) {
	object, ok = v.(map[string]any)
	if !ok && v != nil {
		e.wrong = append(e.wrong, path)
	}
	return object, ok || v == nil
}

func (e *expectation) string(object map[string]any, path, name string) string {
	value, ok := object[name].(string)
	if !ok && object[name] != nil {
		e.wrong = append(e.wrong, strings.TrimPrefix(path+"."+name, "."))
	}
	return value
}

func (e *expectation) bool(object map[string]any, name string) bool {
	value, ok := object[name].(bool)
	if !ok && object[name] != nil {
		e.wrong = append(e.wrong, name)
	}
	return value
}

// spelled reads a property that has two names. Where both are there and not
// empty, nothing says which one counts.
func (e *expectation) spelled(object map[string]any, path, one, other string) string {
	a, b := e.string(object, path, one), e.string(object, path, other)
	e.ambiguous = e.ambiguous || a != "" && b != ""
	if a != "" {
		return a
	}
	return b
}

func unknown(object map[string]any, known ...string) map[string]JSON {
	var rest map[string]JSON
	for name, value := range object {
		if slices.Contains(known, name) {
			continue
		}
		if rest == nil {
			rest = map[string]JSON{}
		}
		text, err := json.Marshal(value)
		rest[name] = JSON(text)
		if err != nil {
			rest[name] = JSON(err.Error())
		}
	}
	return rest
}

func requireSameJSON(t *testing.T, want, got map[string]JSON) {
	require.Len(t, got, len(want))
	for name := range want {
		var a, b any
		require.NoError(t, json.Unmarshal([]byte(want[name]), &a))
		require.NoError(t, json.Unmarshal([]byte(got[name]), &b), "%q", got[name])
		require.True(t, reflect.DeepEqual(a, b), "%q: want %s, got %s", name, want[name], got[name])
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

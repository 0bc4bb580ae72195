package wwe

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
)

// full is an interaction without a zero value in it.
func full() Interaction {
	return Interaction{
		InteractionID: "1", ParentInteractionID: "2", CaseID: "c", State: StateTalking, PreviousState: StateRinging,
		UserData: UserData{"k": "v", "nested": map[string]any{"list": []any{1.0, nil, true}}},
		Parties: []Party{{Name: "n", Identifier: "i", PhoneNumber: "p", Type: "AGENT", Username: "u", FirstName: "f", LastName: "l",
			Path: "/users/1", Unknown: map[string]JSON{"x": "1"}}},
		Contact:        &Contact{DisplayName: "d", FirstName: "f", LastName: "l", Unknown: map[string]JSON{"x": "1"}},
		IsConsultation: true, IsMainCaseInteraction: true, IsCaseSelected: true, IsCaseExpanded: true,
		Media: "voice", CallUUID: "u", ANI: "1", DNIS: "2", Direction: DirectionIn, CallType: CallInbound,
		RecordingState: RecordingPaused, RonaCallState: RonaNoAnswer, InteractionUUID: "u", ConnID: "c",
		Unknown: map[string]JSON{"x": "1"},
	}
}

func sameVersion(a, b Interaction) bool { return versionOf(&a, 1) == versionOf(&b, 1) }

func TestAVersionSeesADifferenceInEveryField(t *testing.T) {
	assert.True(t, sameVersion(full(), full()))
	assert.True(t, sameVersion(full(), full().Clone()))
	assert.True(t, sameVersion(Interaction{}, Interaction{}))

	without := func(name string, holder func(i *Interaction) reflect.Value) {
		for n := range holder(&Interaction{Contact: &Contact{}, Parties: make([]Party, 1)}).NumField() {
			changed := full()
			field := holder(&changed).Field(n)
			if !assert.False(t, field.IsZero(), "%s: full lacks a field", name) {
				return
			}
			field.SetZero()
			assert.False(t, sameVersion(full(), changed), "%s.%s", name, holder(&changed).Type().Field(n).Name)
			assert.False(t, sameVersion(changed, full()), "%s.%s", name, holder(&changed).Type().Field(n).Name)
		}
	}
	without("Interaction", func(i *Interaction) reflect.Value { return reflect.ValueOf(i).Elem() })
	without("Party", func(i *Interaction) reflect.Value { return reflect.ValueOf(&i.Parties[0]).Elem() })
	without("Contact", func(i *Interaction) reflect.Value { return reflect.ValueOf(i.Contact).Elem() })
}

func TestAVersionSeesADifferenceDeepInUserData(t *testing.T) {
	for _, data := range []UserData{
		{"k": "v"},
		{"k": "v", "nested": "text"},
		{"k": "v", "nested": []any{}},
		{"k": "v", "nested": map[string]any{"list": []any{1.0, nil}}},
		{"k": "v", "nested": map[string]any{"list": []any{1.0, nil, false}}},
		{"k": map[string]any{}, "nested": map[string]any{"list": []any{1.0, nil, true}}},
		{"k": nil, "nested": map[string]any{"list": []any{1.0, nil, true}}},
	} {
		changed := full()
		changed.UserData = data
		assert.False(t, sameVersion(full(), changed), "%v", data)
		assert.False(t, sameVersion(changed, full()), "%v", data)
	}
}

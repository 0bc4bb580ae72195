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
		Media: "voice", CallUUID: "u", ANI: "1", DNIS: "2", Direction: DirectionIn, CallType: CallTypeInbound,
		RecordingState: RecordingStatePaused, RonaCallState: RonaCallStateNoAnswer, InteractionUUID: "u", ConnID: "c",
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

func TestTheOrderOfAVersionIsOfWhatChangesAsAnInteractionGoesOn(t *testing.T) {
	order := func(i Interaction) digest { return versionOf(&i, 1).order }
	var names []string
	for n := range reflect.TypeFor[Interaction]().NumField() {
		changed := full()
		reflect.ValueOf(&changed).Elem().Field(n).SetZero()
		if order(full()) != order(changed) {
			names = append(names, reflect.TypeFor[Interaction]().Field(n).Name)
		}
	}
	assert.Equal(t, []string{"State", "PreviousState", "UserData", "Parties", "RecordingState"}, names)
	known := full()
	known.Parties[0] = Party{Name: "n"} // as before WWE knows the party as an agent
	assert.Equal(t, order(full()), order(known))
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

// Values that are exchanged must not cancel each other out, whatever the seed.
func TestAVersionSeesThatValuesHaveChangedPlaces(t *testing.T) {
	for _, pair := range [][2]any{
		{"0", "1"}, {"a", "b"}, {"", "x"}, {true, false}, {nil, true}, {nil, false}, {0.0, 1.0}, {-1.0, 1.0}, {0.0, 2.0}, {1.0, 2.0},
		{JSON("1"), JSON("2")}, {[]any{}, []any{nil}}, {map[string]any{}, map[string]any{"k": nil}}, {"0", 0.0},
	} {
		a, b := pair[0], pair[1]
		for _, exchanged := range [][2]any{
			{map[string]any{"m": a, "n": b}, map[string]any{"m": b, "n": a}},
			{map[string]any{"k1": a, "k2": a, "k3": b, "k4": b}, map[string]any{"k1": b, "k2": b, "k3": a, "k4": a}},
			{[]any{a, b}, []any{b, a}},
			{[]any{a, a, b, b}, []any{b, b, a, a}},
			{map[string]any{"m": []any{a}, "n": []any{b}}, map[string]any{"m": []any{b}, "n": []any{a}}},
			{map[string]any{"m": map[string]any{"k": a}, "n": map[string]any{"k": b}}, map[string]any{"m": map[string]any{"k": b}, "n": map[string]any{"k": a}}},
		} {
			one, other := Interaction{UserData: UserData{"v": exchanged[0]}}, Interaction{UserData: UserData{"v": exchanged[1]}}
			seed := digest(1)
			for range 1000 {
				seed = seed*6364136223846793005 + 1442695040888963407
				if versionOf(&one, seed) == versionOf(&other, seed) {
					t.Errorf("%v and %v have the same version with the seed %d", exchanged[0], exchanged[1], seed)
					break
				}
			}
		}
	}
}

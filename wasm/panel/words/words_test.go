package words_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

func TestWhatIsNotKnownShowsAsItIs(t *testing.T) {
	w := words.English
	assert.Equal(t, "PARKED", w.State("PARKED"))
	assert.Equal(t, "hologram", w.Kind(&wwe.Interaction{Media: "hologram"}))
	assert.Equal(t, "ON_MARS", w.MediaStateName(wwe.MediaState{Type: "ON_MARS"}))
	assert.Equal(t, "Interaction 7", w.Title(&wwe.Interaction{InteractionID: "7"}))
}

func TestAFailureSaysWhyAndWhoCanChangeIt(t *testing.T) {
	w := words.English
	f := &model.Failure{Action: model.Hold, Reason: model.ReasonRefused, Said: "not {y} now", Who: wwe.CategoryAgent}
	assert.Equal(t, "WWE refused: not {y} now", w.Why(f))
	assert.Contains(t, w.Fix(f), "You can fix this")
	f.Said, f.Error = "", "the whole error"
	assert.Contains(t, w.Why(f), "the whole error")

	forbidden := &model.Failure{Action: model.SetUserData, Reason: model.ReasonKey, Said: "Segment", Who: wwe.CategoryConfiguration, Option: "the.option"}
	assert.Contains(t, w.Why(forbidden), "“Segment”")
	assert.Equal(t, "Only your WWE administrator can change this (option the.option).", w.Fix(forbidden))
}

// The names of requests are not the agent's words.
func TestWhatIsForbiddenIsNamedAsItsButtonIs(t *testing.T) {
	text := words.English.Forbidden("voice.hold", "interaction.deleteUserData")
	assert.Contains(t, text, "WWE does not allow this page: Hold, Delete user data.")
	assert.Contains(t, text, "Only your WWE administrator can change this (option service-client-api.accepted-web-content-origins).")
}

// What an agent may meet is in the agent's words. A developer may meet the
// others: those of a page that is served on the developer's own machine.
func TestAgentsMeetNoWordsOfDevelopers(t *testing.T) {
	w := *words.English
	w.ToTry, w.Open, w.ToHost, w.Sandboxed = "", "", "", ""
	for field, value := range reflect.ValueOf(w).Fields() {
		text := fmt.Sprint(value)
		assert.NotRegexp(t, `(?i)iframe|origin\b|readme|wasm|webassembly|json|voice\.|interaction\.|policy|server|client\b|widget`, text, field.Name)
	}
}

func TestANumberKeepsTheOrderOfItsDigits(t *testing.T) {
	assert.Equal(t, "From +33 6 12", words.English.Named("From", "+33 6 12"))
	assert.Equal(t, "From \u2068ليلى 12\u2069", words.English.Named("From", "ليلى 12"))
	assert.Equal(t, "من \u2068+33 6 12\u2069", words.Read("lang\tar\nfrom\tمن").Named("من", "+33 6 12"))
}

func TestAnEmailIsCalledByItsSubjectAndByWhomItIsFrom(t *testing.T) {
	mail := &wwe.Interaction{InteractionID: "7", Media: "email", Parties: []wwe.Party{{Name: "Ann"}}, UserData: wwe.UserData{"Subject": "My order"}}
	assert.Equal(t, "My order", words.English.Title(mail))
	mail.UserData = nil
	assert.Equal(t, "Ann", words.English.Title(mail))
}

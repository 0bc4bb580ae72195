package words_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// Every language has every text: none empty, and what one's tables have the others' have.
func TestEveryLanguageIsComplete(t *testing.T) {
	english := reflect.ValueOf(*words.English)
	for _, w := range words.All {
		own := reflect.ValueOf(*w)
		for n := range own.NumField() {
			name := w.Lang + "." + own.Type().Field(n).Name
			if own.Field(n).Kind() == reflect.String {
				assert.NotEmpty(t, own.Field(n).String(), name)
				continue
			}
			assert.ElementsMatch(t, keys(english.Field(n)), keys(own.Field(n)), name)
			for row := range own.Field(n).Len() {
				assert.NotEmpty(t, own.Field(n).Index(row).Field(1).String(), name)
			}
		}
	}
}

func keys(table reflect.Value) (all []string) {
	for row := range table.Len() {
		all = append(all, table.Index(row).Field(0).String())
	}
	return all
}

func TestLanguageOfATag(t *testing.T) {
	for tag, want := range map[string]*words.Words{"de": words.German, "de-CH": words.German, "DE": words.German, "en-GB": words.English, "fr": words.English, "": words.English} {
		assert.Equal(t, want.Lang, words.For(tag).Lang, tag)
	}
}

func TestWhatIsNotKnownShowsAsItIs(t *testing.T) {
	w := words.English
	assert.Equal(t, "PARKED", w.State("PARKED"))
	assert.Equal(t, "hologram", w.Kind(&wwe.Interaction{Media: "hologram"}))
	assert.Equal(t, "ON_MARS", w.MediaStateName(wwe.MediaState{Type: "ON_MARS"}))
	assert.Equal(t, "Interaction 7", w.Title(&wwe.Interaction{InteractionID: "7"}))
}

func TestAFailureIsTold(t *testing.T) {
	f := &model.Failure{Action: model.Hold, Reason: model.ReasonRefused, Said: "not {y} now", Who: wwe.CategoryAgent}
	assert.Equal(t, "WWE refused: not {y} now", words.English.Why(f))
	assert.Contains(t, words.English.Fix(f), "Who can fix it: you.")
	f.Said, f.Error = "", "the whole error"
	assert.Contains(t, words.English.Why(f), "the whole error")
}

func TestAnEmailIsCalledByItsSubjectAndByWhomItIsFrom(t *testing.T) {
	mail := &wwe.Interaction{InteractionID: "7", Media: "email", Parties: []wwe.Party{{Name: "Ann"}}, UserData: wwe.UserData{"Subject": "My order"}}
	assert.Equal(t, "My order", words.English.Title(mail))
	mail.UserData = nil
	assert.Equal(t, "Ann", words.English.Title(mail))
}

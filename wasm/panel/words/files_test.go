//go:build !js

package words_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/words"
)

const web = "../../../web/"

// fileOf returns the texts of a language's file by their names, "panel.actions.hold" for one.
func fileOf(t *testing.T, path string) (texts map[string]string) {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	var file any
	require.NoError(t, json.Unmarshal(content, &file), path)
	texts = map[string]string{}
	var add func(name string, value any)
	add = func(name string, value any) {
		switch value := value.(type) {
		case string:
			texts[strings.TrimPrefix(name, ".")] = value
		case map[string]any:
			for key, v := range value {
				add(name+"."+key, v)
			}
		default:
			assert.Fail(t, "neither a text nor an object", "%s: %s", path, name)
		}
	}
	add("", file)
	return texts
}

// linesOf are the lines that panel.js makes of a file.
func linesOf(texts map[string]string) string {
	lines := "lang\t" + texts["lang"]
	for name, text := range texts {
		if name, isOfPanel := strings.CutPrefix(name, "panel."); isOfPanel {
			lines += "\n" + name + "\t" + text
		}
	}
	return lines
}

// english has the texts that a file may have: those of the panel, and those of web/panel.js.
func english(t *testing.T) map[string]string {
	t.Helper()
	all := textsOf(words.English)
	script, err := os.ReadFile(web + "panel.js")
	require.NoError(t, err)
	_, block, found := strings.Cut(string(script), "\nconst english = {\n")
	require.True(t, found)
	block, _, _ = strings.Cut(block, "\n};\n")
	group := ""
	for line := range strings.SplitSeq(block, "\n") {
		switch match := regexp.MustCompile(`^\t+"?([\w[\]]+)"?: (\{|".*")`).FindStringSubmatch(line); {
		case match == nil:
			require.Equal(t, "}", strings.Trim(line, "\t,"), "neither a text nor the end of a group")
			group = ""
		case match[2] == "{":
			group = match[1] + "."
		default:
			var text string
			require.NoError(t, json.Unmarshal([]byte(match[2]), &text), line)
			all["start."+group+match[1]] = text
		}
	}
	require.NotEmpty(t, all["start.options.timeout"])
	require.NotEmpty(t, all["start.options.keys[]"])
	require.NotEmpty(t, all["start.options.once"])
	require.NotEmpty(t, all["start.failed"])
	all["lang"] = "en"
	return all
}

// textsOf returns the texts of the struct by the names that they have in files.
func textsOf(w *words.Words) map[string]string {
	all := map[string]string{}
	for field, value := range reflect.ValueOf(*w).Fields() {
		name := "panel." + strings.ToLower(field.Name[:1]) + field.Name[1:]
		switch {
		case field.Name == "Lang":
		case value.Kind() == reflect.String:
			all[name] = value.String()
		default:
			for row := range value.Len() {
				all[name+"."+value.Index(row).Field(0).String()] = value.Index(row).Field(1).String()
			}
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{[^}]*\}?`)

func placeholders(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))))
}

// A text that a language lacks is shown in English; this test lists it. So it does
// with what is no text of the panel, is blank, or has other placeholders.
func TestEveryLanguageHasEveryText(t *testing.T) {
	english := english(t)
	for name, text := range english {
		assert.NotEmpty(t, text, name)
	}
	for language, path := range languages(t) {
		t.Run(language, func(t *testing.T) {
			own := fileOf(t, path)
			var missing, unknown []string
			for _, name := range slices.Sorted(maps.Keys(english)) {
				if _, has := own[name]; !has {
					missing = append(missing, name+": "+english[name])
				}
			}
			for _, name := range slices.Sorted(maps.Keys(own)) {
				if _, known := english[name]; !known {
					unknown = append(unknown, name)
					continue
				}
				assert.NotEmpty(t, strings.TrimSpace(own[name]), "%s is blank", name)
				if name != "panel.about" {
					assert.Equal(t, strings.TrimSpace(own[name]), own[name], name)
				}
				assert.Equal(t, placeholders(english[name]), placeholders(own[name]), "%s: %s", name, own[name])
			}
			assert.Empty(t, missing, "these are shown in English")
			assert.Empty(t, unknown, "no text of the panel has these names")
			assert.Equal(t, language, own["lang"])

			t.Run("and Read gives it", func(t *testing.T) {
				w := words.Read(linesOf(own))
				assert.Equal(t, language, w.Lang)
				facts := []string{w.From, w.To, w.With, w.Contact, w.ConsultationOf, w.ConsultationWith, w.Recording, w.NoAnswer, w.RawState,
					w.InState, w.Duration, w.InteractionID, w.CaseID, w.InteractionUUID, w.CallUUID, w.ConnID}
				slices.Sort(facts)
				assert.Len(t, slices.Compact(facts), 16, "the facts are told apart by their names")
				for name, text := range textsOf(w) {
					assert.Equal(t, own[name], text, name)
				}
			})
		})
	}
}

// languages are the files by their languages.
func languages(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(web + "lang/*.json")
	require.NoError(t, err)
	all := map[string]string{}
	for _, path := range paths {
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = path
	}
	assert.Equal(t, []string{"ar", "de", "es", "fr", "it", "ja", "pt-BR"}, slices.Sorted(maps.Keys(all)))
	return all
}

// What is put into a right-to-left text would change its order: numbers and names are isolated.
func TestRightToLeftTextsIsolateWhatIsPutIn(t *testing.T) {
	own := fileOf(t, web+"lang/ar.json")
	for name, text := range own {
		for _, whole := range regexp.MustCompile(`.?\{[xy]\}.?`).FindAllString(text, -1) {
			assert.Regexp(t, "^\u2068.*\u2069$", whole, name)
		}
	}
}

// An arrow leads in the direction of the text.
func TestRightToLeftTextsHaveNoArrowToTheRight(t *testing.T) {
	for name, text := range fileOf(t, web+"lang/ar.json") {
		assert.NotContains(t, text, "→", name)
	}
}

func TestATextThatALanguageLacksIsEnglish(t *testing.T) {
	w := words.Read("lang\tde\nsave\tSpeichern\nedit\t\ndelete\nhistory.a\tb\nactions.hold\tHalten\nactions.else\tx\nstates\t3\n\nother\tx")
	assert.Equal(t, "de", w.Lang)
	assert.Equal(t, "Speichern", w.Save)
	assert.Equal(t, "Halten", w.Actions.Text("hold"))
	assert.Equal(t, []string{words.English.Edit, words.English.Delete, words.English.History, words.English.Actions.Text("resume"), words.English.States.Text("TALKING")},
		[]string{w.Edit, w.Delete, w.History, w.Actions.Text("resume"), w.States.Text("TALKING")})
	assert.Equal(t, "Hold", words.English.Actions.Text("hold"), "which stays as it is")
	assert.Same(t, words.English, words.Read(""))
}

// No text may end the program, whatever braces it has.
func TestAPlaceholderThatIsNoneStaysAsItIs(t *testing.T) {
	for text, want := range map[string]string{"{": "{", "a {z} {x}": "a {z} 1", "{y}{x": "2{x", "{{x}}": "{1}"} {
		assert.Equal(t, want, words.Fill(text, "1", "2"), text)
	}
	assert.Equal(t, "Call from \u2068ليلى 12\u2069: 3", words.Fill("Call from {x}: {y}", "ليلى 12", "3"), "a name that is written from right to left")
}

package shortcuts_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/shortcuts"
)

func TestTheDefaultHasNoConflictAndNeedsModifiers(t *testing.T) {
	all, err := shortcuts.Parse("")
	require.NoError(t, err)
	assert.Equal(t, shortcuts.Default(), all)
	for _, s := range all {
		assert.Equal(t, shortcuts.Alt|shortcuts.Shift, s.Keys.Modifiers, s.Command)
		assert.NotContains(t, "ABCIPTWXZ", s.Keys.Key, "%s is a browser's own", s.Keys)
	}
}

func TestAPageChangesThem(t *testing.T) {
	all, err := shortcuts.Parse("accept=ctrl+shift+f2\nreject=false; hold = Alt+K")
	require.NoError(t, err)
	assert.Len(t, all, len(shortcuts.Default())-1)
	assert.Equal(t, "Ctrl+Shift+F2", all[0].Keys.String())
	assert.Equal(t, shortcuts.Hold, all[1].Command)
	assert.Equal(t, "Alt+K", all[1].Keys.String())
	t.Run("to none at all", func(t *testing.T) {
		all, err := shortcuts.Parse("false")
		require.NoError(t, err)
		assert.Empty(t, all)
	})
	t.Run("and two may swap theirs", func(t *testing.T) {
		_, err := shortcuts.Parse("accept=Alt+Shift+N\nreject=Alt+Shift+Y")
		assert.NoError(t, err)
	})
}

func TestAnErrorNamesTheProperty(t *testing.T) {
	for option, want := range map[string]string{
		"acept=Alt+Y":                         "shortcuts.acept is no shortcut; there are accept, reject,",
		"accept=Y":                            `shortcuts.accept must be false, or Ctrl, Alt or Meta with a key, such as "Alt+Shift+Y", not "Y"`,
		"accept=Shift+Y":                      "shortcuts.accept must be",
		"accept=Alt+":                         "shortcuts.accept must be",
		"accept=Alt+Alt+Y":                    "shortcuts.accept must be",
		"accept=Hyper+Y":                      "shortcuts.accept must be",
		"accept=Alt+F13":                      "shortcuts.accept must be",
		"accept":                              "shortcuts.accept must be",
		"accept=Alt+K\nhangUp=alt+k":          "shortcuts.hangUp is Alt+K, as is shortcuts.accept",
		"markDone=Alt+Shift+Y\nhangUp=Alt+F1": "shortcuts.markDone is Alt+Shift+Y, as is shortcuts.accept",
	} {
		_, err := shortcuts.Parse(option)
		assert.ErrorContains(t, err, want, option)
	}
}

func TestAPressIsMatched(t *testing.T) {
	all, err := shortcuts.Parse("hold=Ctrl+3\nhangUp=Ctrl+F2")
	require.NoError(t, err)
	const altShift = shortcuts.Alt | shortcuts.Shift
	for _, test := range []struct {
		promise string
		press   shortcuts.Press
		want    shortcuts.Command
	}{
		{"by the letter", shortcuts.Press{Key: "Y", Code: "KeyZ", Modifiers: altShift}, shortcuts.Accept},
		{"small too, with caps lock", shortcuts.Press{Key: "y", Code: "KeyY", Modifiers: altShift}, shortcuts.Accept},
		{"where one types, if it types nothing", shortcuts.Press{Key: "Y", Code: "KeyY", Modifiers: altShift, IsTyped: true}, shortcuts.Accept},
		{"by the place of the key, where Option makes another letter", shortcuts.Press{Key: "Á", Code: "KeyY", Modifiers: altShift}, shortcuts.Accept},
		{"but not where that would be typed", shortcuts.Press{Key: "Á", Code: "KeyY", Modifiers: altShift, IsTyped: true}, ""},
		{"with a digit", shortcuts.Press{Key: "3", Code: "Digit3", Modifiers: shortcuts.Ctrl, IsTyped: true}, shortcuts.Hold},
		{"with a function key", shortcuts.Press{Key: "F2", Code: "F2", Modifiers: shortcuts.Ctrl}, shortcuts.HangUp},
		{"not without the modifiers", shortcuts.Press{Key: "y", Code: "KeyY"}, ""},
		{"not with one more", shortcuts.Press{Key: "Y", Code: "KeyY", Modifiers: altShift | shortcuts.Ctrl}, ""},
		{"not for another key", shortcuts.Press{Key: "Escape", Code: "Escape", Modifiers: altShift}, ""},
		{"not for what is no key", shortcuts.Press{Modifiers: altShift}, ""},
	} {
		assert.Equal(t, test.want, shortcuts.Match(all, test.press), test.promise)
	}
}

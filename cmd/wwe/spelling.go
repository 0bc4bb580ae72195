package main

import (
	"regexp"
	"strings"
)

// spelling is how a person gives the settings of wwe desktop and wwe dev: with flags, or with the
// variables of make run. Error messages name the settings, and commands to try, the same way.
type spelling struct {
	command string   // such as wwe desktop
	folder  []string // the argument after the command, if there is one
	byMake  bool
}

// variables maps the flags to the variables of make run.
var variables = map[string]string{"port": "PORT", "widget-port": "WIDGET_PORT", "widget": "PANEL", "frames": "FRAMES"}

// name returns the name of a setting, such as -port or PORT.
func (s spelling) name(setting string) string {
	if s.byMake {
		return variables[setting]
	}
	return "-" + setting
}

// given returns a setting with its value, as in a message.
func (s spelling) given(setting, value string) string {
	if s.byMake {
		return s.name(setting) + `="` + value + `"`
	}
	return s.name(setting) + ` "` + value + `"`
}

// try returns a command with the settings, which are names followed by their values.
func (s spelling) try(settings ...string) string {
	words, between := []string{s.command}, " "
	if s.byMake {
		words, between = []string{"make run"}, "="
	}
	for _, argument := range s.folder {
		words = append(words, quote(argument))
	}
	for i := 0; i < len(settings); i += 2 {
		words = append(words, s.name(settings[i])+between+quote(settings[i+1]))
	}
	return strings.Join(words, " ")
}

var plain = regexp.MustCompile(`^[\w./:@+-]+$`)

// quote quotes a word for the shell if it needs quotes.
func quote(word string) string {
	if plain.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

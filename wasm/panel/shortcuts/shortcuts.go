// Package shortcuts defines the keyboard shortcuts of the agent panel. It parses a page's option and
// matches key presses. It is plain Go, so its tests need no browser.
package shortcuts

import (
	"errors"
	"strings"
)

// Command is the command of a shortcut. Its name is that of the property in the page's option.
type Command string

// The commands.
const (
	Accept   Command = "accept"
	Reject   Command = "reject"
	Hold     Command = "hold" // resumes too
	HangUp   Command = "hangUp"
	Mute     Command = "mute" // unmutes too
	Consult  Command = "consult"
	Transfer Command = "transfer"
	MarkDone Command = "markDone"
	Dial     Command = "dial"
	List     Command = "list" // opens the list of shortcuts
)

// Shortcut is a command with its key combination.
type Shortcut struct {
	Command Command
	Keys    Keys
}

// Keys is a key combination.
type Keys struct {
	Modifiers Modifiers
	Key       string // a capital letter, a digit, or "F1" to "F12"
}

// Modifiers is a set of modifier keys.
type Modifiers uint8

// The modifiers.
const (
	Ctrl Modifiers = 1 << iota
	Alt
	Shift
	Meta
)

var modifiers = [...]struct {
	is   Modifiers
	name string
}{{Ctrl, "Ctrl"}, {Alt, "Alt"}, {Shift, "Shift"}, {Meta, "Meta"}}

// defaults are the keys of the default shortcuts, with Alt and Shift. With these modifiers, Chrome, Edge
// and Firefox use A, B, C, I, P, T, W, X and Z themselves. Ctrl and Alt together are used by NVDA and
// VoiceOver, and type characters on many keyboards.
var defaults = [...]struct {
	command Command
	key     string
}{
	{Accept, "Y"}, {Reject, "N"}, {Hold, "H"}, {HangUp, "E"}, {Mute, "M"},
	{Consult, "U"}, {Transfer, "F"}, {MarkDone, "D"}, {Dial, "L"}, {List, "S"},
}

// Default returns the shortcuts of a page that sets no option.
func Default() (all []Shortcut) {
	for n := range defaults {
		all = append(all, Shortcut{defaults[n].command, Keys{Alt | Shift, defaults[n].key}})
	}
	return all
}

// Parse reads the page's option. "" means the default and "false" no shortcuts. Otherwise the option
// changes the default: it consists of parts such as "accept=Ctrl+Shift+F2" and "reject=false", separated
// by semicolons or newlines. Parse returns an error that names the property if a part is invalid or two
// shortcuts are equal.
func Parse(option string) ([]Shortcut, error) {
	all := Default()
	if option == "false" {
		return nil, nil
	}
	for _, part := range strings.FieldsFunc(option, func(r rune) bool { return r == '\n' || r == ';' }) {
		name, text, _ := strings.Cut(part, "=")
		name, text = trim(name), trim(text)
		if name == "" {
			continue
		}
		at := find(all, Command(name))
		if at < 0 {
			return nil, errors.New("shortcuts." + name + " is no shortcut; there are " + names())
		}
		keys, ok := parseKeys(text)
		if !ok {
			return nil, errors.New("shortcuts." + name + ` must be false, or Ctrl, Alt or Meta with a key, such as "Alt+Shift+Y", not "` + text + `"`)
		}
		all[at].Keys = keys
	}
	used := all[:0]
	for _, s := range all {
		if s.Keys.Key == "" {
			continue
		}
		if other := match(used, s.Keys); other != "" {
			return nil, errors.New("shortcuts." + string(s.Command) + " is " + s.Keys.String() + ", as is shortcuts." + string(other))
		}
		used = append(used, s)
	}
	return used, nil
}

func find(all []Shortcut, c Command) int {
	for n := range all {
		if all[n].Command == c {
			return n
		}
	}
	return -1
}

func names() (text string) {
	for n := range defaults {
		if n > 0 {
			text += ", "
		}
		text += string(defaults[n].command)
	}
	return text
}

// parseKeys requires a modifier other than Shift, so that typing triggers nothing, as WCAG 2.1.4 demands.
func parseKeys(text string) (k Keys, ok bool) {
	if text == "false" {
		return k, true
	}
	for {
		name, rest, more := strings.Cut(text, "+")
		name = upper(trim(name))
		if !more {
			k.Key = name
			return k, isKey(name) && k.Modifiers&^Shift != 0
		}
		is := modifier(name)
		if is == 0 || k.Modifiers&is != 0 {
			return k, false
		}
		k.Modifiers |= is
		text = rest
	}
}

func modifier(name string) Modifiers {
	for n := range modifiers {
		if upper(modifiers[n].name) == name {
			return modifiers[n].is
		}
	}
	return 0
}

// isKey reports whether key is a letter, a digit, or F1 to F12.
func isKey(key string) bool {
	switch {
	case len(key) == 1:
		return isLetterOrDigit(key[0])
	case len(key) == 2:
		return key[0] == 'F' && key[1] >= '1' && key[1] <= '9'
	}
	return key == "F10" || key == "F11" || key == "F12"
}

func isLetterOrDigit(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

// upper returns text with its ASCII letters in upper case. The standard library's function would add
// Unicode tables to the program.
func upper(text string) string {
	capitals := []byte(text)
	for n, c := range capitals {
		if 'a' <= c && c <= 'z' {
			capitals[n] = c - 'a' + 'A'
		}
	}
	return string(capitals)
}

func trim(text string) string {
	for len(text) > 0 && text[0] <= ' ' {
		text = text[1:]
	}
	for len(text) > 0 && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// String returns the combination as a person reads it.
func (k Keys) String() (text string) {
	for n := range modifiers {
		if k.Modifiers&modifiers[n].is != 0 {
			text += modifiers[n].name + "+"
		}
	}
	return text + k.Key
}

// Press is a keydown event.
type Press struct {
	Key, Code string // of the event
	Modifiers Modifiers
	IsTyped   bool // the focus is in an editable element
}

// Match returns the command of a key press, or "" for none. It never matches a press that types a
// character.
func Match(all []Shortcut, p Press) Command {
	if key := upper(p.Key); isKey(key) {
		return match(all, Keys{p.Modifiers, key})
	}
	// Option on a Mac, and Shift with a digit, produce another character. Where text can be typed, that
	// character is typed. Elsewhere, the physical key counts.
	if p.IsTyped && p.Modifiers&(Ctrl|Meta) == 0 {
		return ""
	}
	key, found := strings.CutPrefix(p.Code, "Key")
	if !found {
		key, found = strings.CutPrefix(p.Code, "Digit")
	}
	if !found {
		return ""
	}
	return match(all, Keys{p.Modifiers, key})
}

func match(all []Shortcut, k Keys) Command {
	for n := range all {
		if all[n].Keys.Modifiers == k.Modifiers && all[n].Keys.Key == k.Key {
			return all[n].Command
		}
	}
	return ""
}

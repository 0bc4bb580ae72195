// Package shortcuts has the key combinations of the agent panel: which there
// are, what a page makes of them, and which one a press of a key is. It is
// plain Go, so its tests need no browser.
package shortcuts

import (
	"errors"
	"strings"
)

// Command is what a combination does. Its name is that of the page's option.
type Command string

// The commands.
const (
	Accept   Command = "accept"
	Reject   Command = "reject"
	Hold     Command = "hold" // or resume
	HangUp   Command = "hangUp"
	Mute     Command = "mute" // or unmute
	Consult  Command = "consult"
	Transfer Command = "transfer"
	MarkDone Command = "markDone"
	Dial     Command = "dial"
	List     Command = "list" // of the shortcuts
)

// Shortcut is a command with its combination.
type Shortcut struct {
	Command Command
	Keys    Keys
}

// Keys are modifiers with a key: a letter, a digit, or a name such as "F2".
type Keys struct {
	Ctrl, Alt, Shift, Meta bool
	Key                    string // in capitals
}

// Default returns the shortcuts of a page that chooses none. They are not those
// of Chrome, Edge and Firefox with Alt and Shift (A, B, C, I, P, T, W, X and Z),
// and Ctrl and Alt together are NVDA's, VoiceOver's, and type characters on
// many keyboards.
func Default() []Shortcut {
	alt := func(key string) Keys { return Keys{Alt: true, Shift: true, Key: key} }
	return []Shortcut{
		{Accept, alt("Y")}, {Reject, alt("N")}, {Hold, alt("H")}, {HangUp, alt("E")}, {Mute, alt("M")},
		{Consult, alt("U")}, {Transfer, alt("F")}, {MarkDone, alt("D")}, {Dial, alt("L")}, {List, alt("S")},
	}
}

// Parse reads the page's option: "" for the default, "false" for none, else
// lines or parts between semicolons such as "accept=Ctrl+Shift+F2" and
// "reject=false", which change the default. An error names the property.
func Parse(option string) ([]Shortcut, error) {
	all := Default()
	if option == "false" {
		return nil, nil
	}
	for _, part := range strings.FieldsFunc(option, func(r rune) bool { return r == '\n' || r == ';' }) {
		name, text, _ := strings.Cut(part, "=")
		name, text = strings.Trim(name, " \t"), strings.Trim(text, " \t")
		at := find(all, Command(name))
		if at < 0 {
			return nil, errors.New("shortcuts." + name + " is no shortcut; there are " + names())
		}
		if text == "false" {
			all[at].Keys = Keys{}
			continue
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
		for _, other := range used {
			if other.Keys == s.Keys {
				return nil, errors.New("shortcuts." + string(s.Command) + " is " + s.Keys.String() + ", as is shortcuts." + string(other.Command))
			}
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
	for n, s := range Default() {
		if n > 0 {
			text += ", "
		}
		text += string(s.Command)
	}
	return text
}

// parseKeys needs a modifier that no text is typed with, as WCAG 2.1.4 asks.
func parseKeys(text string) (k Keys, ok bool) {
	parts := strings.Split(text, "+")
	for _, modifier := range parts[:len(parts)-1] {
		var is *bool
		switch strings.ToUpper(modifier) {
		case "CTRL", "CONTROL":
			is = &k.Ctrl
		case "ALT", "OPTION":
			is = &k.Alt
		case "SHIFT":
			is = &k.Shift
		case "META", "CMD":
			is = &k.Meta
		default:
			return Keys{}, false
		}
		if *is {
			return Keys{}, false
		}
		*is = true
	}
	k.Key = strings.ToUpper(parts[len(parts)-1])
	return k, isKey(k.Key) && (k.Ctrl || k.Alt || k.Meta)
}

// isKey tells of letters and digits, and of F1 to F12.
func isKey(key string) bool {
	if len(key) == 1 {
		return isLetterOrDigit(key[0])
	}
	number, found := strings.CutPrefix(key, "F")
	return found && (len(number) == 1 && number >= "1" && number <= "9" || number == "10" || number == "11" || number == "12")
}

func isLetterOrDigit(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

// String is how a person reads them.
func (k Keys) String() string {
	text := ""
	for _, modifier := range [...]struct {
		is   bool
		name string
	}{{k.Ctrl, "Ctrl+"}, {k.Alt, "Alt+"}, {k.Shift, "Shift+"}, {k.Meta, "Meta+"}} {
		if modifier.is {
			text += modifier.name
		}
	}
	return text + k.Key
}

// Press is a keydown event.
type Press struct {
	Key, Code              string // as the event has them
	Ctrl, Alt, Shift, Meta bool
	AltGraph               bool // types a character, though with Ctrl and Alt
	Repeat, Composing      bool
	Editable               bool // the person is typing into something
}

// Match returns what a press is for, "" for nothing of ours. It never is a
// repeated press, nor one that would type a character.
func Match(all []Shortcut, p Press) Command {
	if p.Repeat || p.Composing || p.AltGraph {
		return ""
	}
	key := strings.ToUpper(p.Key)
	if len(key) == 1 && isLetterOrDigit(key[0]) || len(p.Key) > 1 && isKey(key) {
		return match(all, Keys{p.Ctrl, p.Alt, p.Shift, p.Meta, key})
	}
	// Option on a Mac, and Shift with a digit, make another character, which
	// is typed where something can be typed.
	if p.Editable && !p.Ctrl && !p.Meta {
		return ""
	}
	for _, prefix := range [...]string{"Key", "Digit"} {
		if key, found := strings.CutPrefix(p.Code, prefix); found && len(key) == 1 {
			return match(all, Keys{p.Ctrl, p.Alt, p.Shift, p.Meta, key})
		}
	}
	return ""
}

func match(all []Shortcut, k Keys) Command {
	for _, s := range all {
		if s.Keys == k {
			return s.Command
		}
	}
	return ""
}

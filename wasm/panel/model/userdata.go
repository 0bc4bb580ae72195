package model

import (
	"context"
	"maps"
	"slices"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// Key is a key of an interaction's user data, with its value.
type Key struct {
	_        [0]func() // not comparable: less code
	Name     string
	Value    any
	Text     string // the value, as JSON if it is not a string
	IsText   bool   // the value is a string, so it can be edited as shown
	Writable bool
	Pending  bool   // it is being set or deleted
	Deleted  bool   // the agent has just deleted it: see Restore
	First    bool   // the page lists it in Options.Keys
	Number   string // the phone number in the value, "" for none
	Option   string // WWE's option that forbids changing it; "" for none
}

// keys returns the user data. The keys of Options.Keys come first, in that order; the rest is sorted by
// name.
func (m *Model) keys(i *item, writable bool) []Key {
	set, del := m.allowed.Allows(SetUserData.Request()), m.allowed.Allows(DeleteUserData.Request())
	data := m.withDeleted(i)
	names := m.inOrder(jsontext.Names(data))
	all := make([]Key, 0, len(names))
	for _, name := range names {
		k := Key{Name: name, Value: data[name], Writable: writable && (set || del) && m.mayWrite(name)}
		if _, isThere := i.UserData[name]; !isThere {
			if !set || !k.Writable {
				continue
			}
			k.Deleted = true
			k.Pending = !m.deletionOf(i, name).mayUndo
		}
		if !m.mayWrite(name) {
			k.Option = writeAllowed
		}
		_, k.IsText = k.Value.(string)
		k.Text = look.Value(k.Value)
		if k.IsText && !k.Deleted {
			k.Number = numberIn(name, k.Text)
		}
		k.Pending = k.Pending || m.pending[task{SetUserData, i.key, name}] || m.pending[task{DeleteUserData, i.key, name}]
		k.First = slices.Contains(m.options.Keys, name)
		all = append(all, k)
	}
	return all
}

// inOrder moves the page's keys to the front.
func (m *Model) inOrder(names []string) []string {
	if len(m.options.Keys) == 0 {
		return names
	}
	all := make([]string, 0, len(names))
	for _, name := range m.options.Keys {
		if slices.Contains(names, name) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, name := range names {
		if !slices.Contains(m.options.Keys, name) {
			all = append(all, name)
		}
	}
	return all
}

// Matches reports whether the key and its value contain all words of the search, ignoring case.
func (k Key) Matches(search string) bool {
	if search == "" {
		return true
	}
	text := toLower(k.Name + "\n" + k.Text)
	for _, word := range words(toLower(search)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// BeginsWith reports whether text begins with start, ignoring case.
func BeginsWith(text, start string) bool { return strings.HasPrefix(toLower(text), toLower(start)) }

// words splits a text at spaces.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == '\u00a0' })
}

func (m *Model) mayWrite(key string) bool {
	return m.writable == nil || slices.Contains(m.writable, key)
}

// writeAllowed is WWE's option that lists the keys that may be written.
const writeAllowed = "service-client-api.user-data.write-allowed"

// readWritable asks WWE which keys may be written. Without an answer, the panel treats every key as
// writable and leaves it to WWE to refuse.
func (m *Model) readWritable(ctx context.Context, svc *wwe.Service) {
	data, err := svc.Configuration.GetOption(ctx, writeAllowed)
	if err != nil {
		return
	}
	value, err := data.Value()
	if err != nil {
		return
	}
	list, found := findOption(value, writeAllowed)
	if !found {
		return
	}
	keys := []string{}
	for key, rest, more := "", list, true; more; {
		key, rest, more = strings.Cut(rest, ",")
		key = Trim(key)
		if key == "*" {
			keys = nil
			break
		}
		if key != "" {
			keys = append(keys, key)
		}
	}
	m.change(func() { m.writable, m.isListed = keys, true })
}

// explainKeys explains a refusal by WWE's option for writable keys, because the agent cannot fix that. If
// WWE does not report the list of keys, the option is still the most likely reason, unless the
// interaction is over.
func (m *Model) explainKeys(f *Failure, t *Task, on *item) {
	if f.Reason != ReasonRefused {
		return
	}
	forbidden := ""
	for key := range t.UserData {
		if !m.mayWrite(key) {
			forbidden = key
		}
	}
	isData := t.Action == SetUserData || t.Action == DeleteUserData
	if isData && !m.mayWrite(t.Key) {
		forbidden = t.Key
	}
	switch {
	case forbidden != "":
		f.Reason, f.Said = ReasonKey, forbidden
	case !isData || m.isListed || on == nil || isOver(on.State):
		return
	}
	f.Who, f.Option = wwe.CategoryConfiguration, writeAllowed
}

// findOption searches the whole value for the option, because the form of WWE's answer is not public. It
// accepts a property with the option's name, or a value property beside a name property.
func findOption(value any, name string) (string, bool) {
	switch value := value.(type) {
	case []any:
		for _, part := range value {
			if text, found := findOption(part, name); found {
				return text, true
			}
		}
	case map[string]any:
		if text, is := value[name].(string); is {
			return text, true
		}
		if text, is := value["value"].(string); is && value["name"] == name {
			return text, true
		}
		for _, part := range jsontext.Names(value) { // in a fixed order, so that the first match is always the same
			if text, found := findOption(value[part], name); found {
				return text, true
			}
		}
	}
	return "", false
}

// sameData reports whether two sets of user data look the same in the panel.
func sameData(a, b wwe.UserData) bool {
	return maps.EqualFunc(a, b, func(a, b any) bool {
		_, isTextA := a.(string)
		_, isTextB := b.(string)
		return isTextA == isTextB && look.Value(a) == look.Value(b)
	})
}

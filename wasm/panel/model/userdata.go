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

// Key is one key of an interaction's user data.
type Key struct {
	Name     string
	Value    any
	Text     string // the value, as JSON if it is no string
	IsText   bool   // the value is a string, so that it can be edited as it is shown
	Writable bool
	Pending  bool   // it is being set or deleted
	Deleted  bool   // by the agent, a moment ago: see Restore
	First    bool   // the page has it come first
	Number   string // to dial, "" if the value is none
	Option   string // of WWE, which forbids to change it; "" if none does
}

// keys returns the user data, first what the page has chosen, in its order, then
// the rest by name.
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

// inOrder puts the page's keys before the others.
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

// Matches tells whether the key or its value has all words of the search, in any case.
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

// BeginsWith tells whether a text begins with another one, in any case.
func BeginsWith(text, start string) bool { return strings.HasPrefix(toLower(text), toLower(start)) }

// words are the parts of a text between spaces.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == '\u00a0' })
}

func (m *Model) mayWrite(key string) bool {
	return m.writable == nil || slices.Contains(m.writable, key)
}

// writeAllowed is the option that names the keys that may be written.
const writeAllowed = "service-client-api.user-data.write-allowed"

// readWritable asks WWE which keys may be written. Who may not ask, or is told
// nothing, takes all for writable: WWE itself refuses then.
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

// explainKeys is for what WWE has refused: user data that its option forbids are
// not for the agent to fix. Where WWE does not say which keys it takes, the
// option is what most likely forbids those of an interaction that is not over.
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

// findOption looks for the option wherever it is, because the shape of WWE's
// answer is not public: a property of its name, or one called value beside its name.
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
		for _, part := range jsontext.Names(value) { // the first, should there be several
			if text, found := findOption(value[part], name); found {
				return text, true
			}
		}
	}
	return "", false
}

// sameData compares user data by what is shown of it.
func sameData(a, b wwe.UserData) bool {
	return maps.EqualFunc(a, b, func(a, b any) bool {
		_, isTextA := a.(string)
		_, isTextB := b.(string)
		return isTextA == isTextB && look.Value(a) == look.Value(b)
	})
}

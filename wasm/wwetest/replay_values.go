package wwetest

import (
	"cmp"
	"maps"
	"slices"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/recording"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// pseudonyms holds what the widget of a replay sent, by the pseudonym that the
// recording has in its place: strings and numbers.
type pseudonyms map[any]any

// match tells whether the widget sent what it had sent in the recording, and
// remembers what it put in the place of pseudonyms.
func (p pseudonyms) match(recorded, sent wire.Request) bool {
	if recorded.Name != sent.Name || recorded.Event != sent.Event {
		return false
	}
	trial := maps.Clone(p)
	if !trial.same(valueOf(recorded.Data), valueOf(sent.Data)) {
		return false
	}
	for n := range max(len(recorded.Parameters), len(sent.Parameters)) {
		if !trial.same(parameterValue(recorded, n), parameterValue(sent, n)) {
			return false
		}
	}
	maps.Copy(p, trial)
	return true
}

// parameterValue gives nil for a parameter that is missing: it is undefined,
// which text does not tell from null.
func parameterValue(r wire.Request, n int) any {
	if n < len(r.Parameters) {
		return valueOf(r.Parameters[n])
	}
	return nil
}

func valueOf(text string) any {
	value, err := wwe.JSON(text).Value()
	if err != nil {
		return text // nested too deeply, or absent
	}
	return value
}

func (p pseudonyms) same(recorded, sent any) bool {
	switch r := recorded.(type) {
	case map[string]any:
		s, ok := sent.(map[string]any)
		return ok && len(r) == len(s) && p.sameProperties(r, maps.Clone(s))
	case []any:
		s, ok := sent.([]any)
		if !ok || len(r) != len(s) {
			return false
		}
		for n, value := range r {
			if !p.same(value, s[n]) {
				return false
			}
		}
		return true
	}
	switch sent.(type) {
	case map[string]any, []any:
		return false
	}
	return recorded == sent || p.stands(recorded, sent)
}

// sameProperties compares two objects of the same size. Names can be pseudonyms
// too: such a one stands for the first name that is left over and has the same
// value. It takes the properties of sent that it has compared.
func (p pseudonyms) sameProperties(recorded, sent map[string]any) bool {
	var unknown []string
	for name, value := range recorded {
		other, has := sent[p.name(name)]
		switch {
		case has && !p.same(value, other):
			return false
		case has:
			delete(sent, p.name(name))
		default:
			unknown = append(unknown, name)
		}
	}
	slices.SortFunc(unknown, func(a, b string) int { // as they were given: redacted-9 before redacted-10
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	for _, name := range unknown {
		if !p.takes(name, recorded[name], sent) {
			return false
		}
	}
	return true
}

func (p pseudonyms) takes(name string, value any, sent map[string]any) bool {
	for _, other := range slices.Sorted(maps.Keys(sent)) {
		trial := maps.Clone(p)
		if trial.stands(name, other) && trial.same(value, sent[other]) {
			maps.Copy(p, trial)
			delete(sent, other)
			return true
		}
	}
	return false
}

// name is what the widget calls the property that has this name in the recording.
func (p pseudonyms) name(recorded string) string {
	if sent, ok := p[recorded].(string); ok {
		return sent
	}
	return recorded
}

// stands tells whether a pseudonym can stand for what the widget sent.
func (p pseudonyms) stands(recorded, sent any) bool {
	_, isText := recorded.(string)
	if _, text := sent.(string); text != isText || !recording.IsPseudonym(recorded) {
		return false
	}
	if _, number := sent.(float64); !isText && !number {
		return false
	}
	if known, ok := p[recorded]; ok {
		return known == sent
	}
	p[recorded] = sent
	return true
}

// restore gives a message of WWE with the widget's referenceId, if it has one,
// and with what the widget sent in the place of pseudonyms.
func (p pseudonyms) restore(message, ref string) string {
	value, ok := p.restored(valueOf(message)).(map[string]any)
	if !ok {
		return message
	}
	if ref != "" {
		value["referenceId"] = ref
	}
	text, err := jsontext.AppendAny(nil, value)
	if err != nil {
		return message
	}
	return string(text)
}

func (p pseudonyms) restored(value any) any {
	switch v := value.(type) {
	case map[string]any:
		restored := make(map[string]any, len(v))
		for name, element := range v {
			restored[p.name(name)] = p.restored(element)
		}
		return restored
	case []any:
		for n, element := range v {
			v[n] = p.restored(element)
		}
		return v
	}
	if sent, ok := p[value]; ok {
		return sent
	}
	return value
}

package wwetest

import (
	"maps"

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
		if !ok || len(r) != len(s) {
			return false
		}
		for name, value := range r {
			other, has := s[name]
			if !has || !p.same(value, other) {
				return false
			}
		}
		return true
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
		for name, element := range v {
			v[name] = p.restored(element)
		}
		return v
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

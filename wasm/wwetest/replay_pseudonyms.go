package wwetest

import (
	"maps"
	"slices"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/recording"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// pseudonyms learns the values that the widget of a replay sends in place of
// the recording's pseudonyms.
//
// Names of properties can be pseudonyms too. If one object has several new
// names with equal values, their assignment is ambiguous. pseudonyms then
// guesses. If a later message does not fit, it compares all messages again.
type pseudonyms struct {
	stands  stands
	pairs   []pair // every pair compared so far
	guessed bool   // stands may be wrong
}

// pair is a value of the recording, and the value that the widget sent in its
// place.
type pair struct{ recorded, sent any }

// find returns the index of the request that the widget sent, or -1. It
// remembers the values that stand in place of pseudonyms. If several requests
// match, find chooses the one with the fewest unknown pseudonyms.
func (p *pseudonyms) find(requests []wire.Request, sent wire.Request) int {
	found, guessed := -1, false
	var best stands
	for n, r := range requests {
		guesses := maxGuesses
		if s := p.stands.solve(compared(r, sent), &guesses); s != nil && (found < 0 || len(s) < len(best)) {
			found, best, guessed = n, s, guesses < maxGuesses
			if len(s) == len(p.stands) {
				break
			}
		}
	}
	for n := 0; p.guessed && found < 0 && n < len(requests); n++ {
		guesses := maxGuesses
		if best = (stands{}).solve(slices.Concat(p.pairs, compared(requests[n], sent)), &guesses); best != nil {
			found = n
		}
	}
	if found >= 0 {
		p.stands, p.guessed = best, p.guessed || guessed
		p.pairs = append(p.pairs, compared(requests[found], sent)...)
	}
	return found
}

// compared returns the pairs that must be equal if the widget has repeated a
// recorded request.
func compared(recorded, sent wire.Request) []pair {
	pairs := []pair{{recorded.Name, sent.Name}, {valueOf(recorded.Data), valueOf(sent.Data)}}
	for n := range max(len(recorded.Parameters), len(sent.Parameters)) {
		pairs = append(pairs, pair{parameterValue(recorded, n), parameterValue(sent, n)})
	}
	return pairs
}

// maxGuesses bounds the time for a message that does not fit, because the
// number of possible assignments of names grows very fast.
const maxGuesses = 1000

// stands maps pseudonyms to the strings and numbers that they stand for.
type stands map[any]any

// solve returns the values of the pseudonyms for which all pairs are equal, or
// nil if there are none.
func (s stands) solve(pairs []pair, guesses *int) stands {
	s = maps.Clone(s)
	for {
		known := len(s)
		var open []pair // objects with ambiguous names
		for pairs = slices.Clone(pairs); len(pairs) > 0; pairs = pairs[1:] {
			within, unclear, equal := s.compare(pairs[0])
			if !equal {
				return nil
			}
			pairs = append(pairs, within...)
			open = append(open, unclear...)
		}
		switch pairs = open; {
		case len(open) == 0:
			return s
		case len(s) == known:
			return s.guess(open, guesses)
		}
	}
}

// guess solves the pairs by trying the possible values of the first name. It
// first tries the name itself, because WWE's messages in the replay may have
// had it. The other names follow in the widget's order.
func (s stands) guess(open []pair, guesses *int) stands {
	name, sent := open[0].recorded.(properties)[0].name, slices.Clone(open[0].sent.(properties))
	if at := sent.index(name); at > 0 {
		sent[0], sent[at] = sent[at], sent[0]
	}
	for _, other := range sent {
		if *guesses--; *guesses < 0 {
			return nil
		}
		trial := maps.Clone(s)
		if trial.learn(name, other.name) {
			if solved := trial.solve(open, guesses); solved != nil {
				return solved
			}
		}
	}
	return nil
}

// compare returns the pairs that must be equal if p is. unclear are those with
// ambiguous names.
func (s stands) compare(p pair) (within, unclear []pair, equal bool) {
	switch recorded := p.recorded.(type) {
	case properties:
		sent, ok := p.sent.(properties)
		if !ok || len(recorded) != len(sent) {
			return nil, nil, false
		}
		return s.compareObjects(recorded, slices.Clone(sent))
	case []any:
		sent, ok := p.sent.([]any)
		if !ok || len(recorded) != len(sent) {
			return nil, nil, false
		}
		for n, value := range recorded {
			within = append(within, pair{value, sent[n]})
		}
		return within, nil, true
	}
	return nil, nil, p.recorded == p.sent || s.learn(p.recorded, p.sent)
}

func (s stands) compareObjects(recorded, left properties) (within, unclear []pair, equal bool) {
	var unknown properties
	for _, r := range recorded {
		name, known := s.text(r.name)
		at := left.index(name)
		switch {
		case !known:
			unknown = append(unknown, r)
		case at < 0:
			return nil, nil, false
		default:
			within = append(within, pair{r.value, left[at].value})
			left = slices.Delete(left, at, at+1)
		}
	}
	switch len(unknown) {
	case 0:
		return within, nil, true
	case 1:
		within = append(within, pair{unknown[0].name, left[0].name}, pair{unknown[0].value, left[0].value})
		return within, nil, true
	}
	return within, []pair{{unknown, left}}, true
}

// learn reports whether the recorded value is a pseudonym that can stand for
// the sent value. If so, learn remembers it.
func (s stands) learn(recorded, sent any) bool {
	if !recording.IsPseudonym(recorded) {
		return false
	}
	switch value := sent.(type) {
	case string:
		text, ok := recorded.(string)
		if !ok {
			return false
		}
		before, pseudonym := recording.CutPseudonym(text)
		if value, ok = strings.CutPrefix(value, before); !ok {
			return false
		}
		recorded, sent = pseudonym, value
	case float64:
		if _, ok := recorded.(float64); !ok {
			return false
		}
	default:
		return false
	}
	if known, ok := s[recorded]; ok {
		return known == sent
	}
	s[recorded] = sent
	return true
}

// text returns the widget's text in place of a text of the recording. known is
// false for a pseudonym whose value the widget has not sent yet.
func (s stands) text(recorded string) (text string, known bool) {
	if !recording.IsPseudonym(recorded) {
		return recorded, true
	}
	before, pseudonym := recording.CutPseudonym(recorded)
	if sent, ok := s[pseudonym].(string); ok {
		return before + sent, true
	}
	return recorded, false
}

// restore returns a message of WWE with the widget's values in place of
// pseudonyms. It sets the referenceId to ref unless that is empty.
func (s stands) restore(message, ref string) string {
	value, err := wwe.JSON(message).Value()
	if err != nil {
		return message
	}
	restored, ok := s.restored(value).(map[string]any)
	if !ok {
		return message
	}
	if ref != "" {
		restored["referenceId"] = ref
	}
	text, err := jsontext.AppendAny(nil, restored)
	if err != nil {
		return message
	}
	return string(text)
}

func (s stands) restored(value any) any {
	switch v := value.(type) {
	case map[string]any:
		restored := make(map[string]any, len(v))
		for name, element := range v {
			name, _ = s.text(name)
			restored[name] = s.restored(element)
		}
		return restored
	case []any:
		for n, element := range v {
			v[n] = s.restored(element)
		}
	case string:
		text, _ := s.text(v)
		return text
	case float64:
		if sent, ok := s[v]; ok {
			return sent
		}
	}
	return value
}

package model

import (
	"cmp"
	"slices"
	"strings"

	"wwebridge/wasm/wwe"
)

// Dialing reports whether the agent can dial.
type Dialing struct {
	Allowed bool // WWE allows this page to dial
	Busy    bool // the agent has a call that is not on hold, or a call rings
	Pending bool // a number is being dialled
}

func (m *Model) dialing() Dialing {
	return Dialing{m.allows(Dial), m.isBusy(), m.pending[task{action: Dial}]}
}

// isBusy reports whether the agent has a call that is not on hold, or a call rings.
func (m *Model) isBusy() bool {
	return slices.ContainsFunc(m.order, func(i *item) bool {
		switch i.State {
		case wwe.StateTalking, wwe.StateDialing, wwe.StateRinging:
			return kindOf(i.Interaction) == voice
		}
		return false
	})
}

// Call dials a number with Do. It calls done with the text of the error, or with "" on success.
func (m *Model) Call(number string, done func(problem string)) {
	number = Trim(number)
	began := number != "" && m.Do(Task{Action: Dial, Number: number}, func(succeeded bool) {
		if succeeded {
			done("")
			return
		}
		done(m.lastProblem(Dial))
	})
	if began {
		return
	}
	m.mu.Lock()
	now := m.dialing()
	m.mu.Unlock()
	switch {
	case number == "":
		done("the number is empty")
	case !now.Allowed:
		done("WWE does not allow this page " + Dial.Request())
	case now.Pending:
		done("another number is being dialled")
	default:
		done("the agent has a call that is not on hold")
	}
}

func (m *Model) lastProblem(a Action) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for n := len(m.failures) - 1; n >= 0; n-- {
		if m.failures[n].Action == a {
			return m.failures[n].Error
		}
	}
	return "the call failed"
}

// mostRecent is the maximum number of remembered targets.
const mostRecent = 10

// remember adds a target to the recent ones, latest first.
func (m *Model) remember(t wwe.Target) {
	if t.Destination == "" {
		return
	}
	target := string(t.Type) + " " + t.Destination
	recent := slices.DeleteFunc(m.place.recent, func(known string) bool { return known == target })
	m.place.recent = append([]string{target}, recent[:min(len(recent), mostRecent-1)]...)
	m.unsaved = true
}

// Suggestion is a person whom the agent may want to call.
type Suggestion struct {
	_                 [0]func() // not comparable: less code
	Destination, Name string
}

// mostSuggestions is the maximum number of suggestions.
const mostSuggestions = 20

// Suggestions returns the recent targets of this type. For phone numbers, it adds the colleagues in this
// session's interactions. WWE's API has no directory and reports only a colleague's number, not the
// employee id.
func (m *Model) Suggestions(as wwe.TargetType) (all []Suggestion) {
	add := func(destination, name string) {
		if destination == "" || len(all) == mostSuggestions {
			return
		}
		for n := range all {
			if all[n].Destination == destination {
				if all[n].Name == "" {
					all[n].Name = name
				}
				return
			}
		}
		all = append(all, Suggestion{Destination: destination, Name: name})
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, target := range m.place.recent {
		if kind, destination, _ := strings.Cut(target, " "); kind == string(as) {
			add(destination, "")
		}
	}
	if as != wwe.TargetTypeCustomContact {
		return all
	}
	meet := func(i *wwe.Interaction) {
		for _, p := range i.Parties {
			if p.Type != "AGENT" {
				continue
			}
			if name := PartyName(p); name != m.agent.Name {
				add(cmp.Or(p.PhoneNumber, p.Identifier), name)
			}
		}
	}
	for _, i := range m.order {
		meet(i.Interaction)
	}
	for n := len(m.history) - 1; n >= 0; n-- {
		if i := m.history[n].Interaction; i != nil {
			meet(i)
		}
	}
	return all
}

// The digits of a number that can be dialled: the minimum, the minimum if only its form marks it as a phone
// number, and the maximum of E.164.
const (
	fewestDigits = 3
	usualDigits  = 7
	mostDigits   = 15
)

// Number returns a text in one of WWE's number fields, such as an ANI, if it can be dialled. Otherwise it
// returns "".
func Number(text string) string {
	digits := 0
	for n := range len(text) {
		switch c := text[n]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '+' && digits == 0:
		case strings.IndexByte(" ()-./", c) < 0:
			return ""
		}
	}
	if digits < fewestDigits || digits > mostDigits {
		return ""
	}
	return text
}

// numberIn returns the phone number in a value of user data, or "" if it is not one. Order numbers must
// not match, so the value must start like a phone number, or its key must contain "phone".
func numberIn(key, value string) string {
	if scheme, number, found := strings.Cut(value, ":"); found && lower(scheme) == "tel" {
		return Number(number)
	}
	number := Number(value)
	if number == "" || strings.Contains(lower(key), "phone") {
		return number
	}
	digits := 0
	for n := range len(number) {
		if c := number[n]; c >= '0' && c <= '9' {
			digits++
		}
	}
	if first := number[0]; digits >= usualDigits && (first == '+' || first == '0' || first == '(') {
		return number
	}
	return ""
}

// Number returns the number to call back, or "" if the entry is not about the arrival of a call.
func (e *Entry) Number() string {
	i := e.Interaction
	if e.Kind != Arrived || i == nil || kindOf(i) != voice {
		return ""
	}
	if i.Direction == wwe.DirectionOut {
		return Number(i.DNIS)
	}
	return Number(i.ANI)
}

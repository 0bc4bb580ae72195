package scenario

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// Scenario is a list of steps that the desktop and tests play.
type Scenario struct {
	Name  string `json:"-"` // of its file, without the extension
	Title string `json:"title"`
	About string `json:"about"` // what it shows, and what to look at
	Steps []Step `json:"steps"` // without groups: Parse repeats their steps
}

// Step calls a function of window.wweHost, or repeats other steps.
type Step struct {
	After int               `json:"after"` // milliseconds to wait first
	Do    string            `json:"do"`    // the function
	With  []json.RawMessage `json:"with"`  // its arguments; "$name" is the interaction with that name
	As    string            `json:"as"`    // names the interaction that begins
	Then  map[string]string `json:"then"`  // the states of interactions afterwards, by name; Gone if WWE no longer holds one

	Repeat int    `json:"repeat"` // plays Steps this often; such a step has no other property
	Steps  []Step `json:"steps"`
}

// Gone is the state in Step.Then of an interaction that WWE no longer holds.
const Gone = "gone"

// The limits of a scenario.
const (
	maxSteps    = 5000
	maxWait     = time.Minute
	maxDuration = 10 * time.Minute
)

var errTooMany = fmt.Errorf("there are more than %d steps", maxSteps)

// Parse reads a scenario. It returns an error for unknown properties and
// functions, for arguments of the wrong type, and for names that no step has
// given.
func Parse(text []byte) (Scenario, error) {
	var s Scenario
	if err := strictjson.Decode(text, &s); err != nil {
		return s, err
	}
	if s.Title == "" || s.About == "" || len(s.Steps) == 0 {
		return s, errors.New("a scenario needs a title, about and steps")
	}
	var err error
	if s.Steps, err = flat(s.Steps); err != nil {
		return s, err
	}
	known := map[string]bool{}
	for n, step := range s.Steps {
		if err := step.check(known); err != nil {
			return s, fmt.Errorf("step %d: %w", n+1, err)
		}
	}
	if s.Duration() > maxDuration {
		return s, fmt.Errorf("it takes %v; the most is %v", s.Duration(), maxDuration)
	}
	return s, nil
}

// Duration returns how long the steps wait. A scenario takes a little longer,
// and marking done takes another second if a widget may block it.
func (s Scenario) Duration() time.Duration { return waits(s.Steps) }

func waits(steps []Step) (total time.Duration) {
	for _, step := range steps {
		total += step.wait()
	}
	return total
}

func (s Step) wait() time.Duration { return time.Duration(s.After) * time.Millisecond }

// flat returns the steps with the steps of groups repeated.
func flat(steps []Step) ([]Step, error) {
	var all []Step
	for _, step := range steps {
		switch {
		case step.Repeat == 0 && len(step.Steps) == 0:
			all = append(all, step)
		case step.Do != "" || step.As != "" || step.After != 0 || step.With != nil || step.Then != nil:
			return nil, errors.New("a step that repeats others has no other property")
		case step.Repeat < 1 || len(step.Steps) == 0 || slices.ContainsFunc(step.Steps, func(s Step) bool { return s.Repeat != 0 || s.Steps != nil }):
			return nil, errors.New("repeat is a number above 0 of steps that repeat no others")
		case step.Repeat > maxSteps || len(all)+step.Repeat*len(step.Steps) > maxSteps: // the product alone could overflow
			return nil, errTooMany
		default:
			for range step.Repeat {
				all = append(all, step.Steps...)
			}
		}
	}
	if len(all) > maxSteps {
		return nil, errTooMany
	}
	return all, nil
}

// check validates a step after others that have given the known names.
func (s Step) check(known map[string]bool) error {
	if s.After < 0 || s.wait() > maxWait {
		return fmt.Errorf("after is between 0 and %d milliseconds", maxWait.Milliseconds())
	}
	args := slices.Clone(s.With)
	for n, arg := range args {
		if name, ok := nameIn(arg); ok {
			if !known[name] {
				return fmt.Errorf("no step before has given the name %s", name)
			}
			args[n] = []byte(`"1"`) // any id will do
		}
	}
	c, err := commandOf(s.Do, args)
	if err != nil {
		return err
	}
	if s.As != "" {
		if begins, _ := c.results(); !begins {
			return fmt.Errorf("%s begins no interaction that could have a name", s.Do)
		}
		known[s.As] = true
	}
	for name, state := range s.Then {
		switch {
		case !known[name]:
			return fmt.Errorf("no step has given the name %s", name)
		case state != Gone && look.Of(wwe.State(state)) == "":
			return fmt.Errorf("there is no state %q", state)
		}
	}
	return nil
}

// nameIn returns the name that an argument refers to.
func nameIn(arg json.RawMessage) (name string, ok bool) {
	var text string
	if json.Unmarshal(arg, &text) != nil {
		return "", false
	}
	return strings.CutPrefix(text, "$")
}

// expected returns what the step leads to, in the order of the names.
func (s Step) expected() []string { return slices.Sorted(maps.Keys(s.Then)) }

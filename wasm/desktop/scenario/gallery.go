package scenario

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed gallery/*.json
var files embed.FS

// names are the scenarios in the order in which the desktop offers them.
var names = []string{
	"first-call", "second-call", "consult-transfer", "chat", "email", "preview-campaign",
	"reload-mid-call", "slow", "refusing", "burst", "rate-limit", "shift",
}

// Gallery returns the scenarios of the desktop.
func Gallery() []Scenario {
	var all []Scenario
	for _, name := range names {
		s, err := Find(name)
		if err != nil {
			panic("scenario: " + name + ": " + err.Error()) // unreachable: a test parses each
		}
		all = append(all, s)
	}
	return all
}

// Find returns the scenario with this name. If there is none, the error names
// those that exist.
func Find(name string) (Scenario, error) {
	if !slices.Contains(names, name) {
		return Scenario{}, fmt.Errorf("there is no scenario %q; there are %s", shortened(name), strings.Join(names, ", "))
	}
	text, err := files.ReadFile("gallery/" + name + ".json")
	if err != nil {
		return Scenario{}, err
	}
	s, err := Parse(text)
	s.Name = name
	return s, err
}

package wwetest

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"wwebridge/wasm/wwe"
)

var configurationRequests = map[string]request{
	"configuration.getOption": func(h *Host, p parameters) (string, error) { return h.getOption(p.text(0)) },
	"configuration.getContextualOption": func(h *Host, p parameters) (string, error) { // no interaction has its own options
		if _, err := h.known(p.string(1)); err != nil {
			return "", err
		}
		return h.getOption(p.text(0))
	},
}

// getOption takes a pattern or an array of them: "name", of the section
// interaction-workspace, or "section/name". A pattern may end in "*". The shape
// of the answer is a guess.
func (h *Host) getOption(patterns string) (string, error) {
	var wanted []string
	switch value, _ := wwe.JSON(patterns).Value(); value := value.(type) {
	case string:
		wanted = []string{value}
	case []any:
		for _, item := range value {
			name, ok := item.(string)
			if !ok {
				return "", errors.New("an option's name is not a string")
			}
			wanted = append(wanted, name)
		}
	default:
		return "", errors.New("the options are neither a name nor names")
	}
	sections := map[string]*object{}
	for _, option := range slices.Sorted(maps.Keys(h.config.Options)) {
		section, name := sectionOf(option)
		if !slices.ContainsFunc(wanted, func(pattern string) bool { return matchesOption(pattern, section, name) }) {
			continue
		}
		if sections[section] == nil {
			sections[section] = &object{}
		}
		sections[section].string(name, h.config.Options[option])
	}
	return list(slices.Sorted(maps.Keys(sections)), func(section string) string {
		var o object
		o.string("name", section)
		o.raw("options", sections[section].text())
		return o.text()
	}), nil
}

func sectionOf(option string) (section, name string) {
	if section, name, ok := strings.Cut(option, "/"); ok {
		return section, name
	}
	return "interaction-workspace", option
}

func matchesOption(pattern, section, name string) bool {
	wantedSection, wanted := sectionOf(pattern)
	start, open := strings.CutSuffix(wanted, "*")
	return wantedSection == section && (name == wanted || open && (start != "" || strings.Contains(pattern, "/")) && strings.HasPrefix(name, start))
}

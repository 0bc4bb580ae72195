//go:build js

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// configurationPanel has a control for each property of wwetest.Config, named
// as in its JSON. A change takes effect at once.
type configurationPanel struct {
	acts     *scenario.Acts
	host     *wwetest.Host
	controls []dom.Element
	warning  dom.Element
	shown    wwe.JSON
}

func newConfigurationPanel(acts *scenario.Acts) *configurationPanel {
	p := &configurationPanel{
		acts:     acts,
		host:     acts.Host,
		controls: html.ByID("configuration-form").QuerySelectorAll("[name]"),
		warning:  html.ByID("configuration-error"),
	}
	form := html.ByID("configuration-form")
	form.AddEventListener("submit", false, func(e dom.Event) { e.PreventDefault() })
	form.AddEventListener("change", false, func(e dom.Event) {
		html.SetText(p.warning, "")
		if err := p.enter(e.Target()); err != nil {
			html.SetText(p.warning, err.Error())
		}
	})
	html.ByID("configuration-defaults").AddEventListener("click", false, func(dom.Event) {
		html.SetText(p.warning, "")
		for _, change := range []wwe.JSON{`{"rateLimits": null, "options": null}`, wwetest.NewHost().ConfigJSON()} {
			_, _ = acts.Do("configure", change) // the defaults are valid
		}
		announce("The configuration is the default again.")
	})
	return p
}

// enter sets the property of the control to the control's value.
func (p *configurationPanel) enter(control dom.Element) error {
	name, text := control.GetAttribute("name"), html.Value(control)
	var value any = text
	switch {
	case name == "rateLimits":
		limits, err := entries(text, strconv.Atoi)
		if err != nil {
			return err
		}
		value = limits
	case name == "options":
		options, err := entries(text, func(s string) (string, error) { return s, nil })
		if err != nil {
			return err
		}
		value = options
	case name == "agent.roles":
		value = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	case control.GetAttribute("type") == "checkbox":
		value = html.Checked(control)
	case control.GetAttribute("type") == "number":
		value = json.Number(text)
		if text == "" {
			value = 0
		}
	}
	if inside, property, nested := strings.Cut(name, "."); nested {
		name, value = inside, map[string]any{property: value}
	}
	change, err := json.Marshal(map[string]any{name: value})
	if err != nil {
		return err
	}
	if name == "rateLimits" || name == "options" { // else the new entries are added to the old ones
		before := p.host.ConfigJSON()
		if _, err := p.acts.Do("configure", map[string]any{name: nil}); err != nil {
			return err
		}
		if _, err = p.acts.Do("configure", wwe.JSON(change)); err != nil {
			_, _ = p.acts.Do("configure", before)
		}
		return err
	}
	_, err = p.acts.Do("configure", wwe.JSON(change))
	return err
}

// entries parses lines of "name = value".
func entries[T any](text string, parse func(string) (T, error)) (map[string]T, error) {
	all := map[string]T{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		parsed, err := parse(strings.TrimSpace(value))
		if !ok || name == "" || err != nil {
			return nil, fmt.Errorf("this line is not name = value: %s", line)
		}
		all[name] = parsed
	}
	return all, nil
}

func lines[T any](all map[string]T) string {
	var text []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text = append(text, fmt.Sprintf("%s = %v", name, all[name]))
	}
	return strings.Join(text, "\n")
}

// show fills the controls, including changes made by a script.
func (p *configurationPanel) show() {
	text := p.host.ConfigJSON()
	if text == p.shown {
		return
	}
	p.shown = text
	value, err := text.Value()
	if err != nil {
		return // unreachable: the Host writes valid JSON
	}
	all, _ := value.(map[string]any)
	agent, _ := all["agent"].(map[string]any)
	config := p.host.Config()
	for _, control := range p.controls {
		name := control.GetAttribute("name")
		value := all[name]
		if property, ofAgent := strings.CutPrefix(name, "agent."); ofAgent {
			value = agent[property]
		}
		switch value := value.(type) {
		case bool:
			control.Underlying().Set("checked", value)
		case string:
			html.SetValue(control, value)
		case float64:
			html.SetValue(control, strconv.FormatFloat(value, 'f', -1, 64))
		}
		switch name {
		case "rateLimits":
			html.SetValue(control, lines(config.RateLimits))
		case "options":
			html.SetValue(control, lines(config.Options))
		case "agent.roles":
			html.SetValue(control, strings.Join(config.Agent.Roles, ", "))
		}
	}
}

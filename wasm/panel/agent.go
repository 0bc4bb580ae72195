//go:build js

package main

import (
	"slices"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// agentBar shows and changes the agent's state and that of each media.
type agentBar struct {
	p        *panel
	element  *elements.Element
	name     *elements.Element
	state    *stateChoice
	media    *elements.Element
	fold     *elements.Element
	choices  map[string]*stateChoice // by media
	rows     *elements.Rows          // of the choices
	failures *failureList
	wanted   map[string]string // the operation name chosen last, by media; "" is the agent
}

// stateChoice is a control for a state.
type stateChoice struct {
	element, choice, dot *elements.Element
	offered              []wwe.MediaState
	asItIs               string // a state that is none of those offered
	filled               bool
}

func newAgentBar(p *panel) *agentBar {
	a := &agentBar{
		p: p, name: elements.New("span", "name"), state: newStateChoice("", p.words.AgentState, ""),
		media: elements.New("div", "media"), choices: map[string]*stateChoice{}, wanted: map[string]string{},
		failures: newFailureList(p.words),
	}
	a.rows = elements.NewRows(a.media)
	a.fold = elements.New("details", "fold", elements.Text("summary", "", p.words.Media), a.media)
	a.fold.SetAttribute("data-section", "media")
	a.element = elements.New("header", "bar", a.name, a.state.element, a.fold, a.failures.element)
	elements.Hide(a.element, true)
	return a
}

func newStateChoice(media, label, shown string) *stateChoice {
	c := &stateChoice{choice: elements.New("select", ""), dot: icon("active")}
	c.choice.SetAttribute("aria-label", label)
	c.choice.SetAttribute("data-media", media)
	c.element = elements.New("span", "choice", c.dot, c.choice)
	if shown != "" {
		c.element.AppendChild(elements.Text("span", "of", shown))
	}
	return c
}

func (a *agentBar) show(v *model.View) {
	s, failures := v.Agent, v.Failures
	elements.SetText(a.name, s.Name)
	elements.Hide(a.state.element, !s.Known)
	state := s.State
	a.state.show(a.p.words, state, s.Choices, a.wanted[""], s.MayChange, s.Pending)
	var names []string
	for _, m := range s.Media {
		names = append(names, m.Name)
	}
	a.rows.Sync(names, func(name string) *elements.Element {
		a.choices[name] = newStateChoice(name, words.Fill(a.p.words.MediaState, name, ""), name)
		return a.choices[name].element
	}, func(name string) { delete(a.choices, name) })
	for _, m := range s.Media {
		a.choices[m.Name].show(a.p.words, m.State, s.Choices, a.wanted[m.Name], s.MayChangeMedia, s.PendingMedia[m.Name])
	}
	var mine []*model.Failure
	for _, f := range failures {
		if f.On == "" && f.Action != model.Dial {
			mine = append(mine, f)
		}
	}
	a.failures.show(mine)
	elements.SetFlag(a.fold, "open", v.Open["media"])
	elements.Hide(a.fold, len(names) == 0)
	// It keeps its place while WWE is asked, and beside anything that can be
	// pressed, so that nothing moves under a finger.
	isEmpty := !s.Known && len(names) == 0 && len(mine) == 0 && len(v.Cases) == 0
	elements.Hide(a.element, isEmpty && (s.Asked || v.Phase != model.Live))
}

// choose begins to change a state. Where the last change is still under way,
// this one follows it, as arrow keys pass over what is not meant.
func (a *agentBar) choose(media, operation string) {
	if operation == "" {
		return
	}
	a.wanted[media] = operation
	a.send(media)
}

func (a *agentBar) send(media string) {
	operation := a.wanted[media]
	t := model.Task{Action: model.SetAgentState, State: operation}
	if media != "" {
		t = model.Task{Action: model.SetMediaState, Media: media, State: operation}
	}
	a.p.model.Do(t, func(bool) {
		if a.wanted[media] != operation {
			a.send(media)
			return
		}
		delete(a.wanted, media)
		a.p.repaint.soon()
	})
}

// show offers the states, and says which one it is, also if it is none of them.
func (c *stateChoice) show(w *words.Words, state wwe.MediaState, offered []wwe.MediaState, wanted string, mayChange, pending bool) {
	at := slices.IndexFunc(offered, func(o wwe.MediaState) bool {
		return o.OperationName != "" && o.OperationName == state.OperationName
	})
	if at < 0 {
		at = slices.IndexFunc(offered, func(o wwe.MediaState) bool { return o.Type == state.Type && o.DisplayName == state.DisplayName })
	}
	asItIs := ""
	if at < 0 {
		if asItIs = w.MediaStateName(state); asItIs == "" {
			asItIs = w.NoState
		}
	}
	if !c.filled || asItIs != c.asItIs || !slices.Equal(offered, c.offered) {
		c.filled, c.asItIs, c.offered = true, asItIs, slices.Clone(offered)
		elements.Empty(c.choice)
		if asItIs != "" {
			c.choice.AppendChild(option("", asItIs))
		}
		for _, o := range offered {
			if o.OperationName != "" {
				c.choice.AppendChild(option(o.OperationName, w.MediaStateName(o)))
			}
		}
	}
	value := wanted
	if value == "" && at >= 0 {
		value = offered[at].OperationName
	}
	c.choice.SetValue(value)
	elements.SetFlag(c.choice, "disabled", !mayChange || len(offered) == 0)
	elements.SetAttribute(c.choice, "aria-busy", boolText(pending))
	elements.SetAttribute(c.element, "data-ready", readiness(state.Type))
	setIcon(c.dot, dotOf(readiness(state.Type)))
}

func boolText(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// readiness tells whether work comes to who is in a state of this type.
func readiness(stateType string) string {
	if stateType == "READY" {
		return "ready"
	}
	return "away"
}

func dotOf(readiness string) string {
	switch readiness {
	case "ready":
		return "active"
	case "away":
		return "held"
	}
	return ""
}

//go:build js

package main

import (
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// agentBar shows and changes the agent's state and that of each media.
type agentBar struct {
	p       *panel
	element *elements.Element
	name    *elements.Element
	state   *stateChoice
	media   *elements.Element
	fold    *elements.Element
	choices map[string]*stateChoice // by media
	rows    *elements.Rows          // of the choices
	open    *stateChoice            // the choice with an open list or question, nil for none
	wanted  map[string]string       // the operation name chosen last, by media; "" stands for the agent
}

func newAgentBar(p *panel) *agentBar {
	a := &agentBar{
		p: p, name: elements.New("span", "name"),
		media: elements.New("div", "media"), choices: map[string]*stateChoice{}, wanted: map[string]string{},
	}
	a.state = newStateChoice(a, "", p.words.AgentState, "")
	a.rows = elements.NewRows(a.media)
	a.fold = elements.New("details", "fold", elements.Text("summary", "", p.words.Media), a.media)
	a.fold.SetAttribute("data-section", "media")
	a.element = elements.New("header", "bar", a.name, a.state.element, a.fold)
	elements.Hide(a.element, true)
	return a
}

func (a *agentBar) show(v *model.View) {
	s := v.Agent
	elements.SetText(a.name, s.Name)
	elements.Hide(a.state.element, !s.Known)
	state := s.State
	a.state.show(a.p.words, state, s.Choices, a.wanted[""], s.MayChange, s.Pending)
	var names []string
	for _, m := range s.Media {
		names = append(names, m.Name)
	}
	a.rows.Sync(names, func(name string) *elements.Element {
		a.choices[name] = newStateChoice(a, name, words.Fill(a.p.words.MediaState, name, ""), name)
		return a.choices[name].element
	}, func(name string) {
		if a.choices[name] == a.open {
			a.close()
		}
		delete(a.choices, name)
	})
	for _, m := range s.Media {
		a.choices[m.Name].show(a.p.words, m.State, s.Choices, a.wanted[m.Name], s.MayChangeMedia, s.PendingMedia[m.Name])
	}
	elements.SetFlag(a.fold, "open", v.Open["media"])
	elements.Hide(a.fold, len(names) == 0)
	// The bar keeps its place while WWE is being asked, and as long as there is anything to press. So nothing
	// moves under the agent's finger.
	isEmpty := !s.Known && len(names) == 0 && len(v.Cases) == 0
	elements.Hide(a.element, isEmpty && (s.Asked || v.Phase != model.Live))
}

// choose starts a state change. If a change is already pending, this one follows it.
func (a *agentBar) choose(media, operation string) {
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

func boolText(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// readiness reports whether an agent in a state of this type receives work.
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

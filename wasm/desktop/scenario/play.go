package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"wwebridge/wasm/wwe"
)

// Progress is how far a scenario has been played.
type Progress struct {
	Step, Steps int // the number of the step that comes next, from 1
	Next        string
	Left        time.Duration // how long the remaining steps wait
}

// Play plays a scenario from its first step until it ends or ctx does. Before
// each wait it calls progress.
//
// If a person or a widget has already done what a step does, Play goes on: it
// checks Step.Then. Otherwise it returns an error that names the step. With
// strict, it also returns an error if Step.Then is not so after a step.
func (s Scenario) Play(ctx context.Context, acts *Acts, strict bool, progress func(Progress)) error {
	p := player{acts, map[string]string{}}
	left := s.Duration()
	for n, step := range s.Steps {
		progress(Progress{n + 1, len(s.Steps), step.Do, left})
		if err := sleep(ctx, step.wait()); err != nil {
			return err
		}
		left -= step.wait()
		err := p.perform(step)
		unmet := p.unmet(step)
		if err != nil && (unmet != nil || len(step.Then) == 0) {
			return fmt.Errorf("step %d of %d, %s: %w", n+1, len(s.Steps), step.Do, err)
		}
		if strict && unmet != nil {
			return fmt.Errorf("after step %d of %d, %s: %w", n+1, len(s.Steps), step.Do, unmet)
		}
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// player knows the interactions by the names that steps have given them.
type player struct {
	acts  *Acts
	uuids map[string]string // by name: they outlive a reload of WWE's page, unlike ids
}

func (p *player) perform(step Step) error {
	args := slices.Clone(step.With)
	for n, arg := range args {
		name, ok := nameIn(arg)
		if !ok {
			continue
		}
		value, err := p.resolve(step.Do, name)
		if err != nil {
			return err
		}
		args[n], _ = json.Marshal(value) // a string
	}
	began, err := p.acts.do(step.Do, args)
	if err == nil && step.As != "" {
		i, _ := p.acts.Host.Interaction(began)
		p.uuids[step.As] = i.InteractionUUID
	}
	return err
}

// resolve returns what a function calls the interaction with this name: its id,
// the id of its case, or its UUID.
func (p *player) resolve(function, name string) (string, error) {
	if function == "pull" {
		return p.uuids[name], nil
	}
	i, held := p.interaction(name)
	switch {
	case !held:
		return "", fmt.Errorf("WWE no longer holds the interaction %s", name)
	case function == "selectCase":
		return i.CaseID, nil
	}
	return i.InteractionID, nil
}

func (p *player) interaction(name string) (wwe.Interaction, bool) {
	for _, i := range p.acts.Host.Interactions() {
		if i.InteractionUUID == p.uuids[name] {
			return i, true
		}
	}
	return wwe.Interaction{}, false
}

// unmet returns an error if what the step leads to is not so.
func (p *player) unmet(step Step) error {
	for _, name := range step.expected() {
		state := Gone
		if i, held := p.interaction(name); held {
			state = string(i.State)
		}
		if state != step.Then[name] {
			return fmt.Errorf("%s is %s, not %s", name, state, step.Then[name])
		}
	}
	return nil
}

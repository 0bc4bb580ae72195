package model

import (
	"context"
	"errors"
	"slices"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

// AgentStates holds the agent's states, as far as WWE reports them.
type AgentStates struct {
	Asked   bool   // WWE has answered, or failed to answer, all requests for the fields below
	Name    string // of the agent
	Known   bool   // State is known
	State   wwe.MediaState
	Choices []wwe.MediaState
	Media   []wwe.Media

	MayChange, MayChangeMedia bool
	Pending                   bool
	PendingMedia              map[string]bool
}

func (m *Model) agentView() AgentStates {
	a := m.agent
	a.Choices, a.Media = slices.Clone(a.Choices), slices.Clone(a.Media)
	a.MayChange = m.allowed.Allows(SetAgentState.Request())
	a.MayChangeMedia = m.allowed.Allows(SetMediaState.Request())
	a.Pending = m.pending[task{action: SetAgentState}]
	a.PendingMedia = map[string]bool{}
	for _, media := range a.Media {
		a.PendingMedia[media.Name] = m.pending[task{SetMediaState, 0, media.Name}]
	}
	return a
}

// followAgent reads which requests this page may use and keeps the agent's states current, as far as WWE
// allows.
func (m *Model) followAgent(ctx context.Context, svc *wwe.Service) {
	if allowed, err := svc.System.GetAllowedServices(ctx); err == nil || allowed.Known() { // without an answer, just try
		m.change(func() { m.allowed = allowed })
	}
	m.mu.Lock()
	allowed := m.allowed
	m.mu.Unlock()
	if allowed.Allows("configuration.getOption") {
		m.readWritable(ctx, svc)
	}
	for m.followAgentEvents(ctx, svc, allowed) {
		select {
		case <-ctx.Done():
			return
		case <-eventloop.After(subscribePause):
		}
	}
}

// subscribePause is the pause before resubscribing to the agent's events.
const subscribePause = 10 * time.Second

// followAgentEvents follows the agent's events until they end. It reports whether to subscribe again: WWE
// may have ignored a request or restarted.
func (m *Model) followAgentEvents(ctx context.Context, svc *wwe.Service, allowed wwe.AllowedServices) (again bool) {
	// Subscribe before reading, so that no change is missed.
	events, err := svc.Subscribe(ctx, wwe.TopicAgent, wwe.TopicMedia)
	m.readAgent(ctx, svc, allowed)
	if err != nil {
		return !isRefused(err) && !errors.Is(err, wwe.ErrClosed)
	}
	defer events.Close()
	for {
		select {
		case <-ctx.Done():
			return false
		case event, open := <-events.Events():
			if !open {
				return !errors.Is(events.Err(), wwe.ErrClosed)
			}
			switch e := event.(type) {
			case wwe.AgentEvent:
				m.change(func() { m.hear(nil); m.agentIs(e.State) })
			case wwe.MediaEvent:
				m.change(func() { m.hear(nil); m.mediaIs(e.Media, e.State) })
			default:
				m.readAgent(ctx, svc, allowed)
			}
		}
	}
}

// readAgent reads all of the agent's states that WWE allows, in parallel.
func (m *Model) readAgent(ctx context.Context, svc *wwe.Service, allowed wwe.AllowedServices) {
	var asked tasks
	ask := func(request string, read func()) {
		if allowed.Allows(request) {
			asked.start(read)
		}
	}
	ask("agent.get", func() {
		if agent, err := svc.Agent.Get(ctx); err == nil {
			m.change(func() {
				m.agent.Name = Trim(agent.FirstName + " " + agent.LastName) // FullName would add Unicode tables
				if m.agent.Name == "" {
					m.agent.Name = agent.Username
				}
			})
		}
	})
	ask("agent.getStateList", func() {
		if choices, err := svc.Agent.GetStateList(ctx); err == nil || choices != nil {
			m.change(func() { m.agent.Choices = choices })
		}
	})
	ask("agent.getState", func() {
		if state, err := svc.Agent.GetState(ctx); err == nil {
			m.change(func() { m.agent.State, m.agent.Known = state, true })
		}
	})
	ask("media.getMediaList", func() {
		if media, err := svc.Media.GetMediaList(ctx); err == nil || media != nil {
			m.change(func() { m.agent.Media = media })
		}
	})
	asked.wait()
	m.change(func() { m.agent.Asked = true })
}

func (m *Model) agentIs(state wwe.MediaState) {
	before := m.agent.State
	before.Unknown = state.Unknown // Unknown is not shown
	if m.agent.Known && before != state {
		m.record(&Entry{Kind: AgentIs, Level: Polite, State: state})
	}
	m.agent.State, m.agent.Known = state, true
}

func (m *Model) mediaIs(name string, state wwe.MediaState) {
	media := slices.Clone(m.agent.Media)
	n := slices.IndexFunc(media, func(media wwe.Media) bool { return media.Name == name })
	if n < 0 {
		media = append(media, wwe.Media{Name: name, State: state})
	} else {
		media[n].State = state
	}
	m.agent.Media = media
}

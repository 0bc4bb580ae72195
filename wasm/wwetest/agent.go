package wwetest

import (
	"fmt"
	"slices"
	"strings"

	"wwebridge/wasm/wwe"
)

func agentText(a wwe.Agent) string {
	var o object
	o.string("employeeId", a.EmployeeID)
	o.string("firstname", a.FirstName)
	o.string("lastname", a.LastName)
	o.string("username", a.Username)
	if a.Roles != nil {
		o.raw("roles", list(a.Roles, quote))
	}
	o.unknown(a.Unknown)
	return o.text()
}

// agentStates are the states that the agent can choose. Their names appear in
// real WWEs. The format of a reason is a guess.
var agentStates = []wwe.MediaState{
	{Type: "READY", DisplayName: "Ready", OperationName: "Ready"},
	{Type: "NOT_READY", DisplayName: "Not Ready", OperationName: "NotReady"},
	{Type: "NOT_READY_ACTION_CODE", DisplayName: "Lunch", OperationName: "NotReadyReason/Lunch"},
	afterCallWork,
	{Type: "DND_ON", DisplayName: "Do Not Disturb", OperationName: "Dnd"},
	{Type: "LOGOUT", DisplayName: "Log Off", OperationName: "LogOff"},
}

var afterCallWork = wwe.MediaState{Type: "NOT_READY_AFTER_CALLWORK", DisplayName: "After Call Work", OperationName: "AfterCallWork"}

// newMedia returns the media of a new Host's agent, all of them ready.
func newMedia() []wwe.Media {
	var all []wwe.Media
	for _, name := range []string{"voice", "chat", "email", "workitem"} {
		all = append(all, wwe.Media{Name: name, State: agentStates[0]})
	}
	return all
}

// Agent returns the agent who is logged in.
func (h *Host) Agent() wwe.Agent { return h.Config().Agent }

// AgentStates returns the states that the agent can choose from.
func (h *Host) AgentStates() []wwe.MediaState { return slices.Clone(agentStates) }

// AgentState returns the agent's state, which is the state of voice (guess).
func (h *Host) AgentState() wwe.MediaState {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.media[0].State
}

// SetAgentState sets a state for all media, as the agent or a supervisor would.
// It returns an error if no state has this OperationName.
func (h *Host) SetAgentState(operationName string) error {
	return h.change(func() error { return h.setAgentState(operationName) })
}

// Media returns the agent's media and their states.
func (h *Host) Media() []wwe.Media {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.media)
}

// SetMediaState sets a state for one of the agent's media. It returns an error
// if there is no such media, or no state has this OperationName.
func (h *Host) SetMediaState(media, operationName string) error {
	return h.change(func() error {
		state, err := stateOf(operationName)
		if err != nil {
			return err
		}
		return h.setMediaState(media, state)
	})
}

func stateOf(operationName string) (wwe.MediaState, error) {
	var names []string
	for _, s := range agentStates {
		if s.OperationName == operationName {
			return s, nil
		}
		names = append(names, s.OperationName)
	}
	return wwe.MediaState{}, fmt.Errorf("no state of the agent's has the operation name %q; there are %s", operationName, strings.Join(names, ", "))
}

func (h *Host) setAgentState(operationName string) error {
	state, err := stateOf(operationName)
	if err != nil {
		return err
	}
	for _, m := range h.media {
		if err := h.setMediaState(m.Name, state); err != nil {
			return err
		}
	}
	return nil
}

// setMediaState sets the state of a media. If the state is new, WWE sends an
// event of the media. For voice, an event of the agent follows (guess).
func (h *Host) setMediaState(media string, state wwe.MediaState) error {
	n := slices.IndexFunc(h.media, func(m wwe.Media) bool { return m.Name == media })
	if n < 0 {
		return fmt.Errorf("the agent has no media %q", media)
	}
	if h.media[n].State == state {
		return nil
	}
	h.media[n].State = state
	h.mediaEvent(state, media)
	if n == 0 {
		h.happenedText(wwe.TopicAgent, stateText(state))
	}
	return nil
}

func stateText(s wwe.MediaState) string {
	var o object
	o.string("type", s.Type)
	o.string("displayName", s.DisplayName)
	o.string("operationName", s.OperationName)
	return o.text()
}

func mediaText(m wwe.Media) string {
	var o object
	o.string("media", m.Name)
	o.raw("state", stateText(m.State))
	return o.text()
}

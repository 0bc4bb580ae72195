package wwe

import (
	"context"
	"strings"

	"wwebridge/internal/jsontext"
)

// AgentNamespace is genesys.wwe.service.agent: the agent who is logged in, and
// the agent's state. Its methods are those of the page "Agent namespace" in
// Genesys' Service Client API Reference.
type AgentNamespace struct{ s *Service }

// Agent is the agent who is logged in: agent.Agent.
type Agent struct {
	EmployeeID string `json:"employeeId,omitzero"`
	FirstName  string `json:"firstname,omitzero"`
	LastName   string `json:"lastname,omitzero"`
	Username   string `json:"username,omitzero"`

	// Roles are ROLE_AGENT, ROLE_SUPERVISOR and ROLE_ADMIN. WWE in the cloud
	// does not tell them: nil.
	Roles []string `json:"roles,omitzero"`

	// Unknown holds, by name, the properties that this version does not know or
	// that have another type than expected; nil for none. Where a role is not
	// text, its name is "roles[1]".
	Unknown map[string]JSON `json:"Unknown,omitzero"`
}

// FullName is the agent's name as WWE writes it: "Alex Martin".
func (a Agent) FullName() string { return strings.TrimSpace(a.FirstName + " " + a.LastName) }

// Get gets the agent who is logged in.
//
// Reference: Agent namespace, get(). Result: agent.Agent, documented. Errors:
// *DataError; see Service.Go.
func (n AgentNamespace) Get(ctx context.Context) (Agent, error) {
	return ask(ctx, n.s, "agent.get", readAgent)
}

// GetState gets the agent's state.
//
// Reference: Agent namespace, getState(). Result: media.State, documented.
// Errors: *DataError; see Service.Go.
func (n AgentNamespace) GetState(ctx context.Context) (MediaState, error) {
	return ask(ctx, n.s, "agent.getState", func(r *jsontext.Reader) MediaState {
		s, problem := readState(r)
		if problem != "" {
			r.Fail(problem)
		}
		return s
	})
}

// GetStateList returns the states that the agent can choose from. Their
// OperationName is what SetState takes, their DisplayName what the agent reads.
// An element that is not a state is left out: the others then come together
// with a *DataError that names it.
//
// Reference: Agent namespace, getStateList(). Result: an array of media.State,
// documented. Errors: *DataError; see Service.Go.
func (n AgentNamespace) GetStateList(ctx context.Context) ([]MediaState, error) {
	return ask(ctx, n.s, "agent.getStateList", func(r *jsontext.Reader) (all []MediaState) {
		eachObject(r, func() string {
			s, problem := readState(r)
			if problem == "" {
				all = append(all, s)
			}
			return problem
		})
		return all
	})
}

// SetState sets the agent's state, for all media, by the OperationName of an
// element of GetStateList, such as "NotReady". How a reason is expressed is
// not documented; those that the list has can be sent back.
//
// Reference: Agent namespace, setState(stateOperationName). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n AgentNamespace) SetState(ctx context.Context, stateOperationName string) error {
	return n.s.do(ctx, "agent.setState", required("stateOperationName", stateOperationName))
}

func readAgent(r *jsontext.Reader) Agent {
	var a Agent
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "employeeId":
			p.text = &a.EmployeeID
		case "firstname", "firstName":
			p.text = &a.FirstName
		case "lastname", "lastName":
			p.text = &a.LastName
		case "username", "userName":
			p.text = &a.Username
		case "roles":
			if r.Peek() == '[' {
				a.readRoles(r)
				continue
			}
			p.null = true
		}
		if !p.read(r) {
			keep(&a.Unknown, o.Name, r)
		}
	}
	return a
}

func (a *Agent) readRoles(r *jsontext.Reader) {
	a.Roles = nil
	for e := r.Array(); e.Next(); {
		role := ""
		if !(property{text: &role}).read(r) {
			keepElement(&a.Unknown, "roles", e.Index, r)
			continue
		}
		a.Roles = append(a.Roles, role)
	}
}

// readState reads a state that must be one.
func readState(r *jsontext.Reader) (s MediaState, problem string) {
	s = readMediaState(r)
	if !s.isKnown() {
		problem = "a state without type"
	}
	return s, problem
}

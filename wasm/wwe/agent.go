package wwe

import (
	"context"
	"strings"

	"wwebridge/internal/jsontext"
)

// AgentNamespace is genesys.wwe.service.agent: the logged-in agent and the
// agent's state. Its methods are those of the page "Agent namespace" in
// Genesys' Service Client API Reference.
type AgentNamespace struct{ s *Service }

// Agent is the logged-in agent: agent.Agent.
type Agent struct {
	EmployeeID string `json:"employeeId,omitzero"`
	FirstName  string `json:"firstname,omitzero"`
	LastName   string `json:"lastname,omitzero"`
	Username   string `json:"username,omitzero"`

	// Roles may contain ROLE_AGENT, ROLE_SUPERVISOR and ROLE_ADMIN. It is nil
	// with WWE in the cloud, which does not send roles.
	Roles []string `json:"roles,omitzero"`

	// Unknown holds unknown properties and those with an unexpected type, by
	// name. It is nil if there are none. A role that is not text is named
	// "roles[1]", by its index.
	Unknown map[string]JSON `json:"Unknown,omitzero"`
}

// FullName returns the agent's name as WWE writes it: "Alex Martin".
func (a Agent) FullName() string { return strings.TrimSpace(a.FirstName + " " + a.LastName) }

// Get returns the logged-in agent.
//
// Reference: Agent namespace, get(). Result: agent.Agent, documented. Errors:
// *DataError.
func (n AgentNamespace) Get(ctx context.Context) (Agent, error) {
	return ask(ctx, n.s, "agent.get", readAgent)
}

// GetState returns the agent's state.
//
// Reference: Agent namespace, getState(). Result: media.State, documented.
// Errors: *DataError.
func (n AgentNamespace) GetState(ctx context.Context) (MediaState, error) {
	return ask(ctx, n.s, "agent.getState", func(r *jsontext.Reader) MediaState {
		s, problem := readState(r)
		if problem != "" {
			r.Fail(problem)
		}
		return s
	})
}

// GetStateList returns the states that the agent can choose from. DisplayName
// is the text for the agent; OperationName is the argument for SetState. If an
// element is not a state, GetStateList returns the others together with a
// *DataError that names the element.
//
// Reference: Agent namespace, getStateList(). Result: an array of media.State,
// documented. Errors: *DataError.
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

// SetState sets the agent's state for all media. It takes the OperationName of
// an element of GetStateList, such as "NotReady". Genesys does not document how
// a reason is expressed. A state with a reason can be set if it is in the list.
//
// Reference: Agent namespace, setState(stateOperationName).
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

// readState reads a value that must be a state.
func readState(r *jsontext.Reader) (s MediaState, problem string) {
	s = readMediaState(r)
	if !s.isKnown() {
		problem = "a state without type"
	}
	return s, problem
}

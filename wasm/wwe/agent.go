package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// AgentNamespace is genesys.wwe.service.agent: the agent who is logged in, and
// the agent's state. Its methods are those of the page "Agent namespace" in
// Genesys' Service Client API Reference.
type AgentNamespace struct{ s *Service }

// Agent is the agent who is logged in: agent.Agent.
type Agent struct {
	EmployeeID, FirstName, LastName, UserName string

	// Roles are ROLE_AGENT, ROLE_SUPERVISOR and ROLE_ADMIN. WWE in the cloud
	// does not tell them: nil.
	Roles []string

	// Unknown holds the properties that this version does not know, nil for none.
	Unknown map[string]JSON
}

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
	return ask(ctx, n.s, "agent.getState", readState)
}

// GetStateList gets the states that the agent can choose from. Their
// OperationName is what SetState takes, their DisplayName what the agent reads.
//
// Reference: Agent namespace, getStateList(). Result: an array of media.State,
// documented. Errors: *DataError; see Service.Go.
func (n AgentNamespace) GetStateList(ctx context.Context) ([]MediaState, error) {
	return ask(ctx, n.s, "agent.getStateList", listOf(readState))
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
		switch o.Name {
		case "employeeId":
			a.EmployeeID = r.String()
		case "firstname", "firstName":
			readSpelling(r, &a.FirstName)
		case "lastname", "lastName":
			readSpelling(r, &a.LastName)
		case "username", "userName":
			readSpelling(r, &a.UserName)
		case "roles":
			a.Roles = listOf((*jsontext.Reader).String)(r)
		default:
			keep(&a.Unknown, o.Name, r)
		}
	}
	return a
}

// readState reads a state that must be one.
func readState(r *jsontext.Reader) MediaState {
	s := readMediaState(r)
	if s.Type == "" && s.OperationName == "" {
		r.Fail("a state without type")
	}
	return s
}

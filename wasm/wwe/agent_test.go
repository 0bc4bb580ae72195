package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var agentExchanges = []exchange{
	{
		request: "agent.get",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.Agent, error) { return svc.Agent.Get(ctx) }),
		answer:  `{"employeeId":"1001","firstname":"Alex","lastname":"Martin","username":"alex","roles":["ROLE_AGENT"],"new":[1]}`,
		want: wwe.Agent{EmployeeID: "1001", FirstName: "Alex", LastName: "Martin", Username: "alex", Roles: []string{"ROLE_AGENT"},
			Unknown: map[string]wwe.JSON{"new": "[1]"}},
		odd: []wwe.JSON{`[]`, `"1001"`, `7`},
	},
	{
		request: "agent.getState",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.MediaState, error) { return svc.Agent.GetState(ctx) }),
		answer:  readyJSON, want: ready, odd: []wwe.JSON{`"READY"`, `{"type":{}}`},
	},
	{
		request: "agent.getStateList",
		call: got(func(ctx context.Context, svc *wwe.Service) ([]wwe.MediaState, error) {
			return svc.Agent.GetStateList(ctx)
		}),
		answer: `[` + readyJSON + `]`, want: []wwe.MediaState{ready}, odd: []wwe.JSON{`{}`, `["READY"]`},
	},
	{
		request: "agent.setState", parameters: []wwe.JSON{`"NotReady"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Agent.SetState(ctx, "NotReady") }),
	},
}

func TestTheFullNameOfAnAgent(t *testing.T) {
	assert.Equal(t, "Kim Lee", wwe.Agent{FirstName: "Kim", LastName: "Lee"}.FullName())
	assert.Equal(t, "Lee", wwe.Agent{LastName: "Lee"}.FullName())
	assert.Empty(t, wwe.Agent{Username: "kim"}.FullName())
}

func TestAgentOfOlderAndOtherVersions(t *testing.T) {
	for data, want := range map[wwe.JSON]wwe.Agent{
		`{"employeeId":"1","firstName":"A","lastName":"B","userName":"c"}`: {EmployeeID: "1", FirstName: "A", LastName: "B", Username: "c"},
		`{"roles":null}`: {},
		`{"roles":[]}`:   {},
		`{}`:             {},
	} {
		host := wwetest.NewHost()
		host.Fault(wwetest.Fault{Data: data})
		got, err := memory().connect(t, host).Agent.Get(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, got, data)
	}
}

func TestTheAgentsStateIsSetForAllMediaAndToldByEvents(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	ctx := t.Context()
	events, err := svc.Subscribe(ctx, wwe.TopicAgent)
	require.NoError(t, err)
	states, err := svc.Agent.GetStateList(ctx)
	require.NoError(t, err)
	for _, state := range states[1:] {
		require.NoError(t, svc.Agent.SetState(ctx, state.OperationName))
		assert.Equal(t, wwe.AgentEvent{State: state}, <-events.Events())
		got, err := svc.Agent.GetState(ctx)
		require.NoError(t, err)
		assert.Equal(t, state, got)
		media, err := svc.Media.GetMediaList(ctx)
		require.NoError(t, err)
		for _, m := range media {
			assert.Equal(t, state, m.State, m.Name)
		}
	}
	var refused *wwe.RequestError
	require.ErrorAs(t, svc.Agent.SetState(ctx, "Nonsense"), &refused)
}

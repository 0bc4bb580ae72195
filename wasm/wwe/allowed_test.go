package wwe_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAllowedServicesAreNamesAndPatterns(t *testing.T) {
	for _, c := range []struct {
		names              []string
		allowed, unallowed []string
	}{
		{[]string{"*"}, []string{"agent.get", "future.method"}, []string{"auth.getJwtToken"}},
		{[]string{"*", "auth.getJwtToken"}, []string{"agent.get", "auth.getJwtToken"}, nil},
		{[]string{"auth.*"}, nil, []string{"auth.getJwtToken", "agent.get"}},
		{[]string{"agent.*", "voice.dial"}, []string{"agent.get", "agent.setState", "voice.dial"}, []string{"voice.dialEx", "agents.get", "agent"}},
		{[]string{}, nil, []string{"agent.get", ""}},
		{nil, []string{"agent.get", "auth.getJwtToken"}, nil},
	} {
		a := wwe.AllowedServices{Names: c.names}
		for _, request := range c.allowed {
			assert.True(t, a.Allows(request), "%v %s", c.names, request)
		}
		for _, request := range c.unallowed {
			assert.False(t, a.Allows(request), "%v %s", c.names, request)
		}
	}
}

func TestAllowedServicesSurviveAnyAnswer(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	for data, names := range map[wwe.JSON][]string{
		`["agent.get"]`:          {"agent.get"},
		`[]`:                     {},
		`null`:                   nil,
		`{}`:                     nil,
		`{"services":["agent"]}`: nil,
		`"*"`:                    nil,
		`[{"name":"agent.get"}]`: nil,
		`[7]`:                    nil,
		`true`:                   nil,
	} {
		host.ClearFaults()
		host.Fault(wwetest.Fault{Data: data})
		allowed, err := svc.System.GetAllowedServices(t.Context())
		require.NoError(t, err)
		assert.Equal(t, wwe.AllowedServices{Names: names, Data: data}, allowed)
		assert.Equal(t, names == nil, allowed.Allows("voice.dial"), "what cannot be read forbids nothing")
	}
}

func TestAnAllowedServiceThatIsNoNameCostsItselfOnly(t *testing.T) {
	const data = `["agent.get",{"name":"agent.getState"},"voice.*",7]`
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	host.Fault(wwetest.Fault{Data: data})
	allowed, err := svc.System.GetAllowedServices(t.Context())
	require.EqualError(t, err, "wwe: system.getAllowedServices: data[1]: expected a string, found an object; left out, and 1 more")
	assert.Equal(t, wwe.AllowedServices{Names: []string{"agent.get", "voice.*"}, Data: data}, allowed)
	var odd *wwe.DataError
	require.ErrorAs(t, err, &odd)
	assert.EqualValues(t, data, odd.Data)
}

func TestTheSimulatedWWEAllowsWhatTheOriginsListSays(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
		c.AcceptedOrigins = wwetest.Origin + " (system.getAllowedServices, agent.*)"
	}))
	svc := memory().connect(t, host)
	allowed, err := svc.System.GetAllowedServices(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"agent.get", "agent.getState", "agent.getStateList", "agent.setState", "system.getAllowedServices"}, allowed.Names)
	_, err = svc.Agent.Get(t.Context())
	require.NoError(t, err)
}

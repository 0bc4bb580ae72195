package wwetest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func talkingCall(t *testing.T) (host *wwetest.Host, id string) {
	t.Helper()
	host = wwetest.NewHost()
	id = host.Ring(wwetest.Call{ANI: "1"})
	require.NoError(t, host.Answer(id))
	return host, id
}

func stateOf(host *wwetest.Host, id string) wwe.State {
	i, _ := host.Interaction(id)
	return i.State
}

func TestTheAgentTurnsToAColleague(t *testing.T) {
	sam := wwe.Target{Type: wwe.TargetTypeAgent, Destination: "sam"}

	t.Run("to consult, and completes the transfer", func(t *testing.T) {
		host, id := talkingCall(t)
		_, err := host.Consult(id, sam)
		require.NoError(t, err)
		assert.Equal(t, wwe.StateHeld, stateOf(host, id))
		assert.Equal(t, wwe.StateTalking, stateOf(host, "2"))
		require.NoError(t, host.CompleteTransfer("2"))
		assert.Equal(t, wwe.StateIdle, stateOf(host, id))
	})
	t.Run("to consult, and completes the conference", func(t *testing.T) {
		host, id := talkingCall(t)
		consultation, err := host.Consult(id, wwe.Target{Destination: "7001"})
		require.NoError(t, err)
		assert.Equal(t, "2", consultation)
		require.NoError(t, host.CompleteConference("2"))
		i, _ := host.Interaction(id)
		assert.Equal(t, wwe.StateTalking, i.State)
		assert.Len(t, i.Parties, 2)
	})
	t.Run("to transfer in one step", func(t *testing.T) {
		host, id := talkingCall(t)
		require.NoError(t, host.Transfer(id, sam))
		assert.Equal(t, wwe.StateIdle, stateOf(host, id))
	})
	t.Run("for a conference in one step", func(t *testing.T) {
		host, id := talkingCall(t)
		require.NoError(t, host.Conference(id, sam))
		i, _ := host.Interaction(id)
		assert.Equal(t, "sam", i.Parties[1].Username)
	})
	t.Run("and is told why not, with nothing changed", func(t *testing.T) {
		host, id := talkingCall(t)
		before := host.Interactions()
		for of, to := range map[string]wwe.Target{"404": sam, id: {}, id + " ": {Destination: "1", Media: "chat"}} {
			consultation, err := host.Consult(strings.TrimSpace(of), to)
			require.Error(t, err)
			assert.Empty(t, consultation)
		}
		require.Error(t, host.Transfer(id, wwe.Target{Type: wwe.TargetTypeSkill}))
		require.Error(t, host.CompleteTransfer(id))
		require.Error(t, host.CompleteConference("404"))
		assert.Equal(t, before, host.Interactions())
	})
}

func TestAConferenceThatTheAgentWasAskedInto(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Chat(wwetest.Chat{From: "Ann", Conference: true})
	require.NoError(t, host.Answer(id))
	require.NoError(t, host.Do(id, wwetest.ActionLeave))
	assert.Empty(t, host.Interactions(), "goes on without the agent")
}

func TestAConsultationWhoseChatTheAgentHasLeftStaysOneWhenWWEIsRefreshed(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Chat(wwetest.Chat{From: "Ann", Conference: true})
	require.NoError(t, host.Answer(id))
	_, err := host.Consult(id, wwe.Target{Type: wwe.TargetTypeAgent, Destination: "5002"})
	require.NoError(t, err)
	require.NoError(t, host.Do(id, wwetest.ActionLeave))
	host.Restart()
	require.Len(t, host.Interactions(), 1)
	assert.Equal(t, id, host.Interactions()[0].ParentInteractionID)
}

func TestACallIsOfTheTypeThatItIsGiven(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{Type: wwe.CallTypeInternal})
	for _, call := range []wwetest.Call{{Type: wwe.CallTypeInternal, DNIS: "1002"}, {DNIS: "1003"}} {
		_, err := host.Dial(call)
		require.NoError(t, err)
	}
	var types []wwe.CallType
	for _, i := range host.Interactions() {
		types = append(types, i.CallType)
	}
	assert.Equal(t, []wwe.CallType{wwe.CallTypeInternal, wwe.CallTypeInternal, wwe.CallTypeOutbound}, types)
}

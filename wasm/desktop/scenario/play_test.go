package scenario_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func ignore(scenario.Progress) {}

// played plays a scenario of the gallery to its end. A widget is connected to
// the Host from the start.
func played(t *testing.T, name string) (*wwetest.Host, *wwe.Service) {
	t.Helper()
	s, err := scenario.Find(name)
	require.NoError(t, err)
	host := wwetest.NewHost()
	svc, err := host.Connect()
	require.NoError(t, err)
	t.Cleanup(func() { svc.Close() })
	began := time.Now()
	require.NoError(t, s.Play(t.Context(), &scenario.Acts{Host: host}, true, ignore))
	assert.Equal(t, s.Duration(), time.Since(began), "it takes as long as it says")
	return host, svc
}

// promises check what is left of a scenario after its last step. That the
// interactions have the states of Step.Then on the way, Play itself checks.
var promises = map[string]func(t *testing.T, host *wwetest.Host, svc *wwe.Service){
	"first-call":       nothingIsLeft,
	"second-call":      nothingIsLeft,
	"consult-transfer": nothingIsLeft,
	"chat":             nothingIsLeft,
	"email":            nothingIsLeft,
	"preview-campaign": func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		interactions := host.Interactions()
		require.Len(t, interactions, 2)
		assert.Equal(t, wwe.StateDialing, interactions[1].State)
		assert.Equal(t, interactions[0].CaseID, interactions[1].CaseID, "the call belongs to the record's case")
		campaigns, err := svc.Outbound.GetCampaigns(t.Context())
		require.NoError(t, err)
		assert.Contains(t, string(campaigns), "Spring renewal")
	},
	"reload-mid-call": nothingIsLeft,
	"slow": func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		began := time.Now()
		require.NoError(t, svc.Interaction.Accept(t.Context(), host.Interactions()[0].InteractionID))
		assert.Equal(t, 5*time.Second, time.Since(began))
	},
	"refusing": func(t *testing.T, host *wwetest.Host, svc *wwe.Service) {
		ringing, talking := host.Interactions()[0].InteractionID, host.Interactions()[1].InteractionID
		assert.ErrorContains(t, svc.Interaction.Accept(t.Context(), ringing), "Not allowed")
		assert.ErrorContains(t, svc.Interaction.SetUserData(t.Context(), talking, wwe.UserData{"a": "b"}), "Not allowed")
		assert.ErrorContains(t, svc.Interaction.MarkDone(t.Context(), talking), "Not allowed")
	},
	"burst": func(t *testing.T, host *wwetest.Host, _ *wwe.Service) {
		assert.Equal(t, wwe.StateIdle, host.Interactions()[0].State)
		assert.Empty(t, host.Faults(), "the burst has come")
	},
	"rate-limit": func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) {
		for range 10 {
			_, err := svc.Agent.Get(t.Context())
			require.NoError(t, err)
		}
		_, err := svc.Agent.Get(t.Context())
		assert.Error(t, err, "the eleventh in a minute")
	},
	"shift": nothingIsLeft,
}

func nothingIsLeft(t *testing.T, host *wwetest.Host, _ *wwe.Service) {
	assert.Empty(t, host.Interactions())
	assert.Empty(t, host.Workbin())
}

func TestEachScenarioKeepsItsPromise(t *testing.T) {
	for _, s := range scenario.Gallery() {
		t.Run(s.Name, func(t *testing.T) {
			require.Contains(t, promises, s.Name)
			synctest.Test(t, func(t *testing.T) {
				host, svc := played(t, s.Name)
				promises[s.Name](t, host, svc)
			})
		})
	}
	assert.Len(t, promises, len(scenario.Gallery()))
}

func TestABurstIsAThousandEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := scenario.Find("burst")
		require.NoError(t, err)
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		_, err = svc.Subscribe(t.Context(), wwe.TopicInteraction)
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), &scenario.Acts{Host: host}, true, ignore))
		events := len(host.Messages())
		assert.Greater(t, events, 1000)
	})
}

func TestAScenarioCanBeStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := scenario.Find("first-call")
		require.NoError(t, err)
		host := wwetest.NewHost()
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		began := time.Now()
		assert.ErrorIs(t, s.Play(ctx, &scenario.Acts{Host: host}, true, ignore), context.Canceled)
		assert.Equal(t, time.Second, time.Since(began), "at once, in the middle of a wait")
		assert.Equal(t, wwe.StateRinging, host.Interactions()[0].State)
	})
}

func TestProgressTellsWhatComesAndHowLongItTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := scenario.Find("first-call")
		require.NoError(t, err)
		var all []scenario.Progress
		require.NoError(t, s.Play(t.Context(), &scenario.Acts{Host: wwetest.NewHost()}, true, func(p scenario.Progress) { all = append(all, p) }))
		require.Len(t, all, 5)
		assert.Equal(t, scenario.Progress{Step: 1, Steps: 5, Next: "ring", Left: 12 * time.Second}, all[0])
		assert.Equal(t, scenario.Progress{Step: 5, Steps: 5, Next: "markDone", Left: 2 * time.Second}, all[4])
	})
}

func TestAPersonMayBeFasterThanTheScenario(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := scenario.Find("first-call")
		require.NoError(t, err)
		host := wwetest.NewHost()
		time.AfterFunc(time.Second, func() { assert.NoError(t, host.Answer("1")) })
		assert.NoError(t, s.Play(t.Context(), &scenario.Acts{Host: host}, true, ignore))
	})
	synctest.Test(t, func(t *testing.T) {
		s, err := scenario.Find("first-call")
		require.NoError(t, err)
		host := wwetest.NewHost()
		time.AfterFunc(time.Second, func() { assert.NoError(t, host.Reject("1")) })
		err = s.Play(t.Context(), &scenario.Acts{Host: host}, false, ignore)
		require.ErrorContains(t, err, "step 2 of 5, answer: WWE no longer holds the interaction call")
		assert.False(t, errors.Is(err, context.Canceled))
	})
}

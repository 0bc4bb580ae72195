//go:build !js

package wwe_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// watchingOdd runs f in a bubble of time, with a mirror of a WWE that answers with the data.
func watchingOdd(t *testing.T, data wwe.JSON, f func(t *testing.T, host *wwetest.Host, w *wwe.Workspace)) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: data})
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		f(t, host, w)
	})
}

func ids(interactions []wwe.Interaction) (all []string) {
	for _, i := range interactions {
		all = append(all, i.InteractionID)
	}
	return all
}

func TestAMirrorKeepsTheOthersWhereAnInteractionCannotBeRead(t *testing.T) {
	watchingOdd(t, `[{"interactionId":"71"},{"state":"TALKING"},{"interactionId":73,"parties":{}}]`, func(t *testing.T, host *wwetest.Host, w *wwe.Workspace) {
		assert.Equal(t, []string{"71", "73"}, ids(w.Interactions()))
		var odd *wwe.DataError
		require.ErrorAs(t, w.Stale(), &odd)
		assert.Equal(t, "data[1]: an interaction without interactionId; left out", odd.Problem)
		assert.Equal(t, wwe.CategoryAuthor, odd.Category())
		requests := len(host.Requests())
		time.Sleep(time.Hour)
		assert.Len(t, host.Requests(), requests, "it is not asked for again and again")

		changed := w.Changed()
		host.ClearFaults()
		host.Ring(wwetest.Call{ANI: "1"})
		time.Sleep(time.Second)
		require.NoError(t, w.Stale(), "it is over")
		assert.True(t, signals(changed))
		assert.Equal(t, host.Interactions(), w.Interactions())
	})
}

func TestAMirrorLivesByEventsWhereAnAnswerCannotBeReadAtAll(t *testing.T) {
	watchingOdd(t, `{"interactions":[]}`, func(t *testing.T, host *wwetest.Host, w *wwe.Workspace) {
		assert.Empty(t, w.Interactions())
		var odd *wwe.DataError
		require.ErrorAs(t, w.Stale(), &odd)
		id := host.Ring(wwetest.Call{ANI: "1"})
		time.Sleep(time.Second)
		assert.Equal(t, []string{id}, ids(w.Interactions()))
		require.ErrorAs(t, w.Stale(), &odd)
		host.ClearFaults()
		time.Sleep(time.Minute)
		require.NoError(t, w.Stale(), "it reads again until it can")
	})
}

func TestAMirrorThatHearsAgainSaysWhatItCannotRead(t *testing.T) {
	watchingOdd(t, `[{"interactionId":"1"},7]`, func(t *testing.T, host *wwetest.Host, w *wwe.Workspace) {
		host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
		host.Restart()
		time.Sleep(20 * time.Second)
		host.ClearFaults()
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: `[{"interactionId":"1"},7]`})
		host.Emit(wwe.TopicInteraction, `{"eventType":"ESTABLISHED","interaction":{"interactionId":{}}}`)
		changed := w.Changed()
		time.Sleep(time.Minute)
		var odd *wwe.DataError
		require.ErrorAs(t, w.Stale(), &odd)
		assert.Equal(t, []string{"1"}, ids(w.Interactions()))
		assert.True(t, signals(changed), "that the connection is back is told")
	})
}

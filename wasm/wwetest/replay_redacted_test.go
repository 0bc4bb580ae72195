package wwetest_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// addressBook is a widget whose keys of user data are customers' own, and that
// listens to a channel with a person's name.
func addressBook(ctx context.Context, svc *wwe.Service, id string) error {
	subscription, err := svc.Subscribe(ctx, wwe.TopicInteraction, wwe.TopicMessenger("Ada"))
	if err != nil {
		return err
	}
	if err := svc.Interaction.SetUserData(ctx, id, wwe.UserData{"ada@example.com": "x", "+49301234567": "y", "Segment": "Gold", "Children": map[string]any{"Ada Lovelace": "x", "王小明": "y"}}); err != nil {
		return err
	}
	changed, _ := (<-subscription.Events()).(wwe.InteractionEvent)
	if changed.Interaction.UserData["ada@example.com"] != "x" || changed.Interaction.UserData["+49301234567"] != "y" || changed.Interaction.UserData["Children"].(map[string]any)["王小明"] != "y" {
		return errors.New("an event without the widget's keys")
	}
	if err := svc.Interaction.DeleteUserData(ctx, id, "ada@example.com"); err != nil {
		return err
	}
	<-subscription.Events()
	if _, err := svc.Call(ctx, "agent.setState", "Kaffee", map[string]any{"sk_live_a9Bz": true}); err == nil {
		return errors.New("a state that was refused in the recording")
	}
	return svc.Messenger.BroadcastMessage(ctx, "Ada", map[string]any{"Ada Lovelace": "hello"})
}

func TestARedactedRecordingReplaysWithTheWidgetsOwnKeysAndChannels(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	recorder := wwe.NewRecorder()
	svc, err := host.Connect(wwe.WithRecorder(recorder))
	require.NoError(t, err)
	defer svc.Close()
	require.NoError(t, addressBook(t.Context(), svc, id))

	text := recorder.Recording()
	for _, personal := range []string{"Ada", "ada@", "+4930", "hello", "王小明", "sk_live"} {
		assert.NotContains(t, text, personal)
	}
	assert.Contains(t, text, `"messenger:redacted-`)
	replay, err := wwetest.NewReplay(text)
	require.NoError(t, err)
	replayed, err := replay.Connect()
	require.NoError(t, err)
	defer replayed.Close()
	require.NoError(t, addressBook(t.Context(), replayed, id))
	require.NoError(t, replay.Wait(t.Context()))
}

// The tenth pseudonym comes before the ninth in the order of texts.
func TestKeysWithEqualValuesReplayInTheOrderInWhichTheyWereSent(t *testing.T) {
	widget := func(svc *wwe.Service, before int) {
		for n := range before {
			_, err := svc.Voice.Dial(t.Context(), "+4930"+strconv.Itoa(n), nil)
			require.NoError(t, err)
		}
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), "1", wwe.UserData{"+33 1": true, "+33 2": true}))
		require.NoError(t, svc.Interaction.DeleteUserData(t.Context(), "1", "+33 1"))
	}
	for before := range 12 {
		host := wwetest.NewHost()
		host.Ring(wwetest.Call{})
		recorder := wwe.NewRecorder()
		svc, err := host.Connect(wwe.WithRecorder(recorder))
		require.NoError(t, err)
		widget(svc, before)
		require.NoError(t, svc.Close())
		replay, err := wwetest.NewReplay(recorder.Recording())
		require.NoError(t, err)
		svc, err = replay.Connect()
		require.NoError(t, err)
		widget(svc, before)
		require.NoError(t, replay.Wait(t.Context()), before)
		require.NoError(t, svc.Close())
	}
}

func TestEqualValuesUnderRedactedKeys(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"request":"interaction.setUserData","parameters":["1",{"redacted-10":true,"redacted-9":true}],"referenceId":"1","userAgent":"WWE Client"}}
{"at":0,"from":"wwe","message":{"request":"interaction.setUserData","referenceId":"1","userAgent":"WWE Server"}}
{"at":1,"from":"widget","message":{"request":"interaction.deleteUserData","parameters":["1","redacted-9"],"referenceId":"2","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"request":"interaction.deleteUserData","referenceId":"2","userAgent":"WWE Server"}}
{"at":2,"from":"widget","message":{"request":"interaction.deleteUserData","parameters":["1","redacted-10"],"referenceId":"3","userAgent":"WWE Client"}}
`
	for name, c := range map[string]struct {
		deleted    []string
		difference string
	}{
		"in the order of the message": {[]string{"+2", "+1"}, ""},
		"in another order":            {[]string{"+1", "+2"}, ""},
		"one of them twice": {[]string{"+1", "+1"},
			`line 5 of the recording: expected interaction.deleteUserData ["1","redacted-10"]; the widget sent interaction.deleteUserData ["1","+1"]`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
					if err := svc.Interaction.SetUserData(ctx, "1", wwe.UserData{"+1": true, "+2": true}); err != nil {
						return err
					}
					for _, key := range c.deleted {
						if err := svc.Interaction.DeleteUserData(ctx, "1", key); err != nil {
							return err
						}
					}
					return nil
				})
				if c.difference == "" {
					assert.NoError(t, err)
				} else {
					assert.EqualError(t, err, c.difference)
				}
			})
		})
	}
}

func TestOfConcurrentRequestsTheOneWithTheKnownValueIsMeant(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"request":"voice.dial","parameters":["redacted-1"],"referenceId":"1","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"request":"voice.dial","referenceId":"1","userAgent":"WWE Server"}}
{"at":2,"from":"widget","message":{"request":"voice.dial","parameters":["redacted-2"],"referenceId":"2","userAgent":"WWE Client"}}
{"at":2,"from":"widget","message":{"request":"voice.dial","parameters":["redacted-1"],"referenceId":"3","userAgent":"WWE Client"}}
`
	synctest.Test(t, func(t *testing.T) {
		assert.NoError(t, replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
			if _, err := svc.Call(ctx, "voice.dial", "+331"); err != nil {
				return err
			}
			svc.Go(ctx, "voice.dial", "+331")
			svc.Go(ctx, "voice.dial", "+332")
			return nil
		}))
	})
}

package wwetest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// clerk is a widget: it accepts every call, notes what the agent types, and
// marks the call done when it is over.
func clerk(ctx context.Context, svc *wwe.Service, note string) error {
	handled := map[string]bool{}
	for interactions, err := range svc.Follow(ctx) {
		if err != nil {
			return err
		}
		for _, i := range interactions {
			step := i.InteractionID + " " + string(i.State)
			if handled[step] {
				continue
			}
			handled[step] = true
			switch i.State {
			case wwe.StateRinging:
				err = svc.Interaction.Accept(ctx, i.InteractionID)
			case wwe.StateTalking:
				err = svc.Interaction.SetUserData(ctx, i.InteractionID, wwe.UserData{"Note": note, "Minutes": 5})
			case wwe.StateIdle:
				err = svc.Interaction.MarkDone(ctx, i.InteractionID)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// recordClerk records the clerk with one call, from ringing to mark done. It
// runs in a bubble of testing/synctest.
func recordClerk(t *testing.T, opts ...wwe.RecorderOption) string {
	recorder := wwe.NewRecorder(opts...)
	host := wwetest.NewHost()
	svc, err := host.Connect(wwe.WithRecorder(recorder))
	require.NoError(t, err)
	defer svc.Close()
	go clerk(t.Context(), svc, "Ada calls back")
	synctest.Wait()
	id := host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold", "Name": "Ada Lovelace"}})
	time.Sleep(time.Second) // the clerk reads again, after events came during a reading
	require.Equal(t, "Ada calls back", host.Interactions()[0].UserData["Note"])
	require.NoError(t, host.HangUp(id))
	time.Sleep(time.Second)
	require.Empty(t, host.Interactions())
	return recorder.Recording()
}

// replay runs the widget against the recording.
func replay(t *testing.T, recording string, widget func(ctx context.Context, svc *wwe.Service) error) error {
	r, err := wwetest.NewReplay(recording)
	require.NoError(t, err)
	svc, err := r.Connect()
	require.NoError(t, err)
	defer svc.Close()
	go widget(t.Context(), svc)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	return r.Wait(ctx)
}

func clerkNoting(note string) func(context.Context, *wwe.Service) error {
	return func(ctx context.Context, svc *wwe.Service) error { return clerk(ctx, svc, note) }
}

func TestASessionReplaysWithoutDifference(t *testing.T) {
	for name, c := range map[string]struct {
		options []wwe.RecorderOption
		note    string
	}{
		"as it was":                             {[]wwe.RecorderOption{wwe.KeepEverything()}, "Ada calls back"},
		"redacted":                              {nil, "Ada calls back"},
		"redacted, with something else to type": {nil, "another note"},
		"redacted but for a key":                {[]wwe.RecorderOption{wwe.KeepKeys("Segment", "Note")}, "Ada calls back"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				recording := recordClerk(t, c.options...)
				assert.NoError(t, replay(t, recording, clerkNoting(c.note)))
			})
		})
	}
}

func TestAReplayNeedsNoBubble(t *testing.T) {
	recording := ""
	synctest.Test(t, func(t *testing.T) { recording = recordClerk(t) })
	assert.NoError(t, replay(t, recording, clerkNoting("another note")))
}

func TestTheFirstDifferenceIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		widget func(ctx context.Context, svc *wwe.Service) error
		want   string
	}{
		"another value": {
			clerkNoting("Something else"),
			`expected interaction.setUserData ["1",{"Minutes":5,"Note":"Ada calls back"}]; ` +
				`the widget sent interaction.setUserData ["1",{"Minutes":5,"Note":"Something else"}]`,
		},
		"another request": {
			func(ctx context.Context, svc *wwe.Service) error {
				if _, err := svc.Watch(ctx); err != nil {
					return err
				}
				return svc.Interaction.Reject(ctx, "1")
			},
			`expected interaction.accept ["1"]; the widget sent interaction.reject ["1"]`,
		},
		"another topic": {
			func(ctx context.Context, svc *wwe.Service) error {
				_, err := svc.Subscribe(ctx, wwe.TopicAgent)
				return err
			},
			`line 1 of the recording: expected subscribe ["interaction"]; the widget sent subscribe ["agent"]`,
		},
		"a step left out": {
			func(ctx context.Context, svc *wwe.Service) error {
				for interactions := range svc.Follow(ctx) {
					if len(interactions) > 0 && interactions[0].State == wwe.StateRinging {
						svc.Interaction.SetUserData(ctx, "1", wwe.UserData{"Minutes": 5, "Note": "Ada calls back"})
					}
				}
				return nil
			},
			`expected interaction.accept ["1"]; the widget sent interaction.setUserData`,
		},
		"nothing, until the context ends": {
			func(ctx context.Context, svc *wwe.Service) error { _, err := svc.Watch(ctx); return err },
			`expected interaction.accept ["1"]; the widget did not send it (context deadline exceeded)`,
		},
		"nothing, and the Service is closed": {
			func(ctx context.Context, svc *wwe.Service) error { return svc.Close() },
			`line 1 of the recording: expected subscribe ["interaction"]; the widget did not send it (the service is closed)`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				recording := recordClerk(t, wwe.KeepEverything())
				err := replay(t, recording, c.widget)
				var difference *wwetest.Difference
				require.ErrorAs(t, err, &difference)
				assert.Contains(t, err.Error(), c.want)
				line := strings.Split(recording, "\n")[difference.Line-1]
				request, _, _ := strings.Cut(difference.Expected, " ")
				assert.Contains(t, line, request, "the line is the one of what was expected")
			})
		})
	}
}

func TestADifferenceInWhatWasRedacted(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"request":"voice.dial","parameters":["redacted-1",{"n":1e-9}],"referenceId":"1","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"request":"voice.dial","referenceId":"1","data":["redacted-1",1e-9,"redacted-2"],"userAgent":"WWE Server"}}
{"at":2,"from":"widget","message":{"request":"voice.dial","parameters":["redacted-1",{"n":1e-9}],"referenceId":"2","userAgent":"WWE Client"}}
`
	t.Run("is none the first time, and none if it is the same again", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
				data, err := svc.Call(ctx, "voice.dial", "+331", wwe.UserData{"n": 7})
				assert.Equal(t, wwe.JSON(`["+331",7,"redacted-2"]`), data, "WWE has it too")
				assert.NoError(t, err)
				_, err = svc.Call(ctx, "voice.dial", "+331", wwe.UserData{"n": 7})
				return err
			})
			assert.NoError(t, err)
		})
	})
	t.Run("is one if it is another the second time", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
				_, err := svc.Call(ctx, "voice.dial", "+331", wwe.UserData{"n": 7})
				assert.NoError(t, err)
				_, err = svc.Call(ctx, "voice.dial", "+332", wwe.UserData{"n": 7})
				return err
			})
			assert.EqualError(t, err, `line 3 of the recording: expected voice.dial ["redacted-1",{"n":1e-9}]; `+
				`the widget sent voice.dial ["+332",{"n":7}]`)
		})
	})
}

func TestWhatIsSentConcurrentlyMayComeInAnyOrder(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"request":"a.one","referenceId":"1","userAgent":"WWE Client"}}
{"at":0,"from":"widget","message":{"request":"a.two","referenceId":"2","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"request":"a.one","referenceId":"1","data":1,"userAgent":"WWE Server"}}
{"at":1,"from":"wwe","message":{"request":"a.two","referenceId":"2","data":2,"userAgent":"WWE Server"}}
{"at":2,"from":"widget","message":{"request":"a.three","referenceId":"3","userAgent":"WWE Client"}}
`
	synctest.Test(t, func(t *testing.T) {
		err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
			two := svc.Go(ctx, "a.two")
			one := svc.Go(ctx, "a.one")
			assert.Equal(t, wwe.Result[wwe.JSON]{Value: "1"}, <-one, "each request has its own answer")
			assert.Equal(t, wwe.Result[wwe.JSON]{Value: "2"}, <-two)
			_, err := svc.Call(ctx, "a.three")
			return err
		})
		assert.NoError(t, err)
	})
	synctest.Test(t, func(t *testing.T) {
		err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
			_, err := svc.Call(ctx, "a.three")
			return err
		})
		assert.EqualError(t, err, "line 1 of the recording: expected a.one or a.two; the widget sent a.three")
	})
}

func TestAWidgetMayBeFasterThanItWas(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"event":"subscribe","data":["agent"],"referenceId":"1","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"referenceId":"1","subscriptionId":7,"userAgent":"WWE Server"}}
{"at":2,"from":"wwe","message":{"event":"agent","data":{"type":"READY"},"userAgent":"WWE Server"}}
{"at":2,"from":"wwe","message":{"event":"agent","data":{"type":"NOT_READY"},"userAgent":"WWE Server"}}
{"at":2,"from":"wwe","text":"cut off"}
{"at":9,"from":"widget","message":{"request":"agent.setState","parameters":["NotReady"],"referenceId":"2","userAgent":"WWE Client"}}
{"at":9,"from":"widget","message":{"hello":"whoever listens"}}
{"at":9,"from":"widget","message":{"event":"unsubscribe","data":7,"referenceId":"3","userAgent":"WWE Client"}}
`
	synctest.Test(t, func(t *testing.T) {
		err := replay(t, recording, func(ctx context.Context, svc *wwe.Service) error {
			subscription, err := svc.Subscribe(ctx, wwe.TopicAgent)
			if err != nil {
				return err
			}
			<-subscription.Events()
			go svc.Call(ctx, "agent.setState", "NotReady") // after the first event already
			<-subscription.Events()
			return subscription.Close()
		})
		assert.NoError(t, err)
	})
}

func TestAfterItsEndAReplayRefuses(t *testing.T) {
	const recording = `{"at":0,"from":"widget","message":{"request":"a.one","referenceId":"1","userAgent":"WWE Client"}}
{"at":1,"from":"wwe","message":{"request":"a.one","referenceId":"1","errorMessage":"no","userAgent":"WWE Server"}}
`
	synctest.Test(t, func(t *testing.T) {
		r, err := wwetest.NewReplay(recording)
		require.NoError(t, err)
		svc, err := r.Connect()
		require.NoError(t, err)
		defer svc.Close()
		var refused *wwe.RequestError
		_, err = svc.Call(t.Context(), "a.one")
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, "no", refused.Message, "as recorded")
		require.NoError(t, r.Wait(t.Context()))
		_, err = svc.Call(t.Context(), "a.one")
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, "the replay has ended", refused.Message)
		assert.NoError(t, r.Err(), "what comes after the end of the recording is no difference")
	})
}

func TestWWEBeginsAnewInAReplayAsItDid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorder := wwe.NewRecorder()
		host := wwetest.NewHost()
		svc, err := host.Connect(wwe.WithRecorder(recorder))
		require.NoError(t, err)
		go clerk(t.Context(), svc, "x")
		synctest.Wait()
		host.Restart()
		time.Sleep(time.Second)
		host.Ring(wwetest.Call{ANI: "1"})
		time.Sleep(time.Second)
		recording := recorder.Recording()
		svc.Close()
		assert.Equal(t, 2, strings.Count(recording, `"subscribe"`))
		assert.NoError(t, replay(t, recording, clerkNoting("x")))
	})
}

func TestAReplayIsForOneConnection(t *testing.T) {
	r, err := wwetest.NewReplay(`{"from":"wwe","message":{}}`)
	require.NoError(t, err)
	svc, err := r.Connect()
	require.NoError(t, err)
	defer svc.Close()
	_, err = r.Connect()
	assert.ErrorContains(t, err, "a Replay is for one connection")
}

func TestWhatIsNoRecordingIsRefused(t *testing.T) {
	_, err := wwetest.NewReplay(`{"from":"wwe","message":{}}` + "\nhello")
	assert.EqualError(t, err, "wwetest: NewReplay: line 2 of the recording: unexpected text at byte 0")
}

func TestWaitEndsWithItsContext(t *testing.T) {
	r, err := wwetest.NewReplay(`{"from":"wwe","message":{}}`)
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("enough")
	cancel(reason)
	assert.ErrorIs(t, r.Wait(ctx), reason)
}

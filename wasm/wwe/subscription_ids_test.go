//go:build !js

package wwe_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var subscriptionID = regexp.MustCompile(`"subscriptionId":(\d+),`)

// numbering is a Service of a WWE that gives subscriptions other ids: "$1"
// stands for the number that it counts to. Restart tells the Service of a
// restart, as an iframe's load event does.
func numbering(t *testing.T, host *wwetest.Host, id string) (svc *wwe.Service, restart func()) {
	svc, err := wwe.Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
		restart = sink.Restarted
		protocol := transport.NewProtocol(sink)
		return protocol.Over(toFrame{host.Attach(wwetest.Origin, func(message string) {
			if id != "" {
				message = subscriptionID.ReplaceAllString(message, `"subscriptionId":`+id+`,`)
			} else {
				message = subscriptionID.ReplaceAllString(message, "")
			}
			protocol.Receive(message)
		})}), nil
	}))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, svc.Close()) })
	return svc, restart
}

func unsubscribed(host *wwetest.Host) (all []string) {
	for _, m := range host.Messages() {
		if m.FromWidget && strings.Contains(m.Text, `"unsubscribe"`) {
			all = append(all, m.Text)
		}
	}
	return all
}

func TestAnIgnoredRequestLosesNoEventsWhateverIDsWWEGives(t *testing.T) {
	for name, id := range map[string]string{
		"none": "", "null": "null", "numbers": "$1", "texts that count": `"$1"`, "one number": "7", "one text": `"7"`, "a word": `"a-b"`,
		"words": `"a-$1"`, "floating-point numbers": "$1.0", "objects": `{"id":$1}`, "true": "true",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc, _ := numbering(t, host, id)
				sub, err := svc.Subscribe(t.Context(), "system", "agent")
				require.NoError(t, err)
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				for n := range 3 {
					host.Fault(wwetest.Fault{Request: "interaction.accept"})
					require.ErrorIs(t, svc.Interaction.Accept(t.Context(), "1"), wwe.ErrTimeout)
					host.ClearFaults()
					time.Sleep(time.Minute)
					host.Emit("system", "1")
					require.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, next(t, sub), n)
				}
				require.NoError(t, w.Stale())
				require.NoError(t, svc.Close())
				for _, message := range unsubscribed(host) {
					assert.NotContains(t, message, `"data":null`)
				}
			})
		})
	}
}

// A page in a window that WWE has opened is not told when WWE restarts: only
// WWE's answers show it.
func TestASilentRestartIsFoundByTheIDs(t *testing.T) {
	for _, topics := range [][]wwe.Topic{{"system"}, {"system", "agent", "media"}} {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			svc, _ := numbering(t, host, "$1")
			sub := subscribed(t, svc, topics...)
			host.Restart()
			host.Fault(wwetest.Fault{Request: "interaction.accept", Next: 1})
			require.ErrorIs(t, svc.Interaction.Accept(t.Context(), "1"), wwe.ErrTimeout)
			assert.Equal(t, wwe.Overflow{}, next(t, sub))
			time.Sleep(time.Minute)
			for _, topic := range topics {
				assert.Equal(t, 1, host.Subscriptions(topic))
			}
		})
	}
}

// WWE answers everything, but no event comes any more.
func TestASilentRestartIsFoundByARefusal(t *testing.T) {
	for name, ask := range map[string]func(svc *wwe.Service, id string){
		"of a command": func(svc *wwe.Service, id string) { _ = svc.Interaction.Accept(context.Background(), id) },
		"of a reading": func(svc *wwe.Service, id string) { _, _ = svc.Interaction.GetByInteractionID(context.Background(), id) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc, _ := numbering(t, host, "$1")
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				id := host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(time.Minute)
				host.Restart()
				ask(svc, id)
				time.Sleep(time.Minute)
				now := w.Interactions()
				require.Len(t, now, 1)
				require.NoError(t, svc.Interaction.Accept(t.Context(), now[0].InteractionID))
				time.Sleep(time.Second)
				assert.Equal(t, host.Interactions(), w.Interactions())
				assert.Equal(t, 1, host.Subscriptions(wwe.TopicInteraction))
			})
		})
	}
}

func TestARefusalThatTellsTheMirrorNothingNewAsksForNoSubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, _ := numbering(t, host, "$1")
		_, err := svc.Watch(t.Context())
		require.NoError(t, err)
		id := host.Ring(wwetest.Call{ANI: "1"})
		time.Sleep(time.Minute)
		require.Error(t, svc.Voice.Resume(t.Context(), id))
		time.Sleep(time.Minute)
		for _, m := range host.Messages() {
			assert.NotContains(t, m.Text, "unsubscribe")
		}
	})
}

// An iframe may report that it has loaded after WWE has begun to answer, and a
// WWE that still knows the subscription may refuse to grant it twice.
func TestARenewalThatWWESaysIsSubscribedAlreadyEndsNothing(t *testing.T) {
	for _, refusal := range []string{"Already subscribed", "already subscribed to topic system", "ALREADY_SUBSCRIBED", "The subscription exists already"} {
		t.Run(refusal, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc, restart := numbering(t, host, "$1")
				sub, err := svc.Subscribe(t.Context(), "system")
				require.NoError(t, err)
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				host.Fault(wwetest.Fault{Request: "subscribe", Refuse: refusal})
				restart()
				time.Sleep(time.Second)
				require.NoError(t, w.Stale())
				assert.Equal(t, wwe.Overflow{}, next(t, sub))
				late := subscribed(t, svc, "system")
				host.Emit("system", "1")
				for _, s := range []*wwe.Subscription{sub, late} {
					event := next(t, s)
					if event == (wwe.Overflow{}) {
						event = next(t, s)
					}
					assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, event)
				}
				host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(time.Minute)
				require.NoError(t, w.Err())
				assert.Equal(t, host.Interactions(), w.Interactions())
				require.NoError(t, svc.Close())
				assert.Zero(t, host.Subscriptions("system")+host.Subscriptions(wwe.TopicInteraction))
			})
		})
	}
}

func TestAfterARestartWWEsNoCountsOnlyIfItStays(t *testing.T) {
	for name, c := range map[string]struct {
		pause time.Duration
		ends  bool
	}{
		"a WWE that was not ready": {0, false},
		"a WWE that never is":      {time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc, restart := numbering(t, host, "$1")
				sub := subscribed(t, svc, "system")
				w, err := svc.Watch(t.Context())
				require.NoError(t, err)
				host.Restart()
				host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "not ready"})
				restart()
				id := host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(20 * time.Second)
				require.Error(t, w.Stale())
				assert.Equal(t, host.Interactions(), w.Interactions(), "it fetches snapshots meanwhile")
				time.Sleep(c.pause)
				host.ClearFaults()
				time.Sleep(time.Minute)
				for _, err := range []error{w.Err(), sub.Err()} {
					if !c.ends {
						require.NoError(t, err)
						continue
					}
					var refused *wwe.RequestError
					require.ErrorAs(t, err, &refused)
					assert.Equal(t, "not ready", refused.Message)
					assert.Equal(t, wwe.CategoryConfiguration, refused.Category())
				}
				if !c.ends {
					require.NoError(t, w.Stale())
					require.NoError(t, svc.Interaction.Accept(t.Context(), id))
					time.Sleep(time.Second)
					assert.Equal(t, host.Interactions(), w.Interactions())
				}
			})
		})
	}
}

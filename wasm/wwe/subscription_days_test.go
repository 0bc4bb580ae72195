//go:build !js

package wwe_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// A page in a window of its own subscribes and leaves, WWE ignores a request
// now and then, and restarts unseen. In the end, after one more ignored request,
// every topic that somebody reads is subscribed. (Rarely one is subscribed once
// more, if WWE restarts amid a subscription: nobody can know the older id's WWE.)
func TestNoSubscriptionIsDeadAfterUnseenRestarts(t *testing.T) {
	topics := []wwe.Topic{wwe.TopicInteraction, wwe.TopicAgent, wwe.TopicMedia, wwe.TopicMarkDone}
	for seed := range uint64(1000) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(seed, 1))
				host := wwetest.NewHost()
				svc, _ := numbering(t, host, "$1")
				ignored := func() {
					host.Fault(wwetest.Fault{Request: "agent.get", Next: 1})
					_, err := svc.Agent.Get(t.Context())
					require.Error(t, err)
				}
				var open []*wwe.Subscription
				var of [][]wwe.Topic
				var story []string
				for range 15 {
					switch random.IntN(8) {
					case 0, 1, 2:
						some := topics[random.IntN(len(topics)):]
						some = some[:1+random.IntN(len(some))]
						ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(3))*time.Second)
						sub, err := svc.Subscribe(ctx, some...)
						cancel()
						story = append(story, fmt.Sprintf("subscribe %v: %v", some, err))
						if err == nil {
							open, of = append(open, sub), append(of, some)
						}
					case 3:
						if len(open) > 0 {
							story = append(story, fmt.Sprintf("leave %v", of[0]))
							require.NoError(t, open[0].Close())
							open, of = open[1:], of[1:]
						}
					case 4:
						story = append(story, "restart")
						host.Restart()
					case 5:
						story = append(story, "ignored")
						ignored()
					default:
						time.Sleep(time.Duration(random.IntN(5000)) * time.Millisecond)
					}
				}
				time.Sleep(10 * time.Minute)
				ignored()
				time.Sleep(10 * time.Minute)
				for _, topic := range slices.Concat(of...) {
					assert.Positive(t, host.Subscriptions(topic), "%s: %s", topic, strings.Join(story, "; "))
				}
				for _, sub := range open {
					require.NoError(t, sub.Close())
				}
			})
		})
	}
}

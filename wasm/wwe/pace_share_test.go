//go:build !js

package wwe_test

import (
	"context"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// watchedWithin is a mirror of a Service with a limit of so many a minute, and
// the limit is WWE's own too, so that a request too many shows.
func watchedWithin(t *testing.T, perMinute int, f func(t *testing.T, host *wwetest.Host, svc *wwe.Service, w *wwe.Workspace)) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.RateLimit = perMinute }))
		svc := memory().connect(t, host, wwe.WithRateLimit(perMinute))
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		f(t, host, svc, w)
	})
}

func TestReadingsLeaveRoomUnderTheRateLimitForTheAgent(t *testing.T) {
	for _, perMinute := range []int{2, 3, 10, 30} {
		t.Run(strconv.Itoa(perMinute), func(t *testing.T) {
			watchedWithin(t, perMinute, func(t *testing.T, host *wwetest.Host, svc *wwe.Service, w *wwe.Workspace) {
				for minute := range 10 {
					for range 5 {
						call := host.Ring(wwetest.Call{ANI: "1"})
						time.Sleep(time.Second / 2)
						require.NoError(t, host.Answer(call))
						time.Sleep(time.Second / 2)
						require.NoError(t, host.HangUp(call))
					}
					id := host.Ring(wwetest.Call{ANI: "1"})
					began := time.Now()
					require.NoError(t, svc.Interaction.Accept(t.Context(), id), minute)
					assert.Zero(t, time.Since(began))
					for range 11 {
						require.NoError(t, w.Stale(), "the connection is as it was")
						time.Sleep(5 * time.Second)
					}
				}
				time.Sleep(2 * time.Minute)
				assert.Equal(t, host.Interactions(), w.Interactions())
				require.NoError(t, w.Stale())
			})
		})
	}
}

func TestASnapshotThatTheRateLimitKeepsBackIsFetchedLater(t *testing.T) {
	for _, perMinute := range []int{1, 10} {
		t.Run(strconv.Itoa(perMinute), func(t *testing.T) {
			watchedWithin(t, perMinute, func(t *testing.T, host *wwetest.Host, svc *wwe.Service, w *wwe.Workspace) {
				for range perMinute - 1 {
					svc.Go(t.Context(), "voice.hold", "1")
				}
				host.Fault(wwetest.Fault{Topic: wwe.TopicInteraction})
				host.Ring(wwetest.Call{ANI: "1"})
				host.ClearFaults()
				host.Emit(wwe.TopicInteraction, `{}`)
				for range 12 {
					require.NoError(t, w.Stale())
					time.Sleep(5 * time.Second)
				}
				time.Sleep(time.Second)
				assert.Equal(t, host.Interactions(), w.Interactions(), "as soon as it may")
				require.NoError(t, w.Stale())
			})
		})
	}
}

// The ids from before are nobody's, or worse, another interaction's.
func TestTheFirstSnapshotAfterARestartDoesNotWaitForTheShareOfSnapshots(t *testing.T) {
	watchedWithin(t, 20, func(t *testing.T, host *wwetest.Host, _ *wwe.Service, w *wwe.Workspace) {
		for range 12 {
			host.Ring(wwetest.Call{ANI: "1"})
			time.Sleep(2 * time.Second)
		}
		host.Restart()
		time.Sleep(time.Second)
		assert.Equal(t, host.Interactions(), w.Interactions())
	})
}

func TestAGuardBlocksInTimeUnderTheRateLimit(t *testing.T) {
	for name, busy := range map[string]func(svc *wwe.Service, host *wwetest.Host){
		"with the mirror's readings": func(_ *wwe.Service, host *wwetest.Host) {
			for range 9 {
				host.Ring(wwetest.Call{ANI: "1"})
				time.Sleep(time.Second)
			}
		},
		"with the widget's questions": func(svc *wwe.Service, _ *wwetest.Host) {
			for range 20 {
				svc.Go(context.Background(), "agent.get")
			}
		},
		"with the agent's commands": func(svc *wwe.Service, _ *wwetest.Host) {
			for n := range 20 {
				svc.Go(context.Background(), "messenger.broadcastMessage", "c", n)
			}
		},
	} {
		t.Run("which is used up "+name, func(t *testing.T) {
			watchedWithin(t, 10, func(t *testing.T, host *wwetest.Host, svc *wwe.Service, _ *wwe.Workspace) {
				guard, err := svc.GuardMarkDone(t.Context(), func(context.Context, wwe.Interaction) (string, bool) { return "Fill in the form", true })
				require.NoError(t, err)
				id := host.Ring(wwetest.Call{ANI: "1"})
				require.NoError(t, svc.Interaction.Accept(t.Context(), id))
				require.NoError(t, host.HangUp(id))
				busy(svc, host)
				host.Configure(func(c *wwetest.Config) { c.RateLimit++ }) // for another page of the agent's
				desk, err := host.Connect()
				require.NoError(t, err)
				defer desk.Close()
				var refused *wwe.RequestError
				require.ErrorAs(t, desk.Interaction.MarkDone(t.Context(), id), &refused)
				assert.Equal(t, "Fill in the form", refused.Message)
				assert.Empty(t, guard.Errors())
			})
		})
	}
}

func TestTheSharesOfTheRateLimit(t *testing.T) {
	for _, c := range []struct{ limit, snapshots, questions, commands int }{
		{1, 1, 1, 1},
		{2, 1, 2, 2},
		{3, 1, 3, 3},
		{9, 4, 9, 9},
		{10, 5, 7, 9},
		{19, 9, 16, 18},
		{100, 50, 70, 90},
	} {
		t.Run(strconv.Itoa(c.limit), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc := memory().connect(t, host, wwe.WithRateLimit(c.limit), wwe.WithTimeout(1000*time.Hour))
				var shares []int
				fill := func(ask func()) {
					for range c.limit + 1 {
						ask()
					}
					synctest.Wait()
					shares = append(shares, len(host.Requests()))
				}
				fill(func() {
					go func() {
						if w, err := svc.Watch(t.Context()); err == nil {
							_ = w.Close()
						}
					}()
				})
				for _, request := range []string{"interaction.getInteractions", "interaction.accept", "interaction.blockMarkdone"} {
					fill(func() { svc.Go(t.Context(), request, "1") })
				}
				assert.Equal(t, []int{c.snapshots, c.questions, c.commands, c.limit}, shares)
				time.Sleep(59 * time.Second)
				assert.Len(t, host.Requests(), c.limit)
				time.Sleep(time.Second)
				synctest.Wait()
				next := names(host, c.limit)
				assert.Len(t, next, c.limit, "all of it is used")
				for _, name := range next[:min(c.limit, c.commands+1)] { // as many blocks wait
					assert.Equal(t, `interaction.blockMarkdone "1"`, name)
				}
			})
		})
	}
}

//go:build !js

package wwe_test

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

const (
	rateLimit       = "service-client-api.rate-limit"
	quarantineDelay = "service-client-api.rate-limit-quarantine-delay"
)

func TestATimeOutAfterABurstNamesTheRateLimit(t *testing.T) {
	after := func(t *testing.T, requests int, pause time.Duration) error {
		host := wwetest.NewHost()
		svc := memory().connect(t, host)
		for range requests {
			_, err := svc.Agent.Get(t.Context())
			require.NoError(t, err)
		}
		time.Sleep(pause)
		host.Fault(wwetest.Fault{})
		return failed(svc.Agent.Get(t.Context()))
	}
	for _, c := range []struct {
		name     string
		requests int
		pause    time.Duration
		burst    bool
	}{
		{"of sixty requests", 60, 0, true},
		{"of many", 500, 0, true},
		{"that is most of a minute ago", 60, 58 * time.Second, true},
		{"of fewer does not", 59, 0, false},
		{"does not without one", 1, 0, false},
		{"that is more than a minute ago does not", 60, 61 * time.Second, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := after(t, c.requests, c.pause)
				require.ErrorIs(t, err, wwe.ErrTimeout)
				text := err.Error()
				assert.True(t, strings.HasPrefix(text, "wwe: agent.get: no answer from WWE within 8s"), text)
				assert.Equal(t, c.burst, strings.Contains(text, rateLimit+" and "+quarantineDelay), text)
				assert.Equal(t, c.burst, strings.Contains(text, strconv.Itoa(c.requests)+" requests had gone out within a minute"), text)
				want := wwe.CategoryConnection
				if c.burst {
					want = wwe.CategoryConfiguration
				}
				assert.Equal(t, want, category(t, err))
			})
		})
	}

	t.Run("that the simulated WWE quarantines", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.RateLimit = 70 }))
			svc := memory().connect(t, host)
			var err error
			answered := 0
			for err == nil {
				_, err = svc.Agent.Get(t.Context())
				answered++
			}
			assert.Equal(t, 71, answered)
			assert.Contains(t, err.Error(), "70 requests had gone out within a minute")
			time.Sleep(time.Minute)
			_, err = svc.Agent.Get(t.Context())
			require.NoError(t, err, "the quarantine is over")
		})
	})
}

func TestWithRateLimit(t *testing.T) {
	t.Run("keeps the order, and never lets more out in any minute", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			const most, calls = 7, 50
			host := wwetest.NewHost()
			svc := memory().connect(t, host, wwe.WithRateLimit(most), wwe.WithTimeout(time.Hour))
			random := rand.New(rand.NewPCG(5, 5))
			var sent []time.Time
			var all []<-chan wwe.Result[wwe.JSON]
			done := make(chan struct{})
			go func() {
				defer close(done)
				for seen := 0; seen < calls; {
					time.Sleep(50 * time.Millisecond)
					for now := len(host.Requests()); seen < now; seen++ {
						sent = append(sent, time.Now())
					}
				}
			}()
			for n := range calls {
				all = append(all, svc.Go(t.Context(), "agent.get", n))
				if random.IntN(3) == 0 {
					time.Sleep(time.Duration(random.IntN(20_000)) * time.Millisecond)
				}
			}
			for _, result := range all {
				require.NoError(t, (<-result).Err)
			}
			<-done
			for n, request := range host.Requests() {
				assert.EqualValues(t, strconv.Itoa(n), request.Parameters[0], "in order")
			}
			for n := most; n < calls; n++ {
				assert.GreaterOrEqual(t, sent[n].Sub(sent[n-most]), time.Minute-50*time.Millisecond, n)
			}
			assert.Less(t, sent[calls-1].Sub(sent[0]), 8*time.Minute, "and keeps nothing back for longer than that takes")
		})
	})

	t.Run("lets requests below it out at once", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			svc := memory().connect(t, wwetest.NewHost(), wwe.WithRateLimit(3))
			began := time.Now()
			for range 3 {
				_, err := svc.Agent.Get(t.Context())
				require.NoError(t, err)
			}
			assert.Zero(t, time.Since(began))
		})
	})

	t.Run("keeps below WWE's own", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.RateLimit = 10 }))
			svc := memory().connect(t, host, wwe.WithRateLimit(10), wwe.WithTimeout(time.Hour))
			for range 45 {
				_, err := svc.Agent.Get(t.Context())
				require.NoError(t, err)
			}
		})
	})

	t.Run("says of a time-out that the request was not sent, and WWE is not taken for silent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := memory().connect(t, host, wwe.WithRateLimit(1))
			workspace, err := svc.Watch(t.Context()) // reads once
			require.NoError(t, err)
			began := time.Now()
			_, err = svc.Agent.Get(t.Context())
			assert.Equal(t, 8*time.Second, time.Since(began))
			require.ErrorIs(t, err, wwe.ErrTimeout)
			require.EqualError(t, err, "wwe: agent.get: not sent: the limit of WithRateLimit kept it back for 8s")
			assert.Equal(t, wwe.CategoryAuthor, category(t, err))
			time.Sleep(2 * time.Minute)
			require.NoError(t, workspace.Stale())
			assert.Len(t, host.Requests(), 1, "it is not sent later either")
		})
	})

	t.Run("gives the turn of a call that is over to the next", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := memory().connect(t, host, wwe.WithRateLimit(1), wwe.WithTimeout(time.Hour))
			began := time.Now()
			_, err := svc.Agent.Get(t.Context())
			require.NoError(t, err)
			ctx, cancel := context.WithCancel(t.Context())
			given := svc.Go(ctx, "agent.get")
			next := svc.Go(t.Context(), "agent.getState")
			cancel()
			require.ErrorIs(t, (<-given).Err, context.Canceled)
			require.NoError(t, (<-next).Err)
			assert.Equal(t, time.Minute, time.Since(began))
			assert.Len(t, host.Requests(), 2)
		})
	})

	t.Run("sends no command of before a restart of WWE, which may have given its id to another interaction", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.ReuseIDs = true }))
			svc := memory().connect(t, host, wwe.WithRateLimit(1), wwe.WithTimeout(time.Hour))
			gone := host.Ring(wwetest.Call{})
			anna := host.Ring(wwetest.Call{ANI: "Anna"})
			host.Ring(wwetest.Call{ANI: "Bert"}) // which has Anna's id then
			require.NoError(t, host.Reject(gone))
			_, err := svc.Agent.Get(t.Context())
			require.NoError(t, err)
			accept := svc.Go(t.Context(), "interaction.accept", anna)
			block := svc.Go(t.Context(), "interaction.blockMarkdone", anna, "no")
			question := svc.Go(t.Context(), "agent.get")
			synctest.Wait()
			host.Restart()
			for _, result := range []<-chan wwe.Result[wwe.JSON]{accept, block} {
				err := (<-result).Err
				require.ErrorContains(t, err, "not sent: WWE has restarted")
				assert.Equal(t, wwe.CategoryConnection, category(t, err))
			}
			require.NoError(t, (<-question).Err)
			for _, i := range host.Interactions() {
				assert.Equal(t, wwe.StateRinging, i.State, i.ANI)
			}
			assert.Len(t, host.Requests(), 2)
		})
	})

	t.Run("ends what waits when the Service is closed", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			svc, err := host.Connect(wwe.WithRateLimit(1), wwe.WithTimeout(time.Hour))
			require.NoError(t, err)
			_, err = svc.Agent.Get(t.Context())
			require.NoError(t, err)
			waiting := []<-chan wwe.Result[wwe.JSON]{svc.Go(t.Context(), "agent.get"), svc.Go(t.Context(), "agent.get")}
			require.NoError(t, svc.Close())
			for _, result := range waiting {
				require.ErrorIs(t, (<-result).Err, wwe.ErrClosed)
			}
			require.ErrorIs(t, (<-svc.Go(t.Context(), "agent.get")).Err, wwe.ErrClosed)
			assert.Zero(t, svc.InFlight())
			time.Sleep(10 * time.Minute)
			assert.Len(t, host.Requests(), 1)
		})
	})

	t.Run("does not hold subscribing back", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			svc := memory().connect(t, wwetest.NewHost(), wwe.WithRateLimit(1))
			_, err := svc.Agent.Get(t.Context())
			require.NoError(t, err)
			began := time.Now()
			_, err = svc.Subscribe(t.Context(), wwe.TopicAgent, wwe.TopicMedia)
			require.NoError(t, err)
			assert.Zero(t, time.Since(began))
		})
	})

	t.Run("takes requests from many goroutines", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := memory().connect(t, host, wwe.WithRateLimit(20), wwe.WithTimeout(time.Hour))
			var all sync.WaitGroup
			for range 100 {
				all.Go(func() {
					_, err := svc.Agent.Get(t.Context())
					assert.NoError(t, err)
				})
			}
			all.Wait()
			assert.Len(t, host.Requests(), 100)
		})
	})

	for _, wrong := range []int{0, -1} {
		t.Run("refuses "+strconv.Itoa(wrong), func(t *testing.T) {
			_, err := wwetest.NewHost().Connect(wwe.WithRateLimit(wrong))
			require.EqualError(t, err, "wwe: Connect: WithRateLimit needs a positive number of requests, not "+strconv.Itoa(wrong))
			assert.Equal(t, wwe.CategoryAuthor, category(t, err))
		})
	}

	t.Run("is one limit for each Service", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			limit := wwe.WithRateLimit(1)
			host := wwetest.NewHost()
			began := time.Now()
			for range 2 {
				_, err := memory().connect(t, host, limit).Agent.Get(t.Context())
				require.NoError(t, err)
			}
			assert.Zero(t, time.Since(began))
		})
	})
}

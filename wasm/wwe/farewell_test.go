//go:build !js

package wwe_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// page is a page with any number of Services: one frame to WWE, which stays
// when they are closed.
type page struct {
	host  *wwetest.Host
	frame *wwetest.Frame
	posts chan struct{} // full while WWE posts nothing

	mu       sync.Mutex
	carriers []*pageCarrier
}

type pageCarrier struct {
	page     *page
	protocol *transport.Protocol
}

func newPage(host *wwetest.Host) *page {
	p := &page{host: host, posts: make(chan struct{}, 1)}
	p.frame = host.Attach(wwetest.Origin, func(message string) {
		p.posts <- struct{}{} // the next message waits for this one
		<-p.posts
		p.mu.Lock()
		listening := slices.Clone(p.carriers)
		p.mu.Unlock()
		for _, c := range listening {
			c.protocol.Receive(message)
		}
	})
	return p
}

func (p *page) connect(t *testing.T) *wwe.Service {
	svc, err := wwe.Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
		c := &pageCarrier{p, transport.NewProtocol(sink)}
		p.mu.Lock()
		p.carriers = append(p.carriers, c)
		p.mu.Unlock()
		return c.protocol.Over(c), nil
	}))
	require.NoError(t, err)
	return svc
}

// stall has WWE post nothing for the first duration, be quick for the second, and so on.
func (p *page) stall(durations []time.Duration) {
	for n, d := range durations {
		if n%2 == 0 {
			p.posts <- struct{}{}
		}
		time.Sleep(d)
		if n%2 == 0 {
			<-p.posts
		}
	}
}

func (p *page) listeners() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.carriers)
}

func (c *pageCarrier) Post(message string, _ []int) error {
	c.page.frame.Receive(message)
	return nil
}

func (c *pageCarrier) Close() {
	c.page.mu.Lock()
	defer c.page.mu.Unlock()
	c.page.carriers = slices.DeleteFunc(c.page.carriers, func(other *pageCarrier) bool { return other == c })
}

func TestClosedServicesLeaveNoSubscriptionHoweverSlowWWEIs(t *testing.T) {
	for seed := range uint64(100) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chance := rand.New(rand.NewPCG(seed, 1))
				host := wwetest.NewHost(wwetest.WithSeed(seed), wwetest.WithConfig(func(c *wwetest.Config) {
					c.SilentUnsubscribe = chance.IntN(2) == 0
					c.SharedSubscriptionIDs = chance.IntN(2) == 0
					c.DuplicateEvents = chance.IntN(2) == 0
				}))
				upTo := func(most time.Duration) time.Duration { return time.Duration(chance.Int64N(int64(most))) }
				p := newPage(host)
				var stalls []time.Duration // and how long WWE is quick between them
				for range 10 {
					stalls = append(stalls, upTo(40*time.Second))
				}
				if chance.IntN(2) == 0 {
					host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Probability: 0.3}) // so that subscriptions are checked
				}
				var all sync.WaitGroup
				all.Go(func() { p.stall(stalls) })
				for range 1 + chance.IntN(4) {
					var steps []time.Duration
					for range 40 {
						steps = append(steps, upTo(15*time.Second))
					}
					kind := chance.Perm(4)
					all.Go(func() {
						for range 5 {
							svc := p.connect(t)
							ctx, cancel := context.WithTimeout(t.Context(), steps[0])
							switch kind[0] {
							case 0:
								if w, err := svc.Watch(ctx); err == nil && steps[0] < 5*time.Second {
									time.AfterFunc(steps[1], func() { _ = w.Close() })
								}
							case 1:
								_, _ = svc.Subscribe(ctx, wwe.TopicAgent, wwe.TopicMedia)
							case 2:
								for range svc.Follow(ctx) {
								}
							case 3:
								go func() { _, _ = svc.Subscribe(context.Background(), wwe.TopicInteraction, wwe.TopicMedia) }()
							}
							time.Sleep(steps[2])
							cancel()
							began := time.Now()
							_ = svc.Close()
							assert.Zero(t, time.Since(began), "Close waits for nothing")
							steps, kind = steps[3:], append(kind[1:], kind[0])
						}
					})
				}
				all.Wait()
				time.Sleep(2 * time.Minute)
				synctest.Wait()
				assert.Zero(t, held(host))
				assert.Zero(t, p.listeners())
			})
		})
	}
}

func TestAnswersOutOfOrderLeaveNoSubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		host.Fault(wwetest.Fault{Request: "subscribe", Kind: wwetest.FaultKindReorder, Next: 1})
		svc := newPage(host).connect(t)
		_, err := svc.Subscribe(t.Context(), wwe.TopicAgent, wwe.TopicMedia)
		require.NoError(t, err)
		time.Sleep(time.Minute)
		assert.Equal(t, 2, held(host))
		require.NoError(t, svc.Close())
		synctest.Wait()
		assert.Zero(t, held(host))
	})
}

func TestASubscriptionThatWasRenewedInVainIsLeftToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		host.Fault(wwetest.Fault{Request: "agent.get"})
		svc := newPage(host).connect(t)
		_, err := svc.Watch(t.Context())
		require.NoError(t, err)
		for range 3 {
			_, err = svc.Agent.Get(t.Context()) // which WWE ignores, so that the subscription is checked
			require.ErrorIs(t, err, wwe.ErrTimeout)
			time.Sleep(time.Minute)
			assert.Equal(t, 1, held(host))
		}
		require.NoError(t, svc.Close())
		synctest.Wait()
		assert.Zero(t, held(host))
	})
}

func TestTheConnectionEndsWithTheLastAnswerOrWhenNoneIsLikely(t *testing.T) {
	for name, c := range map[string]struct {
		fault  wwetest.Fault
		closed time.Duration // after Close
	}{
		"nothing is awaited":                {wwetest.Fault{Request: "none"}, 0},
		"WWE grants after ten seconds":      {wwetest.Fault{Kind: wwetest.FaultKindDelay, Delay: 10 * time.Second}, 9 * time.Second},
		"WWE answers nothing":               {wwetest.Fault{}, time.Minute},
		"WWE answers what is later at once": {wwetest.Fault{Request: "subscribe", Kind: wwetest.FaultKindDelay, Delay: 8 * time.Second}, 7 * time.Second},
		"WWE has answered what is later":    {wwetest.Fault{Request: "subscribe"}, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				p := newPage(host)
				svc := p.connect(t)
				host.Fault(c.fault)
				go svc.Watch(t.Context())
				time.Sleep(time.Second)
				require.NoError(t, svc.Close())
				if c.closed > 0 {
					time.Sleep(c.closed - time.Millisecond)
					assert.Equal(t, 1, p.listeners())
					time.Sleep(2 * time.Millisecond)
				}
				assert.Zero(t, p.listeners())
				synctest.Wait()
				if c.fault.Kind == wwetest.FaultKindDelay || c.closed == 0 {
					assert.Zero(t, held(host))
				}
			})
		})
	}
}

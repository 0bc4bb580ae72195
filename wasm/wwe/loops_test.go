package wwe_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// sequences are the two to range over. A body returns whether to go on.
var sequences = map[string]func(ctx context.Context, svc *wwe.Service, body func(error) bool){
	"Follow": func(ctx context.Context, svc *wwe.Service, body func(error) bool) {
		for _, err := range svc.Follow(ctx) {
			if !body(err) {
				break
			}
		}
	},
	"Events": func(ctx context.Context, svc *wwe.Service, body func(error) bool) {
		for _, err := range svc.Events(ctx, wwe.TopicInteraction) {
			if !body(err) {
				break
			}
		}
	},
}

// loops promises, over the rig's transport, what loops over Follow and Events do.
func loops(t *testing.T, r rig) {
	run := func(name string, f func(t *testing.T)) { t.Run(r.name+"/"+name, f) }
	interaction := func(host *wwetest.Host) int { return host.Subscriptions(wwe.TopicInteraction) }

	why := errors.New("the panel was closed")
	for name, sequence := range sequences {
		for how, c := range map[string]struct {
			leave func(svc *wwe.Service, cancel context.CancelCauseFunc) (goOn bool)
			err   error // is yielded then
			panic any   // passes through
		}{
			"break":                  {leave: func(*wwe.Service, context.CancelCauseFunc) bool { return false }},
			"a panic in its body":    {leave: func(*wwe.Service, context.CancelCauseFunc) bool { panic("oops") }, panic: "oops"},
			"the end of its context": {leave: func(_ *wwe.Service, cancel context.CancelCauseFunc) bool { cancel(why); return true }, err: why},
			"the end of the Service": {leave: func(svc *wwe.Service, _ context.CancelCauseFunc) bool { return svc.Close() == nil }, err: wwe.ErrClosed},
		} {
			run(name+" left by "+how+" unsubscribes, and yields an error once, last", func(t *testing.T) {
				host := wwetest.NewHost()
				svc := r.connect(t, host)
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				rung, over := make(chan struct{}), make(chan any)
				var yielded []error
				go func() {
					defer func() { over <- recover() }()
					sequence(ctx, svc, func(err error) bool {
						yielded = append(yielded, err)
						<-rung
						return err != nil || c.leave(svc, cancel) // one that is yielded after an error would show
					})
				}()
				eventually(t, func() bool { return interaction(host) == 1 }, "it is subscribed")
				host.Ring(wwetest.Call{ANI: "1"})
				close(rung)
				assert.Equal(t, c.panic, <-over)
				eventually(t, func() bool { return interaction(host) == 0 }, "it is unsubscribed")
				require.NoError(t, yielded[0])
				if c.err == nil {
					assert.Len(t, yielded, 1)
				} else {
					require.Len(t, yielded, 2)
					require.ErrorIs(t, yielded[1], c.err)
				}
			})
		}

		run(name+" yields WWE's refusal", func(t *testing.T) {
			host := wwetest.NewHost()
			host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "not you"})
			var yielded []error
			sequence(t.Context(), r.connect(t, host), func(err error) bool { yielded = append(yielded, err); return true })
			require.Len(t, yielded, 1)
			require.EqualError(t, yielded[0], "wwe: subscribe interaction: WWE refused: not you")
		})
	}

	run("any number of loops run side by side", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		ctx, cancel := context.WithCancel(t.Context())
		var shown [3]chan int
		first, leave := context.WithCancel(ctx)
		for n := range shown {
			shown[n] = make(chan int, 10)
			of := ctx
			if n == 0 {
				of = first
			}
			go func() {
				defer close(shown[n])
				for interactions, err := range svc.Follow(of) {
					if err == nil {
						shown[n] <- len(interactions)
					}
				}
			}()
		}
		workspace, err := svc.Watch(ctx)
		require.NoError(t, err)
		changed := workspace.Changed()
		for n := range shown {
			assert.Equal(t, 0, <-shown[n])
		}
		host.Ring(wwetest.Call{ANI: "1"})
		<-changed
		for n := range shown {
			assert.Equal(t, 1, <-shown[n])
		}
		leave()
		for range shown[0] {
		}
		assert.Equal(t, 1, interaction(host), "which they share")
		host.Ring(wwetest.Call{ANI: "2"})
		for _, still := range shown[1:] {
			for <-still != 2 { // 1, if it is shown with the case selected
			}
		}
		cancel()
		for _, still := range shown[1:] {
			for range still {
			}
		}
		assert.Equal(t, 1, interaction(host))
		require.NoError(t, workspace.Close())
		eventually(t, func() bool { return interaction(host) == 0 }, "the last one unsubscribes")
	})

	run("a slow body gets the last events, and before them an Overflow", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host, wwe.WithBuffer(2))
		fence := subscribed(t, svc, wwe.TopicAgent)
		got, goOn := make(chan wwe.Event), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			for event, err := range svc.Events(ctx, wwe.TopicSystem) {
				if err == nil {
					got <- event
					<-goOn
				}
			}
			close(got)
		}()
		eventually(t, func() bool { return host.Subscriptions(wwe.TopicSystem) == 1 }, "it is subscribed")
		host.Emit(wwe.TopicSystem, "0")
		assert.Equal(t, wwe.UnknownEvent{On: wwe.TopicSystem, Data: "0"}, <-got)
		for n := range 10 {
			host.Emit(wwe.TopicSystem, wwe.JSON(strconv.Itoa(n+1)))
		}
		host.Emit(wwe.TopicAgent, `{"type":"READY"}`)
		next(t, fence) // so they have all arrived
		close(goOn)
		dropped := 8
		event := <-got
		if event == (wwe.UnknownEvent{On: wwe.TopicSystem, Data: "1"}) { // was on its way to the body already
			dropped--
			event = <-got
		}
		assert.Equal(t, wwe.Overflow{Dropped: dropped}, event)
		assert.Equal(t, wwe.UnknownEvent{On: wwe.TopicSystem, Data: "9"}, <-got)
		assert.Equal(t, wwe.UnknownEvent{On: wwe.TopicSystem, Data: "10"}, <-got)
		cancel()
		_, open := <-got
		assert.False(t, open, "the loop has ended")
	})

	run("a slow body skips what has changed again", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		got, goOn := make(chan any), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			for interactions, err := range svc.Follow(ctx) {
				if err == nil {
					got <- interactions[0].UserData["n"]
					<-goOn
				}
			}
			close(got)
		}()
		assert.Nil(t, <-got)
		for n := range 20 {
			require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"n": n}))
		}
		close(goOn)
		iterations := 0
		for n := range got {
			iterations++
			if n == 19.0 {
				cancel()
			}
		}
		assert.LessOrEqual(t, iterations, 3, "the last changes may still be on their way at first")
	})
}

// held is how many subscriptions WWE holds.
func held(host *wwetest.Host) int {
	return host.Subscriptions(wwe.TopicInteraction) + host.Subscriptions(wwe.TopicAgent) + host.Subscriptions(wwe.TopicMedia)
}

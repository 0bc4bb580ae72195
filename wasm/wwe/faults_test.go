package wwe_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// outcome is what becomes of a call under a fault.
type outcome int

const (
	asIfNothing outcome = iota // the call succeeds
	timeout
	refusal
	oddData // a command succeeds, whose data nobody reads; a question is an error
)

// outcomes has that of each fault there is.
var outcomes = map[wwetest.FaultKind]outcome{
	wwetest.FaultKindIgnore:     timeout,
	wwetest.FaultKindSilence:    timeout,
	wwetest.FaultKindRefuse:     refusal,
	wwetest.FaultKindData:       oddData,
	wwetest.FaultKindDrop:       timeout,
	wwetest.FaultKindDelay:      timeout,
	wwetest.FaultKindTwice:      asIfNothing,
	wwetest.FaultKindReorder:    asIfNothing,
	wwetest.FaultKindWrongType:  oddData,
	wwetest.FaultKindWrongID:    timeout,
	wwetest.FaultKindTruncated:  timeout,
	wwetest.FaultKindHuge:       asIfNothing,
	wwetest.FaultKindBurst:      asIfNothing,
	wwetest.FaultKindEventFirst: asIfNothing,
	wwetest.FaultKindRestart:    timeout,
	wwetest.FaultKindForge:      asIfNothing,
}

// impatience is the deadline of calls that are never answered, lateness that
// of an answer that nobody waits for.
const (
	impatience = 20 * time.Millisecond
	lateness   = 500 * time.Millisecond
)

// allFaults promises everything about them, over the rig's transport.
func allFaults(t *testing.T, r rig) {
	faults(t, r, wwetest.FaultKinds()...)
	subscribeFaults(t, r)
}

// faults promises, over the rig's transport, that each method under each fault
// ends once and in time, that nothing of it is left, and that the next call works.
func faults(t *testing.T, r rig, kinds ...wwetest.FaultKind) {
	for _, kind := range kinds {
		t.Run(r.name+"/fault "+string(kind), func(t *testing.T) {
			host := wwetest.NewHost()
			svc := r.connect(t, host)
			for _, m := range methods {
				t.Run(m.request, func(t *testing.T) {
					if kind == wwetest.FaultKindRestart { // the next one, also that of Reset, might take the answer to what it causes
						methodUnderFault(t, r, newDesk(t, r), m, kind)
						return
					}
					host.Reset()
					methodUnderFault(t, r, furnished(t, host, svc), m, kind)
				})
			}
		})
	}
}

func methodUnderFault(t *testing.T, r rig, d desk, m method, kind wwetest.FaultKind) {
	want, known := outcomes[kind]
	require.True(t, known, "a fault that has no outcome here")
	if kind == wwetest.FaultKindForge && r.believesAnybody {
		want = refusal // by the forger: the official client asks nobody who they are
	}
	fault := wwetest.Fault{Request: m.request, Next: 1, Kind: kind, Delay: lateness, Count: 200}
	switch kind {
	case wwetest.FaultKindRefuse:
		fault.Refuse = "not now"
	case wwetest.FaultKindData:
		fault.Data = `{"interactionId":{}}`
	}
	deadline := time.Minute
	if want == timeout {
		deadline = impatience
	}
	sub, err := d.svc.Subscribe(t.Context(), wwe.TopicInteraction) // the events of some faults have a reader
	require.NoError(t, err)
	d.host.Fault(fault)
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	before := time.Now()
	called := wwe.Async(func() (any, error) { return nil, m.call(ctx, d) })
	if kind == wwetest.FaultKindReorder { // something has to overtake it
		eventually(t, func() bool { return len(d.host.Faults()) == 0 }, "the call arrives")
		_, _ = d.svc.Interaction.GetByInteractionID(t.Context(), d.talking)
	}
	err = (<-called).Err

	var refused *wwe.RequestError
	switch {
	case want == timeout:
		require.ErrorIs(t, err, wwe.ErrTimeout)
		assert.Less(t, time.Since(before), 10*time.Second, "long after the deadline")
	case want == refusal:
		require.ErrorAs(t, err, &refused)
	case want == oddData && m.effect == nil:
		require.Error(t, err)
		require.False(t, errors.Is(err, wwe.ErrTimeout) || errors.As(err, &refused), err)
	default:
		require.NoError(t, err)
	}
	d.host.ClearFaults()
	_, err = d.svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err, "the next call works")
	require.NoError(t, sub.Close())
	eventually(t, func() bool { return d.svc.InFlight() == 0 }, "no call is left")
}

// subscribeFaults promises what becomes of a subscription, and of its events,
// under each fault.
func subscribeFaults(t *testing.T, r rig) {
	for _, kind := range wwetest.FaultKinds() {
		t.Run(r.name+"/fault "+string(kind)+" of subscribe", func(t *testing.T) {
			host := wwetest.NewHost()
			svc := r.connect(t, host)
			fault := wwetest.Fault{Request: "subscribe", Next: 1, Kind: kind, Refuse: "not now", Delay: lateness, Count: 200}
			if kind == wwetest.FaultKindData {
				fault.Data = `7`
			}
			host.Fault(fault)
			deadline := time.Minute
			if outcomes[kind] == timeout {
				deadline = impatience
			}
			ctx, cancel := context.WithTimeout(t.Context(), deadline)
			defer cancel()
			subscribing := wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(ctx, wwe.TopicAgent) })
			if kind == wwetest.FaultKindReorder {
				eventually(t, func() bool { return len(host.Faults()) == 0 }, "it arrives")
				_, _ = svc.Interaction.GetInteractions(t.Context())
			}
			subscribedFirst := <-subscribing
			first, err := subscribedFirst.Value, subscribedFirst.Err
			if outcomes[kind] == timeout && kind != wwetest.FaultKindRestart { // after which a page that is told of it asks again
				require.ErrorIs(t, err, wwe.ErrTimeout)
			}
			if err == nil {
				require.NoError(t, first.Close())
			}
			host.ClearFaults()
			second := subscribed(t, svc, wwe.TopicAgent)
			require.NoError(t, host.SetAgentState("NotReady"))
			until(t, second, func(e wwe.Event) bool {
				agent, ok := e.(wwe.AgentEvent)
				return ok && agent.State.OperationName == "NotReady"
			})
		})
	}
	for _, kind := range wwetest.FaultKinds() {
		fault := wwetest.Fault{Topic: wwe.TopicAgent, Next: 1, Kind: kind, Delay: lateness, Count: 200}
		if kind == wwetest.FaultKindData {
			fault.Data = `7`
		}
		if fault.Validate() != nil {
			continue // it is for answers only
		}
		t.Run(r.name+"/fault "+string(kind)+" of an event", func(t *testing.T) {
			host := wwetest.NewHost()
			svc := r.connect(t, host)
			sub := subscribed(t, svc, wwe.TopicAgent)
			host.Fault(fault)
			require.NoError(t, host.SetAgentState("NotReady"))
			if kind == wwetest.FaultKindRestart { // WWE has forgotten us, and a page in its iframe is not told
				sub = subscribedAnew(t, r, host)
			}
			require.NoError(t, host.SetAgentState("Ready"))
			until(t, sub, func(e wwe.Event) bool {
				agent, ok := e.(wwe.AgentEvent)
				return ok && agent.State.OperationName == "Ready"
			})
		})
	}
}

// subscribedAnew is what a page does that was told of the restart: it begins again.
func subscribedAnew(t *testing.T, r rig, host *wwetest.Host) *wwe.Subscription {
	return subscribed(t, r.connect(t, host), wwe.TopicAgent)
}

// until reads the subscription's events up to the one that is looked for.
func until(t *testing.T, sub *wwe.Subscription, is func(wwe.Event) bool) {
	t.Helper()
	for !is(next(t, sub)) {
	}
}

func TestEachFaultHasAnOutcome(t *testing.T) {
	assert.Len(t, outcomes, len(wwetest.FaultKinds()))
}

func TestFaultsInMemory(t *testing.T) { allFaults(t, memory()) }

//go:build !js

package wwe_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// What Watch promises about the time for which it may show something wrong.
const (
	soon    = 4 * time.Second  // 3 s and WWE's answer
	promise = 31 * time.Second // 30 s and WWE's answer
)

// inACall runs f in a bubble of time with the mirror of a WWE that answers at
// once. An answered call rests there, and the mirror has verified it.
func inACall(t *testing.T, f func(t *testing.T, host *wwetest.Host, id string, w *wwe.Workspace)) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		id := host.Ring(wwetest.Call{ANI: "1"})
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		require.NoError(t, host.Answer(id))
		time.Sleep(time.Hour)
		require.Equal(t, host.Interactions(), w.Interactions())
		f(t, host, id, w)
	})
}

func TestAnEventThatComesLateForTheFirstTimeDoesNotStay(t *testing.T) {
	delayed := wwetest.Fault{Topic: wwe.TopicInteraction, Kind: wwetest.FaultKindDelay, Delay: 10 * time.Second, Next: 1}
	do := func(actions ...wwetest.Action) []func(*wwetest.Host, string) error {
		var all []func(*wwetest.Host, string) error
		for _, a := range actions {
			all = append(all, func(host *wwetest.Host, id string) error { return host.Do(id, a) })
		}
		return all
	}
	attach := func(n string) func(*wwetest.Host, string) error {
		return func(host *wwetest.Host, id string) error { return host.SetUserData(id, wwe.UserData{"n": n}) }
	}
	for name, c := range map[string]struct {
		before, late, then []func(*wwetest.Host, string) error
	}{
		"a state": {nil, do(wwetest.ActionHold), do(wwetest.ActionResume)},
		"user data": {
			[]func(*wwetest.Host, string) error{attach("0")},
			[]func(*wwetest.Host, string) error{attach("1")},
			[]func(*wwetest.Host, string) error{attach("2")},
		},
		"the recording": {nil, do(wwetest.ActionStartRecording), do(wwetest.ActionStopRecording)},
		"a party": {
			nil,
			[]func(*wwetest.Host, string) error{func(host *wwetest.Host, id string) error { return host.AddParty(id, wwe.Party{Name: "Ann"}) }},
			[]func(*wwetest.Host, string) error{func(host *wwetest.Host, id string) error { return host.RemoveParty(id, "Ann") }},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inACall(t, func(t *testing.T, host *wwetest.Host, id string, w *wwe.Workspace) {
				all := func(steps []func(*wwetest.Host, string) error) {
					for _, step := range steps {
						require.NoError(t, step(host, id))
					}
				}
				all(c.before)
				time.Sleep(time.Hour)
				host.Fault(delayed)
				all(c.late)
				time.Sleep(time.Second)
				all(c.then)
				time.Sleep(8 * time.Second)
				assert.Equal(t, host.Interactions(), w.Interactions())
				time.Sleep(time.Second + time.Millisecond)
				changed := w.Changed()
				require.NotEqual(t, host.Interactions(), w.Interactions(), "an event is shown at once, and this one is late")
				time.Sleep(promise)
				assert.Equal(t, host.Interactions(), w.Interactions())
				assert.NoError(t, w.Stale())
				assert.True(t, signals(changed), "it is told")
			})
		})
	}
}

func TestADuplicateOlderThanAllThatIsRememberedDoesNotStay(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": "0"}))
		first := box.first()
		for n := range 40 {
			require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n + 1)}))
		}
		box.pass(time.Minute)
		box.protocol.Receive(first)
		synctest.Wait()
		i, _ := s.w.Interaction(s.id)
		require.Equal(t, "0", i.UserData["n"])
		box.pass(soon)
		assert.Equal(t, host.Interactions(), s.w.Interactions())
	})
}

func TestACallThatWasGoneBeforeWatchDoesNotStayWithALateEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host, box, svc := boxed(t)
		sub := wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(t.Context(), wwe.TopicInteraction) })
		box.pass(time.Second)
		defer (<-sub).Value.Close()
		id := host.Ring(wwetest.Call{ANI: "1"})
		ringing := box.first()
		require.NoError(t, host.HangUp(id)) // before it is answered, so it is gone
		box.pass(time.Second)
		watched := wwe.Async(func() (*wwe.Workspace, error) { return svc.Watch(t.Context()) })
		box.pass(time.Second)
		w := (<-watched).Value
		for range 20 { // again and again
			box.protocol.Receive(ringing)
			box.pass(soon)
			assert.Empty(t, w.Interactions())
		}
	})
}

func TestACallWhoseEndWasMissedGoesWithAnyEventAboutIt(t *testing.T) {
	for _, kind := range []string{`"REMOVED"`, `"MarkDone"`, `["MARK_DONE"]`, `null`} {
		t.Run(kind, func(t *testing.T) {
			following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
				require.NoError(t, host.Answer(s.id))
				established := box.first()
				box.pass(time.Minute)
				require.NoError(t, host.HangUp(s.id))
				require.NoError(t, host.MarkDone(s.id))
				box.drop()
				last := strings.Replace(established, `"ESTABLISHED"`, kind, 1)
				require.NotEqual(t, established, last)
				for range 20 {
					box.protocol.Receive(last)
				}
				before := len(host.Requests())
				box.pass(soon)
				assert.Empty(t, s.w.Interactions())
				assert.Equal(t, 1, sent(host, before))
			})
		})
	}
}

// The mirror may verify at any moment, so a late event may come while it does.
func TestALateEventDuringTheSnapshotThatVerifiesDoesNotStay(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		for n := range 3 {
			require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n)}))
		}
		box.deliver(1, asPosted)
		late := box.hold()
		box.deliver(1, asPosted)
		time.Sleep(3 * time.Second)
		require.Equal(t, 1, box.held(), "the answer that verifies")
		late()
		require.NotEqual(t, host.Interactions(), s.w.Interactions())
		box.deliver(1, asPosted)
		box.pass(promise)
		assert.Equal(t, host.Interactions(), s.w.Interactions())
	})
}

// sent counts the requests for a snapshot after the first ones.
func sent(host *wwetest.Host, first int) (snapshots int) {
	for _, r := range host.Requests()[first:] {
		if r.Name == "interaction.getInteractions" {
			snapshots++
		}
	}
	return snapshots
}

func TestWhatEventsChangedIsVerifiedByOneSnapshotSoonAfter(t *testing.T) {
	inACall(t, func(t *testing.T, host *wwetest.Host, id string, w *wwe.Workspace) {
		for range 3 { // each after a rest
			before := len(host.Requests())
			for n := range 20 {
				require.NoError(t, host.SetUserData(id, wwe.UserData{"n": fmt.Sprint(time.Now(), n)}))
				synctest.Wait()
				require.Equal(t, host.Interactions(), w.Interactions(), "at once")
				time.Sleep(100 * time.Millisecond)
			}
			assert.Zero(t, sent(host, before), "a burst is waited for")
			time.Sleep(soon - 2*time.Second)
			assert.Equal(t, 1, sent(host, before))
			time.Sleep(time.Hour)
			assert.Equal(t, 1, sent(host, before), "at rest nothing is asked for")
		}
	})
}

func TestABusyShiftIsVerifiedTwiceAMinute(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		for name, deliver := range map[string]func(){
			"with an answer at once":       func() { box.deliver(2, asPosted) },
			"with events that overtake it": func() { box.deliver(1, eventsFirst); box.deliver(1, asPosted) },
		} {
			box.pass(time.Hour)
			before := len(host.Requests())
			for n := range 20 * 60 * 10 { // ten minutes, 20 a second
				require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(name, n)}))
				deliver()
				time.Sleep(50 * time.Millisecond)
			}
			assert.GreaterOrEqual(t, sent(host, before), 20, name)
			assert.LessOrEqual(t, sent(host, before), 21, name)
			box.pass(promise)
			assert.Equal(t, host.Interactions(), s.w.Interactions())
		}
	})
}

func TestTheSnapshotsOfAUsualCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		time.Sleep(time.Hour)
		before := len(host.Requests())
		id := host.Ring(wwetest.Call{ANI: "1"})
		for _, step := range []struct {
			name string
			most int
			do   func() error
		}{
			{"rings", 2, func() error { return nil }}, // one may be asked for amid its three events
			{"is answered", 1, func() error { return host.Answer(id) }},
			{"gets user data", 1, func() error { return host.SetUserData(id, wwe.UserData{"n": "1"}) }},
			{"is released", 1, func() error { return host.HangUp(id) }},
			{"is done", 1, func() error { return host.MarkDone(id) }},
		} {
			require.NoError(t, step.do())
			time.Sleep(time.Minute)
			snapshots := sent(host, before)
			assert.Positive(t, snapshots, step.name)
			assert.LessOrEqual(t, snapshots, step.most, step.name)
			assert.Equal(t, ids(host.Interactions()), ids(w.Interactions()))
			before = len(host.Requests())
		}
	})
}

func TestAMirrorThatIsClosedVerifiesNothingMore(t *testing.T) {
	inACall(t, func(t *testing.T, host *wwetest.Host, id string, w *wwe.Workspace) {
		require.NoError(t, host.SetUserData(id, wwe.UserData{"n": "1"}))
		synctest.Wait()
		require.Equal(t, host.Interactions(), w.Interactions())
		before := len(host.Requests())
		require.NoError(t, w.Close())
		synctest.Wait()
		stacks := make([]byte, 1<<20)
		assert.NotContains(t, string(stacks[:runtime.Stack(stacks, true)]), "(*Workspace)")
		time.Sleep(time.Hour)
		assert.Zero(t, sent(host, before))
	})
}

// What verifies is a question as any other, which lets commands go first.
func TestWithARateLimitCommandsGoBeforeWhatVerifies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect(wwe.WithRateLimit(5), wwe.WithTimeout(10*time.Minute))
		require.NoError(t, err)
		defer svc.Close()
		id := host.Ring(wwetest.Call{ANI: "1"})
		_, err = svc.Watch(t.Context())
		require.NoError(t, err)
		require.NoError(t, host.Answer(id))
		time.Sleep(time.Hour)
		for n := range 5 { // all that the minute allows
			require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"n": fmt.Sprint(n)}))
		}
		time.Sleep(10 * time.Second)
		require.Equal(t, 1, svc.Waiting(), "the snapshot")
		before := len(host.Requests())
		command := svc.Go(t.Context(), "voice.hold", id)
		time.Sleep(time.Minute)
		require.NoError(t, (<-command).Err)
		next := host.Requests()[before:]
		require.Len(t, next, 2+1, "one more verifies what the command changed")
		assert.Equal(t, "voice.hold", next[0].Name)
		assert.Equal(t, "interaction.getInteractions", next[1].Name)
	})
}

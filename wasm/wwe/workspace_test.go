//go:build !js

package wwe_test

import (
	"context"
	"runtime"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// watching runs f in a bubble of time, with a Service that begins to watch, and
// holds back what WWE answers.
func watching(t *testing.T, f func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w <-chan wwe.Result[*wwe.Workspace])) {
	synctest.Test(t, func(t *testing.T) {
		host, box, svc := boxed(t)
		w := wwe.Async(func() (*wwe.Workspace, error) { return svc.Watch(t.Context()) })
		synctest.Wait()
		f(t, host, box, svc, w)
	})
}

// watched is watching, with the Workspace once it is there.
func watched(t *testing.T, f func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace)) {
	watching(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w <-chan wwe.Result[*wwe.Workspace]) {
		box.pass(time.Second)
		r := <-w
		require.NoError(t, r.Err)
		f(t, host, box, svc, r.Value)
	})
}

// signals reports whether the channel signals, once all is quiet.
func signals(changed <-chan struct{}) bool {
	synctest.Wait()
	select {
	case <-changed:
		return true
	default:
		return false
	}
}

func TestWatchWaitsForWWEOnce(t *testing.T) {
	watching(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w <-chan wwe.Result[*wwe.Workspace]) {
		assert.Equal(t, 2, box.held(), "it has asked for the subscription and for the interactions")
		box.deliver(2, asPosted)
		require.NoError(t, (<-w).Err)
		assert.Zero(t, box.held(), "answers in the order of requests need no second snapshot")
	})
}

func TestASnapshotThatIsAnsweredBeforeTheSubscriptionIsFetchedAgain(t *testing.T) {
	watching(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w <-chan wwe.Result[*wwe.Workspace]) {
		granted := box.hold()
		box.deliver(1, asPosted)
		host.Ring(wwetest.Call{ANI: "unheard"})
		box.drop() // as if WWE had not subscribed us yet when it rang
		granted()
		r := <-w
		require.NoError(t, r.Err)
		assert.Empty(t, r.Value.Interactions())
		box.pass(time.Second)
		assert.Equal(t, host.Interactions(), r.Value.Interactions())
	})
}

func TestWatchAsksAgainOfAWWEThatBeginsAnewMeanwhile(t *testing.T) {
	watching(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w <-chan wwe.Result[*wwe.Workspace]) {
		box.drop()
		host.Restart()
		host.Ring(wwetest.Call{ANI: "1"})
		box.restart()
		began := time.Now()
		box.pass(time.Second)
		r := <-w
		require.NoError(t, r.Err)
		assert.Equal(t, time.Second, time.Since(began), "it need not wait for what is lost")
		assert.Equal(t, host.Interactions(), r.Value.Interactions())
	})
}

func TestASnapshotThatEventsOvertookIsFetchedAgain(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		desk, err := host.Connect()
		require.NoError(t, err)
		defer desk.Close()
		id := host.Ring(wwetest.Call{ANI: "1"})
		box.deliver(3, eventsFirst) // RINGING of an unknown interaction: a snapshot is fetched, whose answer waits
		require.NoError(t, desk.Interaction.SetUserData(t.Context(), id, wwe.UserData{"k": "v"}))
		box.deliver(1, eventsFirst)
		box.pass(time.Second)
		assert.Equal(t, host.Interactions(), w.Interactions())
	})
}

func TestChangedGivesOneSignalForABurst(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		id := host.Ring(wwetest.Call{ANI: "1"})
		box.pass(time.Second)
		changed := w.Changed()
		for n := range 10_000 {
			host.Emit(wwe.TopicInteraction, wwe.JSON(`{"eventType":"ATTACHED_DATA_CHANGED","interaction":{"interactionId":"`+id+
				`","state":"RINGING","userData":{"n":`+strconv.Itoa(n)+`}}}`))
		}
		box.flood()
		assert.True(t, signals(changed))
		assert.False(t, signals(w.Changed()))
		i, found := w.Interaction(id)
		require.True(t, found)
		assert.Equal(t, wwe.UserData{"n": 9999.0}, i.UserData)
	})
}

func TestChangedIsSilentWhereNothingChanges(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Ring(wwetest.Call{ANI: "1"})
		box.pass(time.Second)
		changed := w.Changed()
		host.Emit(wwe.TopicInteraction, `{"eventType":"SOMETHING_ELSE"}`) // makes it fetch a snapshot
		before := len(host.Requests())
		box.pass(time.Second)
		assert.Greater(t, len(host.Requests()), before)
		assert.False(t, signals(changed))
	})
}

func TestChangedSignalsToEveryReader(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		var readers [3]<-chan struct{}
		for n := range readers {
			readers[n] = w.Changed()
		}
		host.Ring(wwetest.Call{ANI: "1"})
		box.pass(time.Second)
		for n, changed := range readers {
			assert.True(t, signals(changed), "reader %d", n)
		}
	})
}

func TestInteractionsKeepTheOrderInWhichTheyWereFirstSeen(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
		order := func() (ids []string) {
			for _, i := range w.Interactions() {
				ids = append(ids, i.InteractionID)
			}
			return ids
		}
		for range 3 {
			host.Ring(wwetest.Call{ANI: "1"})
		}
		box.pass(time.Second)
		assert.Equal(t, []string{"1", "2", "3"}, order())
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions",
			Data: `[{"interactionId":"3"},{"interactionId":"4"},{"interactionId":"1"}]`})
		host.Emit(wwe.TopicInteraction, `{}`)
		box.pass(time.Second)
		assert.Equal(t, []string{"1", "3", "4"}, order(), "2 is gone, 4 is new")
	})
}

func TestInteractionsAreTheCallersOwn(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		id := host.Ring(wwetest.Call{ANI: "1", UserData: wwe.UserData{"k": "v"}})
		box.pass(time.Second)
		w.Interactions()[0].UserData["k"] = "changed"
		i, _ := w.Interaction(id)
		i.UserData["k"] = "changed"
		i.Parties[0].Name = "changed"
		assert.Equal(t, host.Interactions(), w.Interactions())
	})
}

func TestMarkDoneVanishesWithItsEvent(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Ring(wwetest.Call{ANI: "1"})
		box.pass(time.Second)
		host.Emit(wwe.TopicInteraction, `{"eventType":"MARK_DONE","interaction":{"interactionId":"1","state":"IDLE"}}`)
		box.deliver(1, asPosted)
		assert.Empty(t, w.Interactions(), "before another snapshot")
	})
}

func TestSilenceShowsAndEndsByItself(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
		require.NoError(t, w.Stale())
		changed := w.Changed()
		host.Fault(wwetest.Fault{})
		_, err := svc.Interaction.GetInteractions(t.Context()) // a call of the widget finds out
		require.ErrorIs(t, err, wwe.ErrTimeout)
		box.pass(10 * time.Second)
		require.Error(t, w.Stale(), "once WWE has not answered the check either")
		box.pass(10 * time.Second)
		require.ErrorIs(t, w.Stale(), wwe.ErrTimeout)
		assert.True(t, signals(changed), "it is told")
		host.Ring(wwetest.Call{ANI: "in silence"})
		box.drop()
		host.ClearFaults()
		box.pass(time.Minute)
		require.NoError(t, w.Stale())
		assert.Equal(t, host.Interactions(), w.Interactions())
		assert.Equal(t, 1, host.Subscriptions(wwe.TopicInteraction), "renewed, and not doubled")
	})
}

func TestAWWEThatGrantsNoMoreAfterSilenceEndsTheMirror(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
		host.Restart()
		host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "not any more"})
		box.restart()
		box.pass(time.Second)
		require.NoError(t, w.Err(), "WWE may not be ready yet")
		changed := w.Changed()
		box.pass(time.Minute)
		<-changed
		<-w.Changed()
		var refused *wwe.RequestError
		require.ErrorAs(t, w.Err(), &refused)
		assert.Zero(t, svc.Mirrors(), "the Service keeps none that has ended")
	})
}

func TestAMirrorOfAServiceThatHearsNothingSaysSoFromItsBeginning(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, first *wwe.Workspace) {
		host.Fault(wwetest.Fault{})
		asked := svc.Go(t.Context(), "agent.get")
		box.pass(30 * time.Second)
		require.Error(t, (<-asked).Err)
		require.Error(t, first.Stale())
		host.ClearFaults()
		host.Fault(wwetest.Fault{Request: "subscribe"}) // WWE answers, but does not grant the subscription again
		second := wwe.Async(func() (*wwe.Workspace, error) { return svc.Watch(t.Context()) })
		box.pass(time.Second)
		r := <-second
		require.NoError(t, r.Err)
		require.Error(t, r.Value.Stale(), "its events may not come")
		host.Ring(wwetest.Call{ANI: "1"})
		box.drop()
		box.pass(11 * time.Second)
		assert.Equal(t, host.Interactions(), r.Value.Interactions(), "without an event")
		host.ClearFaults()
		box.pass(2 * time.Minute)
		require.NoError(t, r.Value.Stale())
	})
}

func TestASlowAnswerIsNotSilence(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, _ *wwe.Workspace) {
		sub := wwe.Async(func() (*wwe.Subscription, error) { return svc.Subscribe(t.Context(), "system") })
		box.pass(time.Second)
		s := (<-sub).Value
		host.Fault(wwetest.Fault{Request: "interaction.accept"}) // this one only is ignored
		asked := svc.Go(t.Context(), "interaction.accept", "1")
		time.Sleep(4 * time.Second)
		host.Emit("system", "1") // a sign of life
		box.pass(5 * time.Second)
		require.ErrorIs(t, (<-asked).Err, wwe.ErrTimeout)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "1"}, <-s.Events())
		host.Emit("system", "2")
		box.pass(time.Minute)
		assert.Equal(t, wwe.UnknownEvent{On: "system", Data: "2"}, <-s.Events(), "and no Overflow")
	})
}

// WWE may answer everything but the subscription, as with a rate limit for it.
func TestAMirrorThatHearsNothingSaysSoAndReads(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Fault(wwetest.Fault{Request: "subscribe"})
		host.Restart()
		box.restart()
		box.pass(100 * time.Second) // past what is tried at first
		require.Error(t, w.Stale())
		host.Ring(wwetest.Call{ANI: "1"})
		box.pass(11 * time.Second)
		assert.Equal(t, host.Interactions(), w.Interactions(), "without an event")
		require.Error(t, w.Stale())
		host.ClearFaults()
		box.pass(2 * time.Minute)
		require.NoError(t, w.Stale(), "granted at last")
		host.Ring(wwetest.Call{ANI: "2"})
		box.deliver(1, asPosted)
		assert.Len(t, w.Interactions(), 2, "by its event")
	})
}

func TestEventsWithoutEndDoNotMakeAStormOfSnapshots(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Ring(wwetest.Call{ANI: "1"})
		before := len(host.Requests())
		for range 600 { // ten a second, for a minute, each while a snapshot may be under way
			host.Emit(wwe.TopicInteraction, `{"eventType":"ATTACHED_DATA_CHANGED","interaction":{"interactionId":"1","state":"RINGING"}}`)
			box.deliver(1, eventsFirst) // ahead of the answer to the snapshot that is under way
			box.flood()
			time.Sleep(100 * time.Millisecond)
		}
		assert.Less(t, len(host.Requests())-before, 25)
	})
}

func TestAClosedMirrorLeavesNoGoroutineThatWaitsForWWE(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Fault(wwetest.Fault{})
		host.Emit(wwe.TopicInteraction, `{}`) // makes it fetch a snapshot, in vain
		box.deliver(1, asPosted)
		require.NoError(t, w.Close())
		synctest.Wait()
		stacks := make([]byte, 1<<20)
		assert.NotContains(t, string(stacks[:runtime.Stack(stacks, true)]), "(*Workspace).follow")
		require.ErrorIs(t, w.Err(), wwe.ErrClosed)
	})
}

func TestTheGuardTellsWhenItMayHaveMissedSomethingAndWhenItEnds(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, _ *wwe.Workspace) {
		asked := make(chan string, 10)
		guarding := wwe.Async(func() (*wwe.MarkDoneGuard, error) {
			return svc.GuardMarkDone(t.Context(), func(ctx context.Context, i wwe.Interaction) (string, bool) {
				if i.InteractionID == "panic" {
					panic("a mistake in the guard")
				}
				left, _ := ctx.Deadline()
				asked <- time.Until(left).String()
				return "no", true
			})
		})
		box.pass(time.Second)
		r := <-guarding
		require.NoError(t, r.Err)
		failure := func() string {
			box.flood()
			synctest.Wait()
			select {
			case err, open := <-r.Value.Errors():
				if !open {
					return "closed"
				}
				return err.Error()
			default:
				return "none"
			}
		}
		host.Emit(wwe.TopicMarkDone, `{"eventType":"MARKDONE_APPLY","interaction":{"interactionId":"1"}}`)
		box.flood()
		assert.Equal(t, "1s", <-asked, "WWE's usual second, where it does not say")
		assert.Contains(t, failure(), "WWE refused: no interaction")
		host.Emit(wwe.TopicMarkDone, `{"eventType":"MARKDONE_APPLY","timeout":500,"interaction":{"interactionId":"panic"}}`)
		assert.Contains(t, failure(), "the guard panicked")
		host.Emit(wwe.TopicMarkDone, `{"eventType":"MARKDONE_APPLY"}`)
		assert.Contains(t, failure(), "may have been missed", "an announcement that does not say of what")
		host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "not any more"})
		host.Restart()
		box.restart()
		synctest.Wait()
		assert.Contains(t, failure(), "may have been missed")
		box.pass(time.Minute) // in which it asks again
		assert.Contains(t, failure(), "not any more")
		assert.Equal(t, "closed", failure())
	})
}

// Whatever announces a mark done must not pass the guard in silence.
func TestTheGuardTakesEveryAnnouncementOrReportsIt(t *testing.T) {
	for kind, guarded := range map[string]bool{
		`"MARKDONE_APPLY"`:     true,
		`"markdone_apply"`:     true,
		`"MarkDone_Apply"`:     true,
		`""`:                   true,
		`null`:                 true,
		`["MARKDONE_APPLY"]`:   true,
		`{}`:                   true,
		`"MARKDONE_CANCELLED"`: false,
		`1`:                    false,
	} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				svc := memory().connect(t, host)
				asked := 0
				guard, err := svc.GuardMarkDone(t.Context(), func(context.Context, wwe.Interaction) (string, bool) {
					asked++
					return "", false
				})
				require.NoError(t, err)
				host.Emit(wwe.TopicMarkDone, wwe.JSON(`{"eventType":`+kind+`,"interaction":{"interactionId":"1"}}`))
				synctest.Wait()
				if guarded {
					assert.Equal(t, 1, asked)
					assert.Empty(t, guard.Errors())
					return
				}
				assert.Zero(t, asked)
				require.Len(t, guard.Errors(), 1)
				assert.ErrorContains(t, <-guard.Errors(), "may have been missed")
			})
		})
	}
}

func TestABlockThatWWEDoesNotAnswerInTimeIsReportedInOneLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc := memory().connect(t, host)
		host.Fault(wwetest.Fault{Request: "interaction.blockMarkdone"})
		err := guarded(t, host, svc, func(context.Context, wwe.Interaction) (string, bool) { return "w", true })
		require.ErrorIs(t, err, wwe.ErrTimeout)
		require.ErrorIs(t, err, wwe.ErrTooLate)
		assert.Equal(t, wwe.CategoryConnection, category(t, err))
		assert.NotContains(t, err.Error(), "\n")
	})
}

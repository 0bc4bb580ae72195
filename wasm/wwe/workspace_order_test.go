//go:build !js

package wwe_test

import (
	"fmt"
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

// story is what a mirror has shown of one interaction: its states, and "-"
// where it showed none.
type story struct {
	w     *wwe.Workspace
	id    string
	shown []string
}

func (s *story) look() {
	synctest.Wait()
	now := "-"
	if i, found := s.w.Interaction(s.id); found {
		now = string(i.State)
	}
	if len(s.shown) == 0 || s.shown[len(s.shown)-1] != now {
		s.shown = append(s.shown, now)
	}
}

func (s *story) String() string { return strings.Join(s.shown, " ") }

// following runs f with a mirror that shows one ringing call and has verified
// it. Everything that WWE sends waits in the box.
func following(t *testing.T, f func(t *testing.T, host *wwetest.Host, box *postbox, s *story)) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		id := host.Ring(wwetest.Call{ANI: "1"})
		box.pass(time.Second)
		s := &story{w: w, id: id}
		s.look()
		f(t, host, box, s)
	})
}

// snapshotUnderWay makes the mirror fetch a snapshot, whose answer is on its way.
func snapshotUnderWay(host *wwetest.Host, box *postbox) (arrives func()) {
	host.Emit(wwe.TopicInteraction, `{}`)
	box.deliver(1, asPosted)
	return box.hold()
}

func (s *story) deliver(box *postbox, n int) {
	for range n {
		box.deliver(1, asPosted)
		s.look()
	}
}

// settle lets everything through until all is quiet.
func (s *story) settle(box *postbox) {
	for range 100 {
		s.deliver(box, 10)
		time.Sleep(100 * time.Millisecond)
	}
}

func TestASnapshotThatEventsOvertookDoesNotTakeACallBackInTime(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		arrives := snapshotUnderWay(host, box)
		require.NoError(t, host.Answer(s.id))
		s.deliver(box, 1)
		arrives()
		s.look()
		s.settle(box)
		assert.Equal(t, "RINGING TALKING", s.String())
		assert.Equal(t, host.Interactions(), s.w.Interactions())
	})
}

func TestACallThatIsGoneDoesNotComeBackWithALateSnapshot(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.Answer(s.id))
		require.NoError(t, host.HangUp(s.id))
		s.settle(box)
		arrives := snapshotUnderWay(host, box)
		require.NoError(t, host.MarkDone(s.id))
		s.deliver(box, 1)
		arrives()
		s.look()
		s.settle(box)
		assert.Equal(t, "RINGING TALKING IDLE -", s.String())
	})
}

func TestACallThatIsGoneDoesNotComeBackWithALateEvent(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.Answer(s.id))
		established := box.first()
		require.NoError(t, host.HangUp(s.id))
		s.settle(box)
		require.NoError(t, host.MarkDone(s.id))
		s.settle(box)
		box.protocol.Receive(established)
		s.look()
		s.settle(box)
		assert.Equal(t, "RINGING TALKING IDLE -", s.String())
	})
}

func TestACallDoesNotComeBackWhenThoseThatAreGoneAreForgotten(t *testing.T) {
	for _, gone := range []int{499, 500, 501, 999, 1000, 1001} {
		following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
			require.NoError(t, host.Answer(s.id))
			established := box.first()
			require.NoError(t, host.HangUp(s.id))
			event := func(kind, id, state string) {
				host.Emit(wwe.TopicInteraction, wwe.JSON(fmt.Sprintf(
					`{"eventType":%q,"interaction":{"interactionId":%q,"state":%q}}`, kind, id, state)))
			}
			s.settle(box)
			for n := range gone {
				event("RINGING", fmt.Sprint("other", n), "RINGING")
				event("MARK_DONE", fmt.Sprint("other", n), "IDLE")
			}
			s.settle(box)
			box.pass(time.Minute)
			arrives := snapshotUnderWay(host, box)
			require.NoError(t, host.MarkDone(s.id))
			s.deliver(box, 1)
			require.Equal(t, "RINGING TALKING IDLE -", s.String())
			arrives()
			s.look()
			box.pass(time.Minute)
			box.protocol.Receive(established)
			s.look()
			s.settle(box)
			assert.Equal(t, "RINGING TALKING IDLE -", s.String(), gone)
		})
	}
}

func TestALateDuplicateOfAnEventIsNotShown(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.Answer(s.id))
		established := box.first()
		require.NoError(t, host.Do(s.id, wwetest.ActionHold))
		s.settle(box)
		held := len(host.Requests())
		box.protocol.Receive(established)
		s.look()
		s.settle(box)
		assert.Equal(t, "RINGING TALKING HELD", s.String())
		assert.Equal(t, held+1, len(host.Requests()), "it is verified once")
	})
}

func TestALateDuplicateOfADataEventIsNotShown(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": "1"}))
		first := box.first()
		require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": "2"}))
		s.settle(box)
		box.protocol.Receive(first)
		synctest.Wait()
		assert.Equal(t, host.Interactions(), s.w.Interactions())
		s.settle(box)
		assert.Equal(t, host.Interactions(), s.w.Interactions())
	})
}

func TestAnEventThatASnapshotOvertookIsNotShown(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		host.Emit(wwe.TopicInteraction, `{}`)
		box.deliver(1, asPosted)
		arrives := box.hold() // RINGING
		require.NoError(t, host.Answer(s.id))
		require.NoError(t, host.Do(s.id, wwetest.ActionHold))
		established, held := box.hold(), box.hold()
		host.Emit(wwe.TopicInteraction, `{}`)
		arrives()
		box.deliver(1, asPosted)
		time.Sleep(time.Second)
		s.deliver(box, 1) // HELD
		established()
		s.look()
		held()
		s.look()
		s.settle(box)
		assert.Equal(t, "RINGING HELD", s.String())
	})
}

func TestAnEventOfACallThatASnapshotToldFirstIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc := memory().connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions"})
		for _, step := range []func() error{
			func() error { return host.Answer(id) },
			func() error { return host.SetUserData(id, wwe.UserData{"n": "1"}) },
			func() error { return host.Do(id, wwetest.ActionHold) },
			func() error { return host.HangUp(id) },
		} {
			require.NoError(t, step())
			synctest.Wait()
			assert.Equal(t, host.Interactions(), w.Interactions())
		}
	})
}

// The snapshot shows that the call is held no more. That it was says its
// previous state, which no event has shown.
func TestAnEventThatASnapshotOvertookIsNotShownThoughItFollows(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.Answer(s.id))
		require.NoError(t, host.Do(s.id, wwetest.ActionHold))
		require.NoError(t, host.Do(s.id, wwetest.ActionResume))
		established, held, retrieved := box.hold(), box.hold(), box.hold()
		host.Emit(wwe.TopicInteraction, `{}`)
		box.pass(time.Second)
		s.look()
		for _, late := range []func(){established, held, retrieved} {
			late()
			s.look()
		}
		s.settle(box)
		assert.Equal(t, "RINGING TALKING", s.String())
	})
}

// What is missing between the known state and the event's may be an event that
// is lost, or a later one that is known already.
func TestAnEventThatDoesNotFollowFromWhatIsKnownIsVerified(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		require.NoError(t, host.Answer(s.id))
		box.drop()
		require.NoError(t, host.Do(s.id, wwetest.ActionHold))
		s.deliver(box, 1)
		assert.Equal(t, "RINGING", s.String(), "not before it is verified")
		s.deliver(box, 1)
		assert.Equal(t, "RINGING HELD", s.String())
		require.NoError(t, host.Do(s.id, wwetest.ActionResume))
		s.deliver(box, 1)
		assert.Equal(t, "RINGING HELD TALKING", s.String(), "what follows needs no snapshot")
	})
}

func TestAWWEThatDoesNotSendThePreviousStateIsFollowed(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		event := func(state string) {
			host.Emit(wwe.TopicInteraction, wwe.JSON(`{"eventType":"X","interaction":{"interactionId":"`+s.id+`","state":"`+state+`"}}`))
		}
		event("TALKING")
		established := box.first()
		s.deliver(box, 1)
		event("HELD")
		s.deliver(box, 1)
		assert.Equal(t, "RINGING TALKING HELD", s.String(), "each at once")
		before := len(host.Requests())
		box.protocol.Receive(established)
		s.look()
		assert.Equal(t, "RINGING TALKING HELD", s.String())
		assert.Greater(t, len(host.Requests()), before)
	})
}

func TestUserDataStatesFollowFromTheStateBeneath(t *testing.T) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Configure(func(c *wwetest.Config) { c.UserDataStates = true })
		id := host.Email(wwetest.Email{From: "Ann"})
		box.pass(time.Second)
		s := &story{w: w, id: id}
		s.look()
		require.NoError(t, host.Answer(id))
		require.NoError(t, host.SetUserData(id, wwe.UserData{"n": "1"}))
		require.NoError(t, host.SetUserData(id, wwe.UserData{"n": "2"}))
		require.NoError(t, host.Do(id, wwetest.ActionFail))
		before := len(host.Requests())
		s.deliver(box, 3)
		assert.Len(t, host.Requests(), before, "no snapshot is needed")
		s.deliver(box, 1)
		assert.Equal(t, "INVITED ACCEPTED USER_DATA_ATTACHED USER_DATA_UPDATED ERROR", s.String())
	})
}

func TestASnapshotShowsWhatNoEventTouchedHoweverManyEventsCome(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		missed := host.Ring(wwetest.Call{ANI: "2"})
		box.drop()
		host.Emit(wwe.TopicInteraction, `{}`)
		box.deliver(1, asPosted) // the snapshot's answer waits
		for n := range 20 {      // 50 ms each, and one in each window
			require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n)}))
			box.deliver(1, eventsFirst)
			i, _ := s.w.Interaction(s.id)
			assert.Equal(t, fmt.Sprint(n), i.UserData["n"])
			box.deliver(1, asPosted)
			again, _ := s.w.Interaction(s.id)
			assert.Equal(t, fmt.Sprint(n), again.UserData["n"], "a snapshot that is older changes nothing")
			time.Sleep(50 * time.Millisecond)
		}
		_, found := s.w.Interaction(missed)
		assert.True(t, found)
	})
}

// Data that changes to and fro looks like late duplicates, which are verified;
// events overtake every snapshot.
func TestEventsThatRepeatThemselvesDoNotKeepTheMirrorFromBecomingCurrent(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		data := func(n int) wwe.UserData { return wwe.UserData{"n": fmt.Sprint(n % 2), "m": fmt.Sprint(n / 400)} }
		before := len(host.Requests())
		for n := range 1200 { // a minute
			require.NoError(t, host.SetUserData(s.id, data(n)))
			box.deliver(1, eventsFirst)
			box.deliver(1, asPosted)
			time.Sleep(50 * time.Millisecond)
			if n%400 > 200 { // 10 s after m has changed
				i, _ := s.w.Interaction(s.id)
				require.Equal(t, data(n)["m"], i.UserData["m"])
			}
		}
		assert.Less(t, len(host.Requests())-before, 100)
		s.settle(box)
		assert.Equal(t, host.Interactions(), s.w.Interactions())
	})
}

func TestACallThatWWEDoesNotHaveIsCheckedWhenItSaysSo(t *testing.T) {
	for name, ask := range map[string]func(svc *wwe.Service, t *testing.T, id string) error{
		"by refusing an action": func(svc *wwe.Service, t *testing.T, id string) error {
			return svc.Interaction.Accept(t.Context(), id)
		},
		"by refusing a request without a method": func(svc *wwe.Service, t *testing.T, id string) error {
			return (<-svc.Go(t.Context(), "voice.hangUp", id)).Err
		},
		"by refusing a request with a number": func(svc *wwe.Service, t *testing.T, id string) error {
			return (<-svc.Go(t.Context(), "interaction.accept", wwe.JSON(id))).Err
		},
		"by refusing a request with a number of Go's": func(svc *wwe.Service, t *testing.T, id string) error {
			n, err := strconv.Atoi(id)
			require.NoError(t, err)
			return (<-svc.Go(t.Context(), "interaction.accept", n)).Err
		},
		"by null": func(svc *wwe.Service, t *testing.T, id string) error {
			_, err := svc.Interaction.GetByInteractionID(t.Context(), id)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
				id := host.Ring(wwetest.Call{ANI: "1"})
				box.pass(time.Second)
				require.NoError(t, host.HangUp(id))
				box.drop()
				asked := wwe.Async(func() (int, error) { return 0, ask(svc, t, id) })
				box.deliver(1, asPosted)
				require.Error(t, (<-asked).Err)
				box.pass(time.Second)
				assert.Empty(t, w.Interactions())
			})
		})
	}
	t.Run("but not for an interaction that the mirror does not hold", func(t *testing.T) {
		watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, svc *wwe.Service, w *wwe.Workspace) {
			asked := wwe.Async(func() (int, error) { return 0, svc.Interaction.Accept(t.Context(), "404") })
			box.deliver(1, asPosted)
			require.Error(t, (<-asked).Err)
			before := len(host.Requests())
			box.pass(time.Second)
			assert.Len(t, host.Requests(), before)
		})
	})
	t.Run("once for any number of refusals", func(t *testing.T) {
		following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
			svc := box.service
			host.Fault(wwetest.Fault{Request: "interaction.accept", Refuse: "no interaction"})
			before := len(host.Requests())
			for range 1000 {
				svc.Go(t.Context(), "interaction.accept", s.id)
			}
			s.settle(box)
			assert.LessOrEqual(t, len(host.Requests())-before-1000, 3)
		})
	})
}

func TestARestartDoesNotWaitForASnapshotThatWillNeverCome(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		host.Emit(wwe.TopicInteraction, `{}`)
		box.deliver(1, asPosted)
		before := box.hold()
		host.Restart()
		box.drop()
		box.restart()
		began := time.Now()
		before()
		s.look()
		assert.Equal(t, "RINGING", s.String())
		box.pass(time.Second)
		assert.Equal(t, host.Interactions(), s.w.Interactions())
		assert.Less(t, time.Since(began), 2*time.Second)
		require.NoError(t, s.w.Stale())
	})
}

// A WWE with very many interactions takes its time to list them all.
func TestASlowSnapshotOfAWWEThatSendsEventsIsNotSilence(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		missed := host.Ring(wwetest.Call{ANI: "2"})
		box.drop()
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Kind: wwetest.FaultKindDelay, Delay: 12 * time.Second})
		host.Emit(wwe.TopicInteraction, `{}`)
		for n := range 60 {
			require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n)}))
			box.pass(500 * time.Millisecond)
			require.NoError(t, s.w.Stale())
		}
		_, found := s.w.Interaction(missed)
		assert.True(t, found)
	})
}

func TestAWWEThatSendsEventsButNoSnapshotIsNotCurrentForEver(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions"})
		host.Emit(wwe.TopicInteraction, `{}`)
		for n := range 120 {
			require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n)}))
			box.pass(500 * time.Millisecond)
		}
		require.ErrorIs(t, s.w.Stale(), wwe.ErrTimeout)
	})
}

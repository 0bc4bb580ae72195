//go:build !js

package wwe_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// reusing runs f with a mirror of a WWE that counts ids from 1 again when it
// restarts: Anna's call has the id 2 and then 1, Bert's 3 and then 2.
func reusing(t *testing.T, f func(t *testing.T, host *wwetest.Host, box *postbox, restart func(), w *wwe.Workspace)) {
	watched(t, func(t *testing.T, host *wwetest.Host, box *postbox, _ *wwe.Service, w *wwe.Workspace) {
		host.Configure(func(c *wwetest.Config) { c.ReuseIDs, c.HoldOthers = true, false })
		gone := host.Ring(wwetest.Call{})
		require.NoError(t, host.Reject(gone))
		for _, name := range []string{"Anna", "Bert"} {
			host.Ring(wwetest.Call{ANI: "1", Contact: &wwe.Contact{DisplayName: name}})
		}
		require.NoError(t, host.Answer("2"))
		box.pass(time.Minute)
		require.Equal(t, "2 Anna TALKING, 3 Bert RINGING", shownIn(w))
		f(t, host, box, func() {
			host.Restart()
			box.drop()
			box.restart()
			box.pass(time.Minute)
		}, w)
	})
}

func shownIn(w *wwe.Workspace) (text string) {
	for _, i := range w.View() {
		if text != "" {
			text += ", "
		}
		text += i.InteractionID + " " + i.Contact.DisplayName + " " + string(i.State)
	}
	return text
}

func TestInteractionsKeepTheirOrderWhereIdsAreReused(t *testing.T) {
	reusing(t, func(t *testing.T, _ *wwetest.Host, _ *postbox, restart func(), w *wwe.Workspace) {
		restart()
		assert.Equal(t, "1 Anna TALKING, 2 Bert RINGING", shownIn(w))
	})
}

// Anna's call was once as Bert's becomes.
func TestAnEventIsNotOldForWhatAnotherInteractionOfItsIDWas(t *testing.T) {
	reusing(t, func(t *testing.T, host *wwetest.Host, box *postbox, restart func(), w *wwe.Workspace) {
		restart()
		require.NoError(t, host.Answer("2"))
		box.deliver(1, eventsFirst)
		assert.Equal(t, "1 Anna TALKING, 2 Bert TALKING", shownIn(w))
	})
}

func TestALateEventOfAnotherInteractionOfTheSameIDIsNotShown(t *testing.T) {
	t.Run("if it follows from what is shown", func(t *testing.T) {
		reusing(t, func(t *testing.T, host *wwetest.Host, box *postbox, restart func(), w *wwe.Workspace) {
			require.NoError(t, host.Hold("2"))
			comes := box.holdOne(true)
			restart()
			require.NoError(t, host.Answer("2"))
			box.pass(time.Minute)
			comes()
			assert.Equal(t, "1 Anna HELD, 2 Bert TALKING", shownIn(w))
		})
	})
	t.Run("if it was marked done", func(t *testing.T) {
		reusing(t, func(t *testing.T, host *wwetest.Host, box *postbox, restart func(), w *wwe.Workspace) {
			require.NoError(t, host.HangUp("2"))
			box.pass(time.Minute)
			require.NoError(t, host.MarkDone("2"))
			comes := box.holdOne(true)
			restart()
			require.Equal(t, "2", host.Ring(wwetest.Call{Contact: &wwe.Contact{DisplayName: "Carl"}}))
			box.pass(time.Minute)
			comes()
			assert.Equal(t, "1 Bert RINGING, 2 Carl RINGING", shownIn(w))
		})
	})
}

// Its block would be the next one's that has the id.
func TestAGuardBlocksNothingAfterARestart(t *testing.T) {
	reusing(t, func(t *testing.T, host *wwetest.Host, box *postbox, restart func(), w *wwe.Workspace) {
		guarding, decide := make(chan context.Context), make(chan bool)
		begins := wwe.Async(func() (*wwe.MarkDoneGuard, error) {
			return box.service.GuardMarkDone(t.Context(), func(ctx context.Context, _ wwe.Interaction) (string, bool) {
				guarding <- ctx
				return "no", <-decide
			})
		})
		box.pass(time.Second)
		begun := <-begins
		require.NoError(t, begun.Err)
		failures := begun.Value.Errors()
		host.Emit(wwe.TopicMarkDone, `{"eventType":"MARKDONE_APPLY","timeout":600000,"interaction":{"interactionId":"2"}}`)
		box.deliver(1, eventsFirst)
		ctx := <-guarding
		restart()
		assert.Error(t, ctx.Err(), "the guard need not go on")
		decide <- true
		box.pass(time.Minute)
		assert.NotContains(t, sentTo(host), "blockMarkdone")
		require.NotEmpty(t, failures)
		for range len(failures) {
			assert.ErrorContains(t, <-failures, "may have been missed", "and nothing of the block")
		}
	})
}

func sentTo(host *wwetest.Host) (text string) {
	for _, m := range host.Messages() {
		if m.FromWidget {
			text += m.Text
		}
	}
	return text
}

// As when a transfer is completed, and the call becomes part of another.
func TestACallThatGetsAnotherUUIDInItsCaseIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost()
		svc := memory().connect(t, host)
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions"}) // so that events alone count
		event := func(uuid, state string) {
			host.Emit(wwe.TopicInteraction, wwe.JSON(`{"eventType":"ESTABLISHED","interaction":{"interactionId":"1","caseId":"a","interactionUUID":"`+uuid+
				`","callType":"INBOUND","state":"`+state+`"}}`))
			synctest.Wait()
		}
		event("x", "RINGING")
		event("y", "TALKING")
		now := w.Interactions()
		require.Len(t, now, 1)
		assert.Equal(t, "y", now[0].InteractionUUID)
		assert.Equal(t, wwe.StateTalking, now[0].State)
	})
}

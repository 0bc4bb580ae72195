package model_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var wrapUpOptions = model.WrapUpOptions{
	Dispositions: []model.Disposition{{Value: "sold", Label: "Sold"}, {Value: "lost", Label: "Not interested"}}, NoteKey: "Note",
}

// wrapsUp has the page ask for a disposition and a note.
func wrapsUp(o *model.Options) { o.WrapUp = wrapUpOptions }

// requires has it insist on the disposition.
func requires(o *model.Options) {
	wrapsUp(o)
	o.WrapUp.Required = true
}

func (r *rig) wrapUp() *model.WrapUp {
	r.Helper()
	selected := r.model.View().Selected
	require.NotNil(r, selected, "an interaction is selected")
	return selected.WrapUp
}

// enter is what the agent enters and leaves.
func (r *rig) enter(id string, f model.WrapUpField, text string) {
	r.model.EnterWrapUp(id, f, text, true)
	r.settle()
}

func (r *rig) held(id, key string) any {
	r.Helper()
	i, is := r.host.Interaction(id)
	require.True(r, is)
	return i.UserData[key]
}

// sent counts the requests of a name.
func (r *rig) sent(name string) (count int) {
	for _, request := range r.host.Requests() {
		if request.Name == name {
			count++
		}
	}
	return count
}

func (r *rig) hangUp(id string) {
	r.Helper()
	require.NoError(r, r.host.HangUp(id))
	r.settle()
}

func (r *rig) waits() bool {
	r.Helper()
	offer := r.model.View().Selected.Offer(model.MarkDone)
	require.NotNil(r, offer)
	return offer.Waits
}

func lateDataIsTaken(c *wwetest.Config) { c.UserDataAfterRelease = true }

func TestWhatIsChosenDuringTheCallIsSavedDuringTheCall(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		assert.Empty(t, r.wrapUp().Disposition.Text)
		assert.Equal(t, model.NothingEntered, r.wrapUp().Disposition.Progress)
		r.enter(id, model.DispositionField, "sold")
		assert.Equal(t, "sold", r.held(id, "DispositionCode"), "under WWE's own default key")
		r.enter(id, model.NoteField, "wants two\nby Friday")
		assert.Equal(t, "wants two\nby Friday", r.held(id, "Note"))
		r.hangUp(id)
		w := r.wrapUp()
		assert.Equal(t, "sold", w.Disposition.Text)
		assert.Equal(t, model.Saved, w.Disposition.Progress)
		assert.Equal(t, model.Saved, w.Note.Progress)
		assert.Empty(t, r.model.View().Failures)
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		assert.Empty(t, r.host.Interactions())
	}, wrapsUp)
}

func TestTheDispositionsKeyIsThePages(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.enter(id, model.DispositionField, "lost")
		assert.Equal(t, "lost", r.held(id, "Outcome"))
	}, wrapsUp, func(o *model.Options) { o.WrapUp.DispositionKey = "Outcome" })
}

func TestWhatWWERefusesAfterTheCallIsKeptAlsoOverAReload(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		r.enter(id, model.DispositionField, "sold")
		r.enter(id, model.NoteField, "called back")
		isKept := func() {
			t.Helper()
			w := r.wrapUp()
			assert.Equal(t, "sold", w.Disposition.Text)
			assert.Equal(t, model.NotSaved, w.Disposition.Progress)
			assert.Equal(t, "called back", w.Note.Text)
			assert.Equal(t, model.NotSaved, w.Note.Progress)
			assert.Equal(t, model.ReasonRefused, w.Note.Why.Reason)
			assert.Nil(t, r.held(id, "Note"))
		}
		isKept()
		r.stop()
		r.open(requires)
		isKept()
		assert.False(t, r.waits(), "a disposition is chosen: whoever cannot save it is not trapped")
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}), "one press")
		assert.Empty(t, r.host.Interactions())
		assert.Empty(t, r.model.View().Failures, "nothing is left to dismiss")
		assert.NotContains(t, r.saved(), "called back", "nor to read in the browser's storage")
	}, requires)
}

func TestWhatWWETakesAfterTheCallIsSavedAfterTheCall(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(lateDataIsTaken)
		id := r.call()
		r.hangUp(id)
		r.enter(id, model.DispositionField, "sold")
		assert.Equal(t, "sold", r.held(id, "DispositionCode"))
		assert.Equal(t, model.Saved, r.wrapUp().Disposition.Progress)
	}, wrapsUp)
}

func TestWhatTheAgentTypesIsSavedWhenTheyRest(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.model.EnterWrapUp(id, model.NoteField, "wan", false)
		time.Sleep(200 * time.Millisecond)
		r.model.EnterWrapUp(id, model.NoteField, "wants two", false)
		time.Sleep(900 * time.Millisecond)
		assert.Nil(t, r.held(id, "Note"))
		assert.Equal(t, model.NotYetSaved, r.wrapUp().Note.Progress)
		r.settle()
		assert.Equal(t, "wants two", r.held(id, "Note"))
		assert.Equal(t, 1, r.sent("interaction.setUserData"))
	}, wrapsUp)
}

func TestWhatIsTypedWhileTheLastTextIsBeingSavedIsSavedNext(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Next: 1, Kind: wwetest.FaultKindDelay, Delay: 3 * time.Second})
		r.enter(id, model.DispositionField, "lost")
		assert.Equal(t, model.Saving, r.wrapUp().Disposition.Progress)
		r.enter(id, model.DispositionField, "sold")
		time.Sleep(3 * time.Second)
		r.settle()
		assert.Equal(t, "sold", r.held(id, "DispositionCode"))
		assert.Equal(t, model.Saved, r.wrapUp().Disposition.Progress)
	}, wrapsUp)
}

func TestMarkDoneSavesFirst(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(lateDataIsTaken)
		id := r.call()
		r.hangUp(id)
		var atTheEnd []any
		r.model.EnterWrapUp(id, model.NoteField, "typed to the last", false)
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		for _, sent := range r.host.Requests() {
			if sent.Name == "interaction.setUserData" || sent.Name == "interaction.markdone" {
				atTheEnd = append(atTheEnd, sent.Name)
			}
		}
		assert.Equal(t, []any{"interaction.setUserData", "interaction.markdone"}, atTheEnd)
		assert.Empty(t, r.host.Interactions())
	}, wrapsUp)
}

// The agent must see that the note is lost at WWE before it is lost here.
func TestMarkDoneStopsOnceIfWhatWasTypedCannotBeSaved(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		r.model.EnterWrapUp(id, model.NoteField, "typed to the last", false)
		assert.False(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		assert.Len(t, r.host.Interactions(), 1)
		assert.Equal(t, model.NotSaved, r.wrapUp().Note.Progress)
		for _, f := range r.model.View().Failures {
			assert.NotEqual(t, model.MarkDone, f.Action, "only the note has failed")
		}
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		assert.Empty(t, r.host.Interactions())
	}, wrapsUp)
}

func TestWhatWasNotSavedCanBeTriedAgain(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Next: 1, Refuse: "not now"})
		r.enter(id, model.NoteField, "wants two")
		assert.Equal(t, model.NotSaved, r.wrapUp().Note.Progress)
		assert.Equal(t, "not now", r.wrapUp().Note.Why.Said)
		r.model.SaveWrapUp(id)
		r.settle()
		assert.Equal(t, model.Saved, r.wrapUp().Note.Progress)
		assert.Equal(t, "wants two", r.held(id, "Note"))
		assert.Empty(t, r.model.View().Failures)
	}, wrapsUp)
}

func TestMarkDoneWaitsForARequiredDisposition(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		assert.True(t, r.waits())
		assert.True(t, r.wrapUp().Waits)
		assert.False(t, r.model.Do(model.Task{Action: model.MarkDone, On: id}, nil))
		r.enter(id, model.DispositionField, "sold")
		assert.False(t, r.waits())
		r.enter(id, model.DispositionField, "")
		assert.True(t, r.waits(), "none again")
		require.NoError(t, r.host.MarkDone(id), "WWE's own button works")
	}, requires)
}

func TestADispositionThatIsThereSuffices(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"DispositionCode": "by the IVR"}})
		require.NoError(t, r.host.Answer(id))
		r.settle()
		r.hangUp(id)
		assert.False(t, r.waits())
		assert.Equal(t, "by the IVR", r.wrapUp().Disposition.Text)
	}, requires)
}

func TestOnlyWhatIsClosedForGoodIsWrappedUp(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "+33 1"})
		r.settle()
		assert.Nil(t, r.wrapUp(), "while it rings")
		require.NoError(t, r.host.Answer(id))
		r.settle()
		assert.NotNil(t, r.wrapUp())
		r.do(model.Task{Action: model.Consult, On: id, Target: wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"}})
		for _, c := range r.model.View().Cases {
			for _, i := range c.Items {
				if i.IsConsultation {
					r.model.Select(i.InteractionID)
				}
			}
		}
		r.settle()
		require.True(t, r.model.View().Selected.IsConsultation)
		assert.Nil(t, r.wrapUp(), "a consultation belongs to the customer's call")
	}, requires)
	with(t, func(r *rig) {
		r.host.Preview(wwetest.Preview{Phone: "3"})
		r.settle()
		assert.False(t, r.waits(), "a preview may be left out")
	}, requires)
	with(t, func(r *rig) {
		id := r.host.Email(wwetest.Email{From: "a@b.c"})
		r.settle()
		r.do(model.Task{Action: model.Accept, On: id})
		assert.True(t, r.waits(), "an email is closed while it is at work")
		r.enter(id, model.DispositionField, "sold")
		assert.Equal(t, "sold", r.held(id, "DispositionCode"))
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
	}, requires)
}

func TestWithoutOptionsTheWrapUpIsTheTimeSinceTheEnd(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		assert.Nil(t, r.wrapUp())
		require.NoError(t, r.host.HangUp(id))
		ended := time.Now()
		r.settle()
		w := r.wrapUp()
		require.NotNil(t, w)
		assert.Nil(t, w.Disposition)
		assert.Nil(t, w.Note)
		assert.False(t, w.Waits)
		assert.WithinDuration(t, ended, w.Ended, time.Second)
	})
}

func TestTheTimeSinceTheEndOutlivesAReload(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		ended := r.wrapUp().Ended
		time.Sleep(time.Minute)
		r.stop()
		r.open(wrapsUp)
		assert.WithinDuration(t, ended, r.wrapUp().Ended, time.Millisecond)
		assert.True(t, r.wrapUp().IsOver)
	}, wrapsUp)
}

func TestWhatIsTypedOutlivesAReloadDuringTheCall(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.model.EnterWrapUp(id, model.NoteField, "half a sent", false)
		r.saved()
		r.stop()
		r.open(wrapsUp)
		assert.Equal(t, "half a sent", r.held(id, "Note"), "the next page sends it")
		assert.Equal(t, model.Saved, r.wrapUp().Note.Progress)
		assert.NotContains(t, r.saved(), "half a sent")
	}, wrapsUp)
}

// WWE gives another call the id of the one that was wrapped up.
func TestANoteStaysWithItsOwnCallWhereIdsAreReused(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(func(c *wwetest.Config) { c.ReuseIDs = true })
		gone := r.host.Ring(wwetest.Call{ANI: "Zoe"})
		require.NoError(t, r.host.Answer(gone))
		anna := r.host.Ring(wwetest.Call{ANI: "Anna"})
		require.NoError(t, r.host.Answer(anna))
		r.settle()
		r.hangUp(anna)
		r.model.Select(anna)
		r.enter(anna, model.NoteField, "Anna's")
		require.NoError(t, r.host.HangUp(gone))
		require.NoError(t, r.host.MarkDone(gone))
		r.stop()
		r.host.Restart()
		r.open(wrapsUp)
		require.Equal(t, "Anna", r.model.View().Selected.ANI)
		require.NotEqual(t, anna, r.model.View().Selected.InteractionID)
		assert.Equal(t, "Anna's", r.wrapUp().Note.Text)
	}, wrapsUp)
}

func TestWhatIsEnteredWithoutAConnectionIsSavedWhenThereIsOne(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
		r.enter(id, model.NoteField, "before it is known")
		for r.model.View().Phase == model.Live {
			time.Sleep(time.Second)
		}
		time.Sleep(10 * time.Second)
		assert.Equal(t, model.NotSaved, r.wrapUp().Note.Progress)
		r.enter(id, model.DispositionField, "sold")
		r.host.ClearFaults()
		r.model.TryAgain()
		time.Sleep(time.Minute)
		assert.Equal(t, model.Live, r.model.View().Phase)
		assert.Equal(t, "before it is known", r.held(id, "Note"))
		assert.Equal(t, "sold", r.held(id, "DispositionCode"))
		assert.Equal(t, model.Saved, r.wrapUp().Note.Progress)
		for _, f := range r.model.View().Failures {
			assert.NotEqual(t, model.SetUserData, f.Action)
		}
	}, wrapsUp)
}

func TestWWEsLaterWordOnTheDispositionCounts(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.enter(id, model.DispositionField, "sold")
		require.NoError(t, r.host.SetUserData(id, wwe.UserData{"DispositionCode": "lost"}))
		r.settle()
		assert.Equal(t, "lost", r.wrapUp().Disposition.Text)
	}, wrapsUp)
}

func TestTheStorageDoesNotFillUpWithNotesOfCallsThatAreGone(t *testing.T) {
	with(t, func(r *rig) {
		for range 40 {
			id := r.call()
			r.hangUp(id)
			r.enter(id, model.NoteField, "a note that WWE did not take")
			require.NoError(t, r.host.MarkDone(id))
			r.settle()
		}
		assert.Less(t, len(r.saved()), 3000)
	}, wrapsUp)
}

func TestWWEIsNotAskedAtEveryRestForWhatItRefuses(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		r.enter(id, model.NoteField, "one")
		for _, text := range []string{"one t", "one two", "one two three"} {
			r.model.EnterWrapUp(id, model.NoteField, text, false)
			r.settle()
			assert.Equal(t, model.NotYetSaved, r.wrapUp().Note.Progress)
			assert.NotNil(t, r.wrapUp().Note.Why, "it says so all the while")
		}
		assert.Equal(t, 1, r.sent("interaction.setUserData"))
		r.enter(id, model.NoteField, "one two three")
		assert.Equal(t, model.NotSaved, r.wrapUp().Note.Progress)
		assert.Equal(t, 2, r.sent("interaction.setUserData"), "once the agent leaves the field")
	}, wrapsUp)
}

func TestGoingBackToWhatWWEHasIsNoEntry(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.hangUp(id)
		r.enter(id, model.DispositionField, "sold")
		r.enter(id, model.DispositionField, "")
		assert.Equal(t, model.NothingEntered, r.wrapUp().Disposition.Progress)
		assert.Empty(t, r.model.View().Failures)
	}, wrapsUp)
}

// WWE is reloaded while what is entered is saved, and gives the call's id to another.
func TestMarkDoneThatWaitsForANoteClosesItsOwnCall(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(func(c *wwetest.Config) { c.ReuseIDs, c.UserDataAfterRelease = true, true })
		gone, anna, bert := r.call(), r.host.Ring(wwetest.Call{ANI: "Anna"}), r.host.Ring(wwetest.Call{ANI: "Bert"})
		for _, id := range []string{anna, bert} {
			require.NoError(t, r.host.Answer(id))
		}
		for _, id := range []string{gone, anna, bert} {
			r.hangUp(id)
		}
		require.NoError(t, r.host.MarkDone(gone))
		r.settle()
		r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Kind: wwetest.FaultKindDelay, Next: 1})
		r.model.EnterWrapUp(anna, model.NoteField, "wants", true)
		r.model.EnterWrapUp(anna, model.NoteField, "wants two", true)
		require.True(t, r.model.Do(model.Task{Action: model.MarkDone, On: anna}, nil))
		r.host.Restart()
		time.Sleep(time.Minute)
		r.settle()
		require.Len(t, r.host.Interactions(), 1)
		assert.Equal(t, "Bert", r.host.Interactions()[0].ANI)
		assert.Empty(t, r.model.View().Failures)
	}, wrapsUp)
}

// The table of user data changes the note's key when the agent enters a note and marks the call done.
func TestMarkDoneDoesNotOvertakeWhatWaitsForTheSameKey(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(lateDataIsTaken)
		id := r.call()
		r.hangUp(id)
		r.host.Fault(wwetest.Fault{Request: "interaction.setUserData", Kind: wwetest.FaultKindDelay, Delay: 3 * time.Second, Next: 1})
		require.True(t, r.model.Do(model.Task{Action: model.SetUserData, On: id, Key: "Note", Value: "a"}, nil))
		r.model.EnterWrapUp(id, model.NoteField, "b", true)
		require.False(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		time.Sleep(5 * time.Second)
		r.settle()
		assert.Equal(t, "b", r.held(id, "Note"))
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
	}, wrapsUp)
}

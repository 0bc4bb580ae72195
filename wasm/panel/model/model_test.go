package model_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// rig is a model at a simulated WWE, in a bubble in which waiting takes no time.
type rig struct {
	*testing.T
	host  *wwetest.Host
	model *model.Model
	stop  func()
	place string // that was saved

	mu    sync.Mutex
	told  string       // the last event that the page was told of
	about model.Detail // its detail
	hear  func(event string, detail model.Detail)
}

// with runs the test with a live model.
func with(t *testing.T, test func(r *rig), change ...func(*model.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{T: t, host: wwetest.NewHost(), hear: func(string, model.Detail) {}}
		r.open(change...)
		defer func() { r.stop() }()
		test(r)
		r.settle()
	})
}

// saved is what the next page finds.
func (r *rig) saved() string {
	if r.model != nil {
		if place, changed := r.model.Place(); changed {
			r.place = place
		}
	}
	return r.place
}

func (r *rig) lastTold() (event string, detail model.Detail) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.told, r.about
}

// open begins with a page that was just loaded.
func (r *rig) open(change ...func(*model.Options)) {
	o := model.Options{
		Connect: func(context.Context) (*wwe.Service, error) { return r.host.Connect() },
		Place:   r.saved(),
		Notify: func(event string, detail model.Detail) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.told, r.about = event, detail
			r.hear(event, detail)
		},
	}
	for _, f := range change {
		f(&o)
	}
	r.model = model.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		r.model.Run(ctx)
		close(done)
	}()
	r.stop = func() {
		cancel()
		<-done
	}
	r.settle()
}

// settle lets everything happen that is about to, and the page save the place.
func (r *rig) settle() {
	time.Sleep(2 * time.Second)
	synctest.Wait()
	r.saved()
}

func (r *rig) do(t model.Task) bool {
	r.Helper()
	succeeded := make(chan bool, 1)
	require.True(r, r.model.Do(t, func(ok bool) { succeeded <- ok }), "begun: "+string(t.Action))
	ok := <-succeeded
	r.settle()
	return ok
}

// offers are the actions of the selected interaction.
func (r *rig) offers() []model.Action {
	var all []model.Action
	if i := r.model.View().Selected; i != nil {
		for _, o := range i.Offers {
			all = append(all, o.Action)
		}
	}
	return all
}

func (r *rig) call() string {
	id := r.host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Segment": "Gold"}})
	require.NoError(r, r.host.Answer(id))
	r.settle()
	return id
}

// WWE keeps a subscription, whatever becomes of the page that has it.
func TestAPanelThatEndsUnsubscribesAtWWE(t *testing.T) {
	with(t, func(r *rig) {
		sent := func(event string) (count int) {
			for _, m := range r.host.Messages() {
				if m.FromWidget && strings.Contains(m.Text, `"event":"`+event+`"`) {
					count++
				}
			}
			return count
		}
		for range 5 {
			require.NotZero(t, sent("subscribe"))
			r.stop()
			require.Equal(t, sent("subscribe"), sent("unsubscribe"))
			r.open()
		}
	})
}

func TestWhatMakesSense(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "+33 1"})
		r.settle()
		assert.Equal(t, []model.Action{model.Accept, model.Reject}, r.offers(), "ringing")
		assert.True(t, r.do(model.Task{Action: model.Accept, On: id}))
		talking := []model.Action{model.Hold, model.Consult, model.Transfer, model.Conference, model.StartRecording, model.HangUp, model.BlockMarkDone, model.MuteMicrophone}
		assert.Equal(t, talking, r.offers(), "talking")
		r.do(model.Task{Action: model.StartRecording, On: id})
		assert.Subset(t, r.offers(), []model.Action{model.PauseRecording, model.StopRecording})
		r.do(model.Task{Action: model.PauseRecording, On: id})
		assert.Subset(t, r.offers(), []model.Action{model.ResumeRecording, model.StopRecording})
		r.do(model.Task{Action: model.StopRecording, On: id})
		r.do(model.Task{Action: model.Hold, On: id})
		assert.Equal(t, model.Resume, r.offers()[0])
		r.do(model.Task{Action: model.HangUp, On: id})
		assert.Equal(t, []model.Action{model.MarkDone, model.BlockMarkDone}, r.offers(), "ended")
		r.do(model.Task{Action: model.MarkDone, On: id})
		assert.Empty(t, r.model.View().Cases)
	})
}

// Whatever the panel offers in whatever state, WWE does not refuse for that state.
func TestWhatIsOfferedIsPossible(t *testing.T) {
	begin := map[string]func(h *wwetest.Host) string{
		"call":       func(h *wwetest.Host) string { return h.Ring(wwetest.Call{ANI: "1"}) },
		"dialled":    func(h *wwetest.Host) string { id, _ := h.Dial(wwetest.Call{DNIS: "2"}); return id },
		"chat":       func(h *wwetest.Host) string { return h.Chat(wwetest.Chat{From: "Ann"}) },
		"conference": func(h *wwetest.Host) string { return h.Chat(wwetest.Chat{From: "Ann", Conference: true}) },
		"email":      func(h *wwetest.Host) string { return h.Email(wwetest.Email{From: "a@b.c"}) },
		"work item":  func(h *wwetest.Host) string { return h.WorkItem(wwetest.WorkItem{From: "Ann"}) },
		"preview":    func(h *wwetest.Host) string { return h.Preview(wwetest.Preview{Phone: "3"}) },
	}
	task := func(o model.Offer) model.Task {
		return model.Task{Action: o.Action, On: o.On, Message: "Why", Target: wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"}}
	}
	for name, start := range begin {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var walk func(path []int)
				walk = func(path []int) {
					r := &rig{T: t, host: wwetest.NewHost(), hear: func(string, model.Detail) {}}
					r.open()
					start(r.host)
					r.settle()
					for n, step := range path {
						offers := r.model.View().Selected.Offers
						o := offers[step]
						sent := task(o)
						if o.Action == model.Consult && r.model.View().Selected.Media != "chat" {
							sent.Target.Media = "voice"
						}
						blocked := o.Action == model.MarkDone && r.model.View().Selected.Blocked == model.Blocked
						assert.Equal(t, !blocked, r.do(sent), "%s, step %d: %v", name, n, r.model.View().Failures)
						if r.model.View().Selected == nil {
							r.stop()
							return
						}
					}
					offers := r.model.View().Selected
					r.stop()
					if len(path) == 3 {
						return
					}
					for n := range offers.Offers {
						walk(append(slices.Clone(path), n))
					}
				}
				walk(nil)
			})
		})
	}
}

func TestConsultation(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		target := wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"}
		require.True(t, r.do(model.Task{Action: model.Consult, On: id, Target: target, UserData: wwe.UserData{"Note": "1"}}))
		v := r.model.View()
		require.Len(t, v.Cases, 1, "it is in the case of the call")
		require.Len(t, v.Cases[0].Items, 2)
		consultation := v.Cases[0].Items[1]
		assert.Equal(t, consultation.InteractionID, v.Selected.InteractionID, "it is selected")
		r.model.Select(id)
		r.settle()
		v = r.model.View()
		assert.Equal(t, consultation.InteractionID, v.Selected.Consultation)
		complete := v.Selected.Offer(model.CompleteTransfer)
		require.NotNil(t, complete, "from the call too")
		assert.Equal(t, consultation.InteractionID, complete.On)
		assert.Nil(t, v.Selected.Offer(model.Consult), "one is open")
		assert.Equal(t, "1", v.Selected.UserData["Note"])

		r.model.Select(consultation.InteractionID)
		r.settle()
		assert.Contains(t, r.offers(), model.CompleteConference)
		assert.Contains(t, r.offers(), model.EndConsultation)
		assert.Equal(t, id, r.model.View().Selected.Offer(model.HangUp).On, "the customer")
		require.True(t, r.do(model.Task{Action: model.Resume, On: r.model.View().Selected.Offer(model.BackToCustomer).On}))
		customer, _ := r.host.Interaction(id)
		assert.Equal(t, wwe.StateTalking, customer.State)
		require.True(t, r.do(model.Task{Action: model.CompleteConference, On: consultation.InteractionID}))
		v = r.model.View()
		require.NotNil(t, v.Selected)
		assert.Equal(t, id, v.Selected.InteractionID, "what is left of the case is selected")
		assert.Len(t, v.Selected.Parties, 2)
	})
}

func TestSelectionAndWWEKeepInStep(t *testing.T) {
	with(t, func(r *rig) {
		first, second := r.host.Ring(wwetest.Call{ANI: "1"}), r.host.Ring(wwetest.Call{ANI: "2"})
		r.settle()
		assert.Equal(t, first, r.model.View().Selected.InteractionID)
		r.model.Select(second)
		r.settle()
		selected, _ := r.host.Interaction(second)
		assert.True(t, selected.IsCaseSelected, "WWE follows the panel")
		back, _ := r.host.Interaction(first)
		require.NoError(t, r.host.SelectCase(back.CaseID))
		r.settle()
		assert.Equal(t, first, r.model.View().Selected.InteractionID, "the panel follows WWE")
		event, detail := r.lastTold()
		assert.Equal(t, model.EventSelected, event)
		assert.Contains(t, detail, model.Field{Name: "interactionId", Text: first})
		r.model.Select("404")
		assert.Equal(t, first, r.model.View().Selected.InteractionID)
	})
}

func TestAFailureTellsWhatWhyAndWho(t *testing.T) {
	tests := []struct {
		promise string
		prepare func(h *wwetest.Host)
		reason  model.Reason
		who     wwe.Category
		said    string
	}{
		{"refused", func(h *wwetest.Host) { h.Fault(wwetest.Fault{Request: "voice.hold", Refuse: "not now"}) },
			model.ReasonRefused, wwe.CategoryAgent, "not now"},
		{"silent", func(h *wwetest.Host) { h.Fault(wwetest.Fault{Request: "voice.hold"}) },
			model.ReasonSilent, wwe.CategoryConnection, ""},
	}
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			with(t, func(r *rig) {
				id := r.call()
				test.prepare(r.host)
				hold := model.Task{Action: model.Hold, On: id}
				assert.False(t, r.do(hold))
				v := r.model.View()
				require.Len(t, v.Failures, 1)
				f := v.Failures[0]
				assert.Equal(t, []any{model.Hold, id, test.reason, test.who, test.said}, []any{f.Action, f.On, f.Reason, f.Who, f.Said})
				assert.True(t, slices.ContainsFunc(v.History, func(e *model.Entry) bool { return e.Kind == model.Failed && e.Why.ID == f.ID }))
				event, _ := r.lastTold()
				assert.Equal(t, model.EventFailed, event)
				r.do(hold)
				assert.Len(t, r.model.View().Failures, 1, "the newer in place of the older")
				r.model.Dismiss(r.model.View().Failures[0].ID)
				assert.Empty(t, r.model.View().Failures)
			})
		})
	}
}

func TestASecondPressIsRefused(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "1"})
		r.settle()
		r.host.Fault(wwetest.Fault{Request: "interaction.accept", Kind: wwetest.FaultKindDelay, Delay: 500 * time.Millisecond})
		r.host.Fault(wwetest.Fault{Topic: "interaction", Kind: wwetest.FaultKindDelay, Delay: 500 * time.Millisecond})
		accept := model.Task{Action: model.Accept, On: id}
		assert.True(t, r.model.Do(accept, nil))
		assert.True(t, r.model.View().Selected.Offer(model.Accept).Pending)
		assert.False(t, r.model.Do(accept, nil))
		assert.True(t, r.model.View().Cases[0].Items[0].Offer(model.Reject) != nil, "the other stays possible")
		r.settle()
		assert.NotContains(t, r.offers(), model.Accept)
		asked := 0
		for _, q := range r.host.Requests() {
			if q.Name == "interaction.accept" {
				asked++
			}
		}
		assert.Equal(t, 1, asked)
	})
}

func TestMarkDoneIsBlocked(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		require.True(t, r.do(model.Task{Action: model.BlockMarkDone, On: id, Message: "Fill in the form"}))
		assert.Contains(t, r.offers(), model.UnblockMarkDone)
		assert.NotContains(t, r.offers(), model.BlockMarkDone)
		require.NoError(t, r.host.HangUp(id))
		r.settle()
		assert.False(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		assert.Equal(t, "Fill in the form", r.model.View().Failures[0].Said)

		r.stop()
		r.open() // the page is loaded anew
		assert.Equal(t, model.Blocked, r.model.View().Selected.Blocked, "it remembers what it has blocked")
		require.True(t, r.do(model.Task{Action: model.UnblockMarkDone, On: id}))
		assert.True(t, r.do(model.Task{Action: model.MarkDone, On: id}))
	})
}

func TestABlockOfSomebodyElseCanBeTakenBack(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		other, err := r.host.Connect()
		require.NoError(t, err)
		defer other.Close()
		require.NoError(t, other.Interaction.BlockMarkDone(context.Background(), id, "Not yet"))
		require.NoError(t, r.host.HangUp(id))
		r.settle()
		assert.False(t, r.do(model.Task{Action: model.MarkDone, On: id}))
		assert.Subset(t, r.offers(), []model.Action{model.BlockMarkDone, model.UnblockMarkDone})
		assert.True(t, r.do(model.Task{Action: model.UnblockMarkDone, On: id}))
		assert.Empty(t, r.model.View().Failures, "what it was about is settled")
	})
}

func TestPlaceOutlivesAReload(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Ring(wwetest.Call{ANI: "1"})
		second := r.host.Ring(wwetest.Call{ANI: "2"})
		r.settle()
		r.model.Select(second)
		r.model.Open("history", true)
		r.settle()
		began := r.model.View().Selected.Began
		r.stop()
		time.Sleep(time.Minute)
		r.open()
		v := r.model.View()
		assert.Equal(t, second, v.Selected.InteractionID)
		assert.True(t, v.Open["history"])
		assert.WithinDuration(t, began, v.Selected.Began, time.Millisecond, "it is still as old")

		r.stop()
		r.host.Restart() // WWE is loaded anew too: the ids are lost
		r.open()
		v = r.model.View()
		assert.NotEqual(t, second, v.Selected.InteractionID)
		assert.Equal(t, "2", v.Selected.ANI)
	})
}

func TestThePlaceIsGivenOnlyIfItHasChanged(t *testing.T) {
	with(t, func(r *rig) {
		changed := func() bool {
			_, changed := r.model.Place()
			return changed
		}
		assert.Empty(t, r.saved(), "nothing is there yet")
		r.model.Open("history", true)
		assert.True(t, changed())
		assert.False(t, changed())
		r.model.Open("history", true)
		assert.False(t, changed(), "it was open already")
	})
}

func TestForeignPlaceIsIgnored(t *testing.T) {
	for _, place := range []string{"{", "[]", `{"case":1}`, "null", `{"seen":{"a":"b"}}`} {
		with(t, func(r *rig) {
			r.call()
			assert.NotNil(t, r.model.View().Selected)
		}, func(o *model.Options) { o.Place = place })
	}
}

func TestNewIDsKeepTheInteraction(t *testing.T) {
	with(t, func(r *rig) {
		r.call()
		before := r.model.View().Selected
		r.host.Restart()
		time.Sleep(time.Minute)
		r.settle()
		after := r.model.View().Selected
		assert.Equal(t, before.Key, after.Key)
		assert.NotEqual(t, before.InteractionID, after.InteractionID)
		assert.Equal(t, before.Began, after.Began)
	})
}

func TestUserDataThatMayBeWritten(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Configure(func(c *wwetest.Config) {
			c.WriteAllowed = "Reason"
			c.Options = map[string]string{"interaction-workspace/service-client-api.user-data.write-allowed": "Reason, Outcome"}
		})
		r.open()
		id := r.host.Ring(wwetest.Call{UserData: wwe.UserData{"Reason": "x", "Segment": "Gold", "Score": 1, "Nested": map[string]any{"a": []any{true}}}})
		require.NoError(t, r.host.Answer(id))
		r.settle()
		type shown struct {
			name, text string
			writable   bool
		}
		var all []shown
		for _, k := range r.model.View().Selected.Keys {
			all = append(all, shown{k.Name, k.Text, k.Writable})
		}
		assert.Equal(t, []shown{{"Nested", `{"a":[true]}`, false}, {"Reason", "x", true}, {"Score", "1", false}, {"Segment", "Gold", false}}, all)
		assert.True(t, r.do(model.Task{Action: model.SetUserData, On: id, Key: "Reason", Value: "y"}))
		assert.False(t, r.do(model.Task{Action: model.SetUserData, On: id, Key: "Segment", Value: "y"}))
		assert.Equal(t, "Segment", r.model.View().Failures[0].Key)
		assert.True(t, r.do(model.Task{Action: model.DeleteUserData, On: id, Key: "Reason"}))
		time.Sleep(10 * time.Second) // in which it can be restored
		assert.Len(t, r.model.View().Selected.Keys, 3)
	})
}

func TestWhatWWEDoesNotAllow(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Configure(func(c *wwetest.Config) {
			c.AcceptedOrigins = "* (interaction.getInteractions, interaction.reject, system.*)"
		})
		r.open()
		id := r.host.Ring(wwetest.Call{ANI: "1"})
		r.settle()
		v := r.model.View()
		assert.False(t, v.Selected.Offer(model.Accept).Allowed)
		assert.True(t, v.Selected.Offer(model.Reject).Allowed)
		assert.Equal(t, []string{"interaction.accept", "interaction.setUserData", "interaction.deleteUserData"}, v.Missing)
		assert.False(t, r.model.Do(model.Task{Action: model.Accept, On: id}, nil))
		assert.False(t, v.Agent.Known)
		assert.Empty(t, v.Failures, "what may not be asked is not asked")
	})
}

func TestAgentAndMediaStates(t *testing.T) {
	with(t, func(r *rig) {
		a := r.model.View().Agent
		assert.Equal(t, "Alex Martin", a.Name)
		assert.Equal(t, "READY", a.State.Type)
		assert.Len(t, a.Media, 4)
		require.True(t, r.do(model.Task{Action: model.SetAgentState, State: "NotReady"}))
		assert.Equal(t, "NOT_READY", r.model.View().Agent.State.Type)
		require.NoError(t, r.host.SetMediaState("chat", "Dnd")) // a supervisor does
		r.settle()
		assert.Equal(t, "DND_ON", r.model.View().Agent.Media[1].State.Type)
		require.True(t, r.do(model.Task{Action: model.SetMediaState, Media: "email", State: "Ready"}))
		assert.Equal(t, "READY", r.model.View().Agent.Media[2].State.Type)
		assert.False(t, r.do(model.Task{Action: model.SetMediaState, Media: "email", State: "Nonsense"}))
		assert.Equal(t, "email", r.model.View().Failures[0].Key)
	})
}

func TestAnnouncements(t *testing.T) {
	with(t, func(r *rig) {
		levels := func() map[model.EntryKind]model.Level {
			all := map[model.EntryKind]model.Level{}
			for _, e := range r.model.Notices() {
				all[e.Kind] = e.Level
			}
			return all
		}
		assert.Empty(t, levels(), "nothing at first")
		id := r.host.Ring(wwetest.Call{ANI: "1"})
		r.settle()
		assert.Equal(t, map[model.EntryKind]model.Level{model.Arrived: model.Assertive}, levels())
		require.NoError(t, r.host.Answer(id))
		r.settle()
		assert.Equal(t, map[model.EntryKind]model.Level{model.StateChanged: model.Polite}, levels())
		r.do(model.Task{Action: model.MarkDone, On: id})
		assert.Equal(t, map[model.EntryKind]model.Level{model.Failed: model.Assertive}, levels())
		r.stop()
		r.open()
		assert.Empty(t, levels(), "what was there is no news")
	})
}

func TestPhases(t *testing.T) {
	phase := func(r *rig) model.Phase { return r.model.View().Phase }
	t.Run("no WWE is around the page", func(t *testing.T) {
		with(t, func(r *rig) {
			assert.Equal(t, model.NotEmbedded, phase(r))
			assert.Equal(t, model.ReasonAlone, r.model.View().Problem.Reason)
		}, func(o *model.Options) {
			o.Connect = func(context.Context) (*wwe.Service, error) { return nil, wwe.ErrNotEmbedded }
		})
	})
	t.Run("the page is not set up right", func(t *testing.T) {
		with(t, func(r *rig) { assert.Equal(t, model.Faulty, phase(r)) }, func(o *model.Options) {
			o.Connect = func(context.Context) (*wwe.Service, error) { return nil, wwe.ErrNoClient }
		})
	})
	t.Run("WWE refuses the page, until it does not", func(t *testing.T) {
		with(t, func(r *rig) {
			r.stop()
			r.host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "https://else.example" })
			r.open()
			assert.Equal(t, model.Refused, phase(r))
			assert.Equal(t, wwe.CategoryConfiguration, r.model.View().Problem.Who)
			r.host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "*" })
			r.model.TryAgain()
			r.settle()
			assert.Equal(t, model.Live, phase(r))
		})
	})
	t.Run("WWE is silent, then answers", func(t *testing.T) {
		with(t, func(r *rig) {
			r.stop()
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			r.open()
			assert.Equal(t, model.Connecting, phase(r))
			time.Sleep(10 * time.Second)
			assert.Equal(t, model.Silent, phase(r))
			r.host.ClearFaults()
			time.Sleep(time.Minute)
			assert.Equal(t, model.Live, phase(r))
		})
	})
	t.Run("the connection is lost and recovers", func(t *testing.T) {
		with(t, func(r *rig) {
			id := r.call()
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			assert.False(t, r.do(model.Task{Action: model.Hold, On: id}))
			time.Sleep(20 * time.Second)
			assert.Equal(t, model.Lost, phase(r))
			assert.NotNil(t, r.model.View().Selected, "what was there stays in sight")
			r.host.ClearFaults()
			for limit := 0; phase(r) == model.Lost && limit < 600; limit++ {
				time.Sleep(100 * time.Millisecond)
			}
			v := r.model.View()
			assert.Equal(t, model.Live, v.Phase)
			assert.True(t, v.Recovered)
			time.Sleep(time.Minute)
			assert.False(t, r.model.View().Recovered, "that is no news any more")
		})
	})
}

// The first snapshot of a page that was reloaded has the call.
func TestACallThatRangBeforeAReloadIsShownAnsweredThoughSnapshotsDoNotCome(t *testing.T) {
	with(t, func(r *rig) {
		id := r.host.Ring(wwetest.Call{ANI: "1"})
		r.settle()
		r.stop()
		r.open()
		r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions"})
		defer r.host.ClearFaults()
		require.True(r, r.do(model.Task{Action: model.Accept, On: id}))
		assert.Equal(t, wwe.StateTalking, r.model.View().Selected.State)
	})
}

func TestUnknownStatesAndMediaAreKept(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		i, _ := r.host.Interaction(id)
		r.host.Fault(wwetest.Fault{Request: "interaction.getInteractions"}) // else the next reading says otherwise at once
		defer r.host.ClearFaults()
		r.host.Emit(wwe.TopicInteraction, wwe.JSON(`{"eventType":"PARKED","interaction":{"interactionId":"`+id+`","caseId":"`+i.CaseID+`","state":"PARKED","media":"hologram"}}`))
		synctest.Wait()
		time.Sleep(50 * time.Millisecond)
		for _, e := range r.model.View().History {
			if e.Interaction != nil && e.Interaction.State == "PARKED" {
				return
			}
		}
		assert.Fail(t, "the state is not shown")
	})
}

func TestSearchAndLinks(t *testing.T) {
	k := model.Key{Name: "CustomerSegment", Text: "Gold card"}
	for search, want := range map[string]bool{"": true, "gold": true, "SEGMENT card": true, "silver": false, "gold silver": false} {
		assert.Equal(t, want, k.Matches(search), search)
	}
	for text, want := range map[string]string{
		"https://a.example/b": "https://a.example/b", "HTTP://a": "HTTP://a", "mailto:a@b.c": "mailto:a@b.c",
		"tel:+331": "", // which the panel dials by itself

		"javascript:alert(1)": "", "data:text/html,x": "", "java\nscript:alert(1)": "", " https://a": "", "https:": "", "text": "", "": "",
		"vbscript:x": "", "blob:https://a": "", "https://a b": "",
	} {
		assert.Equal(t, want, model.Link(text), text)
	}
}

// A press on a button has an outcome that the agent sees, always.
func TestAPressWhileThereIsNoConnectionIsTold(t *testing.T) {
	with(t, func(r *rig) {
		id := r.call()
		r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
		r.do(model.Task{Action: model.Hold, On: id})
		time.Sleep(20 * time.Second)
		require.Equal(t, model.Lost, r.model.View().Phase)
		r.model.TryAgain() // which WWE does not answer
		r.settle()
		before := len(r.host.Requests())
		assert.False(t, r.do(model.Task{Action: model.HangUp, On: id}))
		assert.Len(t, r.host.Requests(), before, "nothing is sent")
		f := r.model.View().Failures[1]
		assert.Equal(t, []any{model.HangUp, id, model.ReasonClosed, wwe.CategoryConnection}, []any{f.Action, f.On, f.Reason, f.Who})
		assert.False(t, r.model.View().Selected.Offer(model.HangUp).Pending)

		r.model.Select(id) // the choice in the panel needs no connection
		r.settle()
		assert.Len(t, r.model.View().Failures, 2)
		r.host.ClearFaults()
		r.model.TryAgain()
		time.Sleep(time.Minute)
		assert.True(t, r.do(model.Task{Action: model.HangUp, On: id}))
	})
}

// The page may take the iframe that WWE runs in away and insert it again.
func TestWhileTheIframeIsMissingTheAgentIsToldWhich(t *testing.T) {
	m := model.New(model.Options{Frame: "wwe", Connect: func(context.Context) (*wwe.Service, error) {
		return nil, fmt.Errorf("wwe: Connect: %w: WithFrame: the page has no element with the id wwe", wwe.ErrNotEmbedded)
	}})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go m.Run(ctx)
	require.Eventually(t, func() bool { return m.View().Phase == model.NotEmbedded }, 10*time.Second, time.Millisecond)
	problem := m.View().Problem
	assert.Equal(t, []any{model.ReasonNoFrame, "wwe", wwe.CategoryConnection}, []any{problem.Reason, problem.Said, problem.Who})
}

func TestWWEsPageAppears(t *testing.T) {
	connects := 0
	count := func(o *model.Options) {
		connect := o.Connect
		o.Connect = func(ctx context.Context) (*wwe.Service, error) {
			connects++
			return connect(ctx)
		}
	}
	t.Run("while there is no connection", func(t *testing.T) {
		with(t, func(r *rig) {
			r.stop()
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			r.open(count)
			for r.model.View().Phase != model.Silent {
				time.Sleep(100 * time.Millisecond)
			}
			connects = 0
			r.host.ClearFaults()
			r.model.Appeared()
			synctest.Wait()
			assert.Equal(t, 1, connects)
		})
	})
	t.Run("which a connection that is lost follows by itself", func(t *testing.T) {
		with(t, func(r *rig) {
			id := r.call()
			r.host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
			r.do(model.Task{Action: model.Hold, On: id})
			time.Sleep(20 * time.Second)
			require.Equal(t, model.Lost, r.model.View().Phase)
			connects = 0
			r.model.Appeared()
			r.settle()
			assert.Zero(t, connects, "an action at this moment would be refused")
		}, count)
	})
}

func TestTheAgentsStateIsFollowedAlsoIfWWEIgnoredASubscription(t *testing.T) {
	with(t, func(r *rig) {
		r.stop()
		r.host.Fault(wwetest.Fault{Request: "system.getAllowedServices", Kind: wwetest.FaultKindDelay, Delay: 5 * time.Second, Next: 1})
		r.open()
		r.host.ClearFaults()
		r.host.Fault(wwetest.Fault{Request: "subscribe", Next: 2})
		time.Sleep(time.Minute)
		require.NoError(t, r.host.SetAgentState("NotReady"))
		r.settle()
		assert.Equal(t, "NotReady", r.model.View().Agent.State.OperationName)
	})
}

// WWE is loaded anew around a panel that stays, and counts its ids from 1 again.
func TestARefreshThatReusesIdsMovesTheAgentToNoOtherCall(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(func(c *wwetest.Config) { c.ReuseIDs = true })
		gone := r.call()
		require.NoError(t, r.host.HangUp(gone))
		require.NoError(t, r.host.MarkDone(gone))
		var ids []string
		for _, ani := range []string{"Anna", "Bert"} {
			id := r.host.Ring(wwetest.Call{ANI: ani})
			require.NoError(t, r.host.Answer(id))
			ids = append(ids, id)
		}
		r.settle()
		r.model.Select(ids[0])
		r.settle()
		before := r.model.View()
		require.Equal(t, "Anna", before.Selected.ANI)
		var told []string
		r.mu.Lock()
		r.hear = func(event string, d model.Detail) { told = append(told, event+" "+d[len(d)-1].Text) }
		r.mu.Unlock()
		r.host.Restart()
		time.Sleep(time.Minute)
		after := r.model.View()
		require.Equal(t, "Anna", after.Selected.ANI)
		assert.Equal(t, before.Selected.Key, after.Selected.Key)
		assert.NotEqual(t, before.Selected.InteractionID, after.Selected.InteractionID)
		assert.Empty(t, told, "nothing has happened")
	})
}

// An action that WWE forgets when it is loaded anew is the call's of that time.
func TestAnActionUnderWayIsNotTheNextOnesThatHasTheId(t *testing.T) {
	with(t, func(r *rig) {
		r.host.Configure(func(c *wwetest.Config) { c.ReuseIDs = true })
		gone := r.call()
		require.NoError(t, r.host.Do(gone, wwetest.ActionHangUp))
		require.NoError(t, r.host.MarkDone(gone))
		anna, bert := r.call(), r.call()
		r.model.Select(anna)
		r.settle()
		key := r.model.View().Selected.Key
		r.host.Fault(wwetest.Fault{Request: "voice.hangUp"})
		failed := make(chan bool, 1)
		require.True(t, r.model.Do(model.Task{Action: model.HangUp, On: anna}, func(ok bool) { failed <- !ok }))
		r.host.Restart()
		require.True(t, <-failed)
		r.settle()
		v := r.model.View()
		require.Len(t, v.Failures, 1)
		assert.Equal(t, key, v.Failures[0].Item)
		assert.Equal(t, v.Selected.InteractionID, v.Failures[0].On)
		assert.NotEqual(t, anna, v.Failures[0].On)
		assert.NotEqual(t, anna, bert)
	})
}

package model

import (
	"context"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

// Task is an action with its arguments.
type Task struct {
	Action   Action
	On       string       // the interaction
	CaseID   string       // of SelectCase
	Key      string       // of user data
	Value    any          // of user data
	Target   wwe.Target   // of Consult, Transfer, Conference
	UserData wwe.UserData // to pass to the target
	Message  string       // of BlockMarkDone
	Media    string       // of SetMediaState
	Number   string       // of Dial
	State    string       // the operation name of SetAgentState and SetMediaState
}

// task identifies a pending action: an equal one cannot start meanwhile.
type task struct {
	action Action
	item   int    // the item's key, because WWE may give its id to another one while the task is pending
	key    string // of user data, or the media
}

func (t *Task) key(on *item) task {
	k := task{t.Action, 0, t.Key}
	if t.Action == SetMediaState {
		k.key = t.Media
	}
	if on != nil {
		k.item = on.key
	}
	return k
}

// settleTime is how long an accepted action stays pending until its effect shows, so that the agent
// cannot press its button twice.
const settleTime = time.Second

// Do starts an action. Unless done is nil, Do calls it once the action has ended, with whether the action
// succeeded. Do returns false and does nothing if an equal action is pending or WWE does not allow this page
// to perform it. It also does nothing if mark done waits for a disposition, or if the agent is too busy to
// dial. Without a connection the action starts and fails, so that the agent sees the failure.
func (m *Model) Do(t Task, done func(succeeded bool)) bool {
	var svc *wwe.Service
	revision := 0
	m.mu.Lock()
	on := m.items[t.On]
	key := t.key(on)
	began := !m.pending[key] && m.allows(t.Action) && !(t.Action == MarkDone && m.waitsForDisposition(on)) && !(t.Action == Dial && m.isBusy())
	if began {
		svc = m.svc
		m.pending[key] = true
		if on != nil {
			revision = on.revision
			if t.Action == DeleteUserData {
				m.deleting(on, t.Key)
			}
		}
	}
	m.mu.Unlock()
	if !began {
		return false
	}
	m.options.Changed()
	go func() {
		var err error
		if t.Action == MarkDone {
			if err = m.saveBeforeMarkDone(on); err == nil && on != nil {
				t.On, err = m.idOf(on)
			}
		}
		if err == nil {
			err = t.send(svc)
		}
		if err == nil && t.hasEffect() {
			m.awaitEffect(on, revision)
		}
		if err == nil && (t.Action == Dial || t.Action == CallPreview) {
			m.await(func() bool { return m.isBusy() || m.svc == nil })
		}
		m.change(func() {
			delete(m.pending, key)
			m.hear(err)
			m.over(&t, on, err)
			if t.Action == SetUserData {
				m.saveLater() // an entry may have waited for the same key
			}
		})
		if done != nil {
			done(err == nil)
		}
	}()
	return true
}

// over applies the result of a task on an item, which may be nil.
func (m *Model) over(t *Task, on *item, err error) {
	key := t.key(on)
	if err == errNotSaved {
		return // saving has recorded its own failure
	}
	if t.Action == DeleteUserData && on != nil {
		m.isDeleted(on, t.Key, err == nil)
	}
	if err != nil {
		f := m.explain(err)
		f.Action, f.On, f.Key = t.Action, t.On, key.key
		m.explainKeys(f, t, on)
		m.fail(f, on)
		return
	}
	m.clearFailure(t.Action, key.item, key.key)
	switch t.Action {
	case BlockMarkDone, UnblockMarkDone:
		m.clearFailure(MarkDone, key.item, "")
		if m.isThere(on) {
			m.setBlocked(on, t.Action == BlockMarkDone)
		}
	case MarkDone:
		m.closeWrapUp(on)
		return
	case Consult, Transfer, Conference:
		m.remember(t.Target)
	case Dial:
		m.remember(wwe.Target{Type: wwe.TargetTypeCustomContact, Destination: t.Number})
		return // WWE's own event reports it, as below
	case MuteMicrophone, UnmuteMicrophone:
		m.microphone.muted = t.Action == MuteMicrophone
	case SelectCase, SetAgentState, SetMediaState, Accept, Hold, Resume, HangUp, EndConsultation, CallPreview:
		return // WWE's own event reports it
	}
	entry := &Entry{Kind: Succeeded, Level: Polite, Action: t.Action, Key: t.Key}
	if on != nil {
		entry.Interaction = on.Interaction
	}
	m.record(entry)
}

// isThere reports whether WWE holds the item. It is false for nil.
func (m *Model) isThere(i *item) bool { return i != nil && m.items[i.InteractionID] == i }

// idOf returns the item's current id in WWE. After WWE was reloaded, its old id may
// belong to another interaction.
func (m *Model) idOf(i *item) (id string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isThere(i) {
		return "", wwe.ErrNotFound
	}
	return i.InteractionID, nil
}

// hasEffect reports whether the action changes the interaction itself.
func (t *Task) hasEffect() bool {
	switch t.Action {
	case Accept, Reject, Hold, Resume, HangUp, EndConsultation, MarkDone, CompleteTransfer, CompleteConference,
		StartRecording, PauseRecording, ResumeRecording, StopRecording:
		return true
	}
	return false
}

func (m *Model) awaitEffect(on *item, revision int) {
	m.await(func() bool { return !m.isThere(on) || on.revision != revision || m.svc == nil })
}

// await waits until isShown reports true after a round, at most settleTime.
func (m *Model) await(isShown func() bool) {
	limit := eventloop.After(settleTime)
	for {
		m.mu.Lock()
		applied := m.applied
		shows := isShown()
		m.mu.Unlock()
		if shows {
			return
		}
		select {
		case <-applied:
		case <-limit:
			return
		}
	}
}

// firstRecord is the handle of the number to call. A record can have a chain of numbers, the first of which
// WWE shows.
const firstRecord = 1

func (t *Task) send(svc *wwe.Service) error {
	if svc == nil {
		return wwe.ErrClosed
	}
	ctx := context.Background()
	switch t.Action {
	case Consult:
		return svc.Interaction.Consult(ctx, t.On, t.Target, t.UserData, nil)
	case Transfer:
		return svc.Interaction.SingleStepTransfer(ctx, t.On, t.Target, t.UserData, nil)
	case Conference:
		return svc.Interaction.SingleStepConference(ctx, t.On, t.Target, t.UserData, nil)
	case BlockMarkDone:
		return svc.Interaction.BlockMarkDone(ctx, t.On, t.Message)
	case SetUserData:
		return svc.Interaction.SetUserData(ctx, t.On, wwe.UserData{t.Key: t.Value})
	case DeleteUserData:
		return svc.Interaction.DeleteUserData(ctx, t.On, t.Key)
	case SelectCase:
		return svc.Interaction.SelectCaseByCaseID(ctx, t.CaseID)
	case SetAgentState:
		return svc.Agent.SetState(ctx, t.State)
	case Dial:
		_, err := svc.Voice.Dial(ctx, t.Number, nil)
		return err
	case CallPreview:
		return svc.Outbound.CallPreviewRecord(ctx, t.On, firstRecord)
	case MuteMicrophone:
		return svc.SIPEndpoint.MuteMicrophone(ctx)
	case UnmuteMicrophone:
		return svc.SIPEndpoint.UnmuteMicrophone(ctx)
	case SetMediaState:
		return svc.Media.SetState(ctx, t.Media, t.State)
	}
	_, err := svc.Call(ctx, t.Action.Request(), t.On) // the other actions need only the interaction
	return err
}

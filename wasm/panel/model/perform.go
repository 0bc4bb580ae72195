package model

import (
	"context"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

// Task is an action with what it needs.
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
	State    string       // the operation name of SetAgentState and SetMediaState
}

// task is what cannot be under way twice.
type task struct {
	action Action
	on     string
	key    string // of user data, or the media
}

func (t *Task) key() task {
	key := t.Key
	if t.Action == SetMediaState {
		key = t.Media
	}
	return task{t.Action, t.On, key}
}

// settleTime is how long an action that WWE has granted stays under way while
// its effect is awaited, so that nobody presses twice in between.
const settleTime = time.Second

// Do begins an action and calls done, if that is not nil, once it is over; it
// tells whether it succeeded. It does nothing and returns false if the same is
// under way already or WWE does not let this page do it. Without a connection
// the action fails, so that the agent sees that it was in vain.
func (m *Model) Do(t Task, done func(succeeded bool)) bool {
	var svc *wwe.Service
	revision := 0
	m.mu.Lock()
	began := !m.pending[t.key()] && m.allows(t.Action)
	if began {
		svc = m.svc
		m.pending[t.key()] = true
		m.clearFailure(t.Action, t.On, t.key().key)
		if i := m.items[t.On]; i != nil {
			revision = i.revision
		}
	}
	m.mu.Unlock()
	if !began {
		return false
	}
	m.options.Changed()
	go func() {
		err := t.send(svc)
		if err == nil && t.hasEffect() {
			m.awaitEffect(t.On, revision)
		}
		m.change(func() {
			delete(m.pending, t.key())
			m.over(&t, err)
		})
		if done != nil {
			done(err == nil)
		}
	}()
	return true
}

func (m *Model) over(t *Task, err error) {
	if err != nil {
		f := m.explain(err)
		f.Action, f.On, f.Key = t.Action, t.On, t.key().key
		m.fail(f)
		return
	}
	i := m.items[t.On]
	switch t.Action {
	case BlockMarkDone, UnblockMarkDone:
		m.clearFailure(MarkDone, t.On, "")
		if i != nil {
			m.setBlocked(i, t.Action == BlockMarkDone)
		}
	case SelectCase, SetAgentState, SetMediaState, Accept, Hold, Resume, HangUp, MarkDone:
		return // WWE's own event tells
	}
	entry := &Entry{Kind: Succeeded, Level: Polite, Action: t.Action, Key: t.Key}
	if i != nil {
		entry.Interaction = i.Interaction
	}
	m.record(entry)
}

// hasEffect tells of the actions whose effect on the interaction itself shows.
func (t *Task) hasEffect() bool {
	switch t.Action {
	case Accept, Reject, Hold, Resume, HangUp, MarkDone, CompleteTransfer, CompleteConference,
		StartRecording, PauseRecording, ResumeRecording, StopRecording:
		return true
	}
	return false
}

func (m *Model) awaitEffect(id string, revision int) {
	limit := eventloop.After(settleTime)
	for {
		m.mu.Lock()
		i, applied := m.items[id], m.applied
		shows := i == nil || i.revision != revision || m.svc == nil
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
	case SetMediaState:
		return svc.Media.SetState(ctx, t.Media, t.State)
	}
	_, err := svc.Call(ctx, t.Action.Request(), t.On) // the others need nothing but the interaction
	return err
}

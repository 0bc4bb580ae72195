package model

import (
	"context"
	"errors"
	"time"

	"wwebridge/wasm/wwe"
)

// resting is how long after the last key an agent who types is taken to rest.
const resting = time.Second

// EnterWrapUp takes over what the agent enters, and saves it once the agent has
// left the field or rests. Until WWE has it, the next page has it too.
func (m *Model) EnterWrapUp(id string, f WrapUpField, text string, left bool) {
	var i *item
	var e *entry
	rests := false // the agent will, if nothing else is typed
	m.change(func() {
		i = m.items[id]
		if i == nil || m.options.WrapUp.key(f) == "" {
			return
		}
		e = i.entries[f]
		switch {
		case e != nil && e.text == text: // as when the agent leaves the field
		case e != nil && e.saving != nil: // this one is next
			e.text, e.ready = text, false
		case e != nil && e.saved:
			e = &entry{text: text}
		case text == m.heldText(i, f):
			m.clearFailure(SetUserData, i.key, m.options.WrapUp.key(f))
			e = nil
		case e != nil:
			e = &entry{text: text, why: e.why}
		default:
			e = &entry{text: text}
		}
		i.entries[f] = e
		i.closed = false
		if e != nil {
			e.ready = e.ready || left
			rests = e.why == nil // or else WWE would refuse at every rest
		}
		m.keepWrapUp(i)
	})
	switch {
	case e == nil:
	case left:
		m.save(i, f)
	case rests:
		time.AfterFunc(resting, func() {
			m.mu.Lock()
			isSame := i.entries[f] == e && e.text == text
			e.ready = e.ready || isSame
			m.mu.Unlock()
			if isSame {
				m.save(i, f)
			}
		})
	}
}

// SaveWrapUp tries again to save what WWE has not taken.
func (m *Model) SaveWrapUp(id string) {
	m.mu.Lock()
	i := m.items[id]
	if i != nil {
		for _, e := range i.entries {
			if e != nil {
				e.ready, e.failed = true, false
			}
		}
	}
	m.mu.Unlock()
	if i != nil {
		m.save(i, DispositionField)
		m.save(i, NoteField)
	}
}

// save sends what is entered, if that is not under way and was not refused. It
// returns what is closed once WWE has answered, nil if nothing is under way.
func (m *Model) save(i *item, f WrapUpField) (saving <-chan struct{}) {
	key := m.options.WrapUp.key(f)
	t := task{SetUserData, i.key, key}
	m.mu.Lock()
	e, svc, id := i.entries[f], m.svc, i.InteractionID
	switch {
	case e == nil:
		m.mu.Unlock()
		return nil
	case e.saving != nil, !e.ready, e.saved, e.failed, svc == nil, !m.isThere(i), m.pending[t]:
		saving := e.saving
		m.mu.Unlock()
		return saving
	}
	over := make(chan struct{})
	e.saving = over
	text := e.text
	e.before = m.heldText(i, f)
	m.pending[t] = true
	m.clearFailure(SetUserData, i.key, key)
	m.mu.Unlock()
	m.options.Changed()
	go func() {
		err := svc.Interaction.SetUserData(context.Background(), id, wwe.UserData{key: text})
		m.change(func() {
			delete(m.pending, t)
			e.saving = nil
			m.answered(i, f, e, text, err)
		})
		close(over)
		m.save(i, f) // what was entered meanwhile
	}()
	return over
}

// answered takes over what became of the text of an entry.
func (m *Model) answered(i *item, f WrapUpField, e *entry, text string, err error) {
	switch {
	case err != nil && e.text != text:
		// The next text has its own fate.
	case err == nil && e.text != text:
		e.before = text
	case err == nil:
		e.saved, e.why = true, nil
		m.record(&Entry{Kind: Succeeded, Level: Polite, Action: SetUserData, Key: m.options.WrapUp.key(f), Interaction: i.Interaction})
	case errors.Is(err, wwe.ErrClosed): // it is sent by the next connection
	default:
		e.failed, e.why = true, m.explain(err)
		e.why.Action, e.why.Key = SetUserData, m.options.WrapUp.key(f)
		if m.isThere(i) {
			m.fail(e.why, i)
		}
	}
	m.keepWrapUp(i)
}

// errNotSaved: mark done has stopped, so that the agent sees what WWE has not
// taken before it is gone here too.
var errNotSaved = errors.New("the wrap-up is not saved")

// saveBeforeMarkDone saves what is entered. It fails if WWE does not take it
// now: what WWE has refused before, the agent has seen.
func (m *Model) saveBeforeMarkDone(i *item) error {
	if i == nil {
		return nil
	}
	seen := entries{}
	m.mu.Lock()
	for f, e := range i.entries {
		if e != nil {
			e.ready = true
			if e.failed {
				seen[f] = e
			}
		}
	}
	m.mu.Unlock()
	for range 2 { // an older text may be under way
		disposition, note := m.save(i, DispositionField), m.save(i, NoteField)
		for _, saving := range [...]<-chan struct{}{disposition, note} {
			if saving != nil {
				<-saving
			}
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for f, e := range i.entries {
		isPending := m.pending[task{SetUserData, i.key, m.options.WrapUp.key(WrapUpField(f))}] // perhaps of the table's
		if e != nil && (e.failed && seen[f] != e || !e.saved && isPending) {
			return errNotSaved
		}
	}
	return nil
}

// closeWrapUp forgets what concerned an interaction that was marked done here.
func (m *Model) closeWrapUp(i *item) {
	if i == nil {
		return
	}
	i.closed = true
	for _, f := range [...]WrapUpField{DispositionField, NoteField} {
		if key := m.options.WrapUp.key(f); key != "" {
			m.clearFailure(SetUserData, i.key, key)
		}
	}
	m.keepWrapUp(i)
}

// followWrapUp goes on with an item that WWE has told something new of, or that
// is new itself.
func (m *Model) followWrapUp(i *item, now time.Time) {
	if over := isOver(i.State); over != !i.ended.IsZero() {
		i.ended = time.Time{}
		if over {
			i.ended = now
		}
		m.keepWrapUp(i)
	}
	for f, e := range i.entries {
		if e == nil || e.saving != nil {
			continue
		}
		held := m.heldText(i, WrapUpField(f))
		if held == e.text || e.saved && held != e.before {
			i.entries[f] = nil
			m.clearFailure(SetUserData, i.key, m.options.WrapUp.key(WrapUpField(f)))
			m.keepWrapUp(i)
		}
	}
}

// retryWrapUps has saveLater send what a WWE that answers again left without an answer.
func (m *Model) retryWrapUps() {
	for _, i := range m.order {
		for _, e := range i.entries {
			if e != nil && e.failed && e.why.Reason == ReasonSilent {
				e.failed = false
			}
		}
	}
}

// saveLater sends what waits for a connection.
func (m *Model) saveLater() {
	for _, i := range m.order {
		for f, e := range i.entries {
			if e != nil && e.ready && !e.saved && !e.failed && e.saving == nil {
				m.tell = append(m.tell, func() { m.save(i, WrapUpField(f)) })
			}
		}
	}
}

package model

import (
	"context"
	"errors"
	"time"

	"wwebridge/wasm/wwe"
)

// resting is the time after the last key press until the agent counts as having stopped typing.
const resting = time.Second

// EnterWrapUp records an entry and saves it once the agent has left the field or stopped typing. Until
// WWE has it, it is kept for the next page.
func (m *Model) EnterWrapUp(id string, f WrapUpField, text string, left bool) {
	var i *item
	var e *entry
	rests := false // save it after a rest, unless the agent types on
	m.change(func() {
		i = m.items[id]
		if i == nil || m.options.WrapUp.key(f) == "" {
			return
		}
		e = i.entries[f]
		switch {
		case e != nil && e.text == text: // for example when the agent leaves the field
		case e != nil && e.saving != nil: // this text is saved next
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
			rests = e.why == nil // otherwise WWE would refuse it at every rest
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

// SaveWrapUp saves the entries again that WWE has not accepted.
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

// save sends an entry, unless it is already being saved or was refused. The channel it returns is closed
// once WWE has answered. It returns nil if nothing is being saved.
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
		m.save(i, f) // save the text that was entered meanwhile
	}()
	return over
}

// answered records the result of saving an entry's text.
func (m *Model) answered(i *item, f WrapUpField, e *entry, text string, err error) {
	switch {
	case err != nil && e.text != text:
		// The newer text is saved on its own.
	case err == nil && e.text != text:
		e.before = text
	case err == nil:
		e.saved, e.why = true, nil
		m.record(&Entry{Kind: Succeeded, Level: Polite, Action: SetUserData, Key: m.options.WrapUp.key(f), Interaction: i.Interaction})
	case errors.Is(err, wwe.ErrClosed): // the next connection sends it
	default:
		e.failed, e.why = true, m.explain(err)
		e.why.Action, e.why.Key = SetUserData, m.options.WrapUp.key(f)
		if m.isThere(i) {
			m.fail(e.why, i)
		}
	}
	m.keepWrapUp(i)
}

// errNotSaved stops mark done, so that the agent sees which entry WWE has not accepted before the
// interaction is gone from the panel.
var errNotSaved = errors.New("the wrap-up is not saved")

// saveBeforeMarkDone saves the entries. It returns errNotSaved if WWE refuses one now. An earlier refusal
// does not count, because the agent has seen it.
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
	for range 2 { // an older text may still be being saved
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

// closeWrapUp discards the failures and kept entries of an interaction that was marked done in this
// panel.
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

// followWrapUp updates the wrap-up of a new or changed item.
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

// retryWrapUps lets saveLater send the entries again that WWE did not answer before the connection
// recovered.
func (m *Model) retryWrapUps() {
	for _, i := range m.order {
		for _, e := range i.entries {
			if e != nil && e.failed && e.why.Reason == ReasonSilent {
				e.failed = false
			}
		}
	}
}

// saveLater sends the entries that waited for a connection.
func (m *Model) saveLater() {
	for _, i := range m.order {
		for f, e := range i.entries {
			if e != nil && e.ready && !e.saved && !e.failed && e.saving == nil {
				m.tell = append(m.tell, func() { m.save(i, WrapUpField(f)) })
			}
		}
	}
}

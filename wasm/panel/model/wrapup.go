package model

import (
	"context"
	"errors"
	"time"

	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// WrapUpOptions are what the page wants to know of each interaction before it is closed.
type WrapUpOptions struct {
	Dispositions   []Disposition // to choose from; none for no disposition
	DispositionKey string        // of user data; "" is DefaultDispositionKey
	NoteKey        string        // of user data; "" for no note
	Required       bool          // mark done waits for a disposition
}

// Disposition is what can be chosen: the value for WWE, with its name for the agent.
type Disposition struct{ Value, Label string }

// DefaultDispositionKey is the default of WWE's option interaction.disposition.key-name.
const DefaultDispositionKey = "DispositionCode"

// WrapUpField is what the agent enters in a wrap-up.
type WrapUpField int

// The fields.
const (
	DispositionField WrapUpField = iota
	NoteField
)

// entries are what the agent has entered, by field; nil is nothing that WWE
// does not have.
type entries [2]*entry

// entry is a text that the agent has entered, until WWE's user data has it.
type entry struct {
	text   string
	before string        // what WWE had instead
	ready  bool          // the agent has left the field, or rests
	saving chan struct{} // closed once WWE has answered; nil while nothing is under way
	saved  bool          // WWE has taken it
	failed bool          // WWE has not taken it
	why    *Failure      // of the last failure, until a text is saved; nil for none
}

// Progress is how far WWE has what the agent sees in a field.
type Progress int

// The values of Progress.
const (
	NothingEntered Progress = iota
	NotYetSaved
	Saving
	Saved
	NotSaved
)

// Entered is a field of a wrap-up.
type Entered struct {
	Key      string // of user data
	Text     string
	Progress Progress
	Why      *Failure // why WWE has not taken it, also while that is tried again; nil for none
}

// WrapUp is what closes an interaction. The agent can enter it before the end,
// because most WWEs take no user data of a call that is over.
type WrapUp struct {
	IsOver            bool
	Ended             time.Time // if it is over
	Dispositions      []Disposition
	Disposition, Note *Entered // nil if the page does not ask for it
	Waits             bool     // mark done waits for a disposition
}

// Shows tells whether the wrap-up shows the failure, with what to do.
func (w *WrapUp) Shows(f *Failure) bool {
	return w != nil && (w.Disposition != nil && w.Disposition.Why == f || w.Note != nil && w.Note.Why == f)
}

// key is the field's key of user data, "" if the page does not ask for it.
func (o *WrapUpOptions) key(f WrapUpField) string {
	if f == NoteField {
		return o.NoteKey
	}
	if len(o.Dispositions) == 0 {
		return ""
	}
	return o.DispositionKey
}

// isWrappedUp: a consultation ends with the customer's interaction, and what is
// offered may go to somebody else.
func isWrappedUp(i *wwe.Interaction) bool { return !i.IsConsultation && !IsOffered(i) }

// wrapUp is nil where there is nothing to say. What has been entered shows for
// as long as WWE holds the interaction.
func (m *Model) wrapUp(i *item, canMarkDone bool) *WrapUp {
	if !isWrappedUp(i.Interaction) {
		return nil
	}
	w := &WrapUp{
		IsOver: isOver(i.State), Ended: i.ended, Dispositions: m.options.WrapUp.Dispositions,
		Disposition: m.entered(i, DispositionField), Note: m.entered(i, NoteField),
		Waits: m.waitsForDisposition(i),
	}
	asks := w.Disposition != nil || w.Note != nil
	if w.IsOver && !canMarkDone && i.entries == (entries{}) || !w.IsOver && !asks {
		return nil
	}
	return w
}

func (m *Model) entered(i *item, f WrapUpField) *Entered {
	key := m.options.WrapUp.key(f)
	if key == "" {
		return nil
	}
	shown := &Entered{Key: key, Text: m.textOf(i, f), Progress: Saved}
	switch e := i.entries[f]; {
	case e == nil && shown.Text == "":
		shown.Progress = NothingEntered
	case e == nil, e.saved:
	case e.saving != nil:
		shown.Progress, shown.Why = Saving, e.why
	case e.failed:
		shown.Progress, shown.Why = NotSaved, e.why
	default:
		shown.Progress, shown.Why = NotYetSaved, e.why
	}
	return shown
}

// textOf is the agent's own word, else WWE's.
func (m *Model) textOf(i *item, f WrapUpField) string {
	if e := i.entries[f]; e != nil {
		return e.text
	}
	return m.heldText(i, f)
}

func (m *Model) heldText(i *item, f WrapUpField) string {
	if value, has := i.UserData[m.options.WrapUp.key(f)]; has {
		return look.Value(value)
	}
	return ""
}

// waitsForDisposition tells whether mark done does so. A disposition that WWE
// has not taken suffices, so that nobody is trapped.
func (m *Model) waitsForDisposition(i *item) bool {
	return i != nil && m.options.WrapUp.Required && m.options.WrapUp.key(DispositionField) != "" &&
		isWrappedUp(i.Interaction) && m.textOf(i, DispositionField) == ""
}

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
		if e != nil && e.failed && seen[f] != e {
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

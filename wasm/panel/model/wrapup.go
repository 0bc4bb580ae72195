package model

import (
	"time"

	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
)

// WrapUpOptions configures the data to collect before an interaction is closed.
type WrapUpOptions struct {
	Dispositions   []Disposition // to choose from; if empty, the panel asks for no disposition
	DispositionKey string        // the user data key; "" means DefaultDispositionKey
	NoteKey        string        // the user data key; "" for no note
	Required       bool          // mark done waits for a disposition
}

// Disposition is a choice: the value for WWE, and the name that the agent sees.
type Disposition struct {
	_            [0]func() // not comparable: less code
	Value, Label string
}

// DefaultDispositionKey is the default of WWE's option interaction.disposition.key-name.
const DefaultDispositionKey = "DispositionCode"

// WrapUpField is a field that the agent fills in during wrap-up.
type WrapUpField int

// The fields.
const (
	DispositionField WrapUpField = iota
	NoteField
)

// entries holds the agent's entries by field. An entry is nil if WWE already has the text shown.
type entries [2]*entry

// entry is a text that the agent has entered, until it appears in WWE's user data.
type entry struct {
	_      [0]func() // not comparable: less code
	text   string
	before string        // WWE's text when saving began
	ready  bool          // the agent has left the field or stopped typing
	saving chan struct{} // closed once WWE has answered; nil while nothing is being saved
	saved  bool          // WWE has accepted it
	failed bool          // WWE has not accepted it
	why    *Failure      // the last failure, until a text is saved; nil for none
}

// Progress is whether WWE has the text that the agent sees in a field.
type Progress int

// The values of Progress.
const (
	NothingEntered Progress = iota
	NotYetSaved
	Saving
	Saved
	NotSaved
)

// Entered is a field of a wrap-up with its text.
type Entered struct {
	_        [0]func() // not comparable: less code
	Key      string    // of user data
	Text     string
	Progress Progress
	Why      *Failure // why WWE has not accepted it, kept during a retry; nil for none
}

// WrapUp is the data to collect before an interaction is closed. The agent can enter it before the
// interaction ends, because most WWEs accept no user data for a call that is over.
type WrapUp struct {
	IsOver            bool
	Ended             time.Time // if it is over
	Dispositions      []Disposition
	Disposition, Note *Entered // nil if the page does not ask for it
	Waits             bool     // mark done waits for a disposition
}

// Shows reports whether the wrap-up itself shows the failure and how to fix it.
func (w *WrapUp) Shows(f *Failure) bool {
	return w != nil && (w.Disposition != nil && w.Disposition.Why == f || w.Note != nil && w.Note.Why == f)
}

// key returns the field's user data key, or "" if the page does not ask for the field.
func (o *WrapUpOptions) key(f WrapUpField) string {
	if f == NoteField {
		return o.NoteKey
	}
	if len(o.Dispositions) == 0 {
		return ""
	}
	return o.DispositionKey
}

// isWrappedUp reports whether the interaction has a wrap-up. A consultation ends with the customer's
// interaction, and an offered interaction may go to another agent.
func isWrappedUp(i *wwe.Interaction) bool { return !i.IsConsultation && !IsOffered(i) }

// wrapUp returns the wrap-up to show, or nil if there is none. The agent's entries show for as long as
// WWE holds the interaction.
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

// textOf returns the agent's entry, or WWE's text if there is no entry.
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

// waitsForDisposition reports whether mark done waits for a disposition. One that WWE has not accepted is
// enough, so that the agent is never stuck.
func (m *Model) waitsForDisposition(i *item) bool {
	return i != nil && m.options.WrapUp.Required && m.options.WrapUp.key(DispositionField) != "" &&
		isWrappedUp(i.Interaction) && m.textOf(i, DispositionField) == ""
}

package model

import (
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

package model

import (
	"errors"
	"slices"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
)

// Reason is why something failed, as far as the difference matters to an agent.
type Reason string

// The reasons.
const (
	ReasonRefused    Reason = "refused"    // WWE refused; Failure.Said is WWE's message, if any
	ReasonForbidden  Reason = "forbidden"  // WWE does not allow this page to use the request
	ReasonKey        Reason = "key"        // WWE does not allow this page to change the user data key Failure.Said
	ReasonSilent     Reason = "silent"     // WWE did not answer
	ReasonGone       Reason = "gone"       // WWE does not hold the interaction any more
	ReasonClosed     Reason = "closed"     // there was no connection, or it ended meanwhile
	ReasonArgument   Reason = "argument"   // the argument is invalid
	ReasonAlone      Reason = "alone"      // the page is not embedded in WWE
	ReasonNoFrame    Reason = "noFrame"    // the page has no iframe Failure.Said for WWE
	ReasonLoading    Reason = "loading"    // the iframe for WWE has not finished loading
	ReasonUnreadable Reason = "unreadable" // WWE sent data that the panel cannot read
	ReasonOther      Reason = "other"
)

// Failure describes a failure, its reason, and who can fix it.
type Failure struct {
	_      [0]func() // not comparable: less code
	ID     int
	Action Action // "" for the connection
	On     string // the interaction id at that time; "" for the agent's own state
	Item   int    // its Key, 0 for none
	Key    string // of user data, or the media
	Reason Reason
	Said   string // WWE's message, or the key or iframe id of the Reason; "" for none
	Error  string // the whole error
	Who    wwe.Category
	Option string // WWE's option that forbids it; "" for none or unknown
	Times  int    // consecutive equal failures
}

// OriginsOption is WWE's option that lists which pages may use which requests.
const OriginsOption = "service-client-api.accepted-web-content-origins"

// explain classifies an error.
func (m *Model) explain(err error) *Failure {
	f := &Failure{Reason: ReasonOther, Error: err.Error(), Who: wwe.CategoryOf(err)}
	refused, isRefused := errors.AsType[*wwe.RequestError](err)
	argument, isArgument := errors.AsType[*wwe.ArgumentError](err)
	switch {
	case isRefused:
		f.Reason, f.Said = ReasonRefused, refused.Message
		if f.Who == wwe.CategoryConfiguration {
			f.Reason, f.Option = ReasonForbidden, OriginsOption
		}
	case errors.Is(err, wwe.ErrTimeout):
		f.Reason = ReasonSilent
	case errors.Is(err, wwe.ErrNotFound):
		f.Reason = ReasonGone
	case errors.Is(err, transport.ErrLoading):
		f.Reason = ReasonLoading
	case isUnreadable(err):
		f.Reason = ReasonUnreadable
	case errors.Is(err, wwe.ErrClosed):
		f.Reason, f.Who = ReasonClosed, wwe.CategoryConnection // the model closes it to reconnect
	case errors.Is(err, wwe.ErrNotEmbedded):
		f.Reason = ReasonAlone
		if m.options.Frame != "" { // the page inserts the iframe again; no option of WWE is involved
			f.Reason, f.Said, f.Who = ReasonNoFrame, m.options.Frame, wwe.CategoryConnection
		}
	case isArgument:
		f.Reason, f.Said = ReasonArgument, argument.Problem
	}
	return f
}

// isRefused reports whether WWE answered with an error.
func isRefused(err error) bool {
	_, is := errors.AsType[*wwe.RequestError](err)
	return is
}

// isUnreadable reports whether WWE answered with data that cannot be read.
func isUnreadable(err error) bool {
	_, is := errors.AsType[*wwe.DataError](err)
	return is
}

// unreadable keeps a failure to read interactions until the interactions can be read again, or until the
// agent dismisses the failure.
func (m *Model) unreadable(err error) {
	text := ""
	if isUnreadable(err) {
		text = err.Error()
	}
	switch {
	case text == m.unread:
	case text == "":
		m.clearFailure("", 0, "")
	default:
		m.fail(m.explain(err), nil)
	}
	m.unread = text
}

// fail keeps a failure until it is dismissed or the action succeeds. It replaces an older failure of the
// same action. If the two are equal, it adds up their counts. about is the item that the action was for,
// nil for none.
func (m *Model) fail(f *Failure, about *item) {
	if about != nil {
		f.On, f.Item = about.InteractionID, about.key
	}
	f.Times = 1
	for _, before := range m.failures {
		if before.Item == f.Item && before.LooksLike(f) {
			f.Times += before.Times
		}
	}
	m.clearFailure(f.Action, f.Item, f.Key)
	m.lastID++
	f.ID = m.lastID
	m.failures = append(m.failures, f)
	entry := &Entry{Kind: Failed, Level: Assertive, Action: f.Action, Key: f.Key, Why: f}
	if about != nil {
		entry.Interaction = about.Interaction
	}
	m.record(entry)
	if f.Action != "" {
		m.notify(EventFailed, failureDetail(f))
	}
}

// LooksLike reports whether both failures read the same to the agent.
func (f *Failure) LooksLike(other *Failure) bool {
	return f.Action == other.Action && f.Key == other.Key && f.Error == other.Error
}

func (m *Model) clearFailure(a Action, item int, key string) {
	m.failures = slices.DeleteFunc(m.failures, func(f *Failure) bool { return f.Action == a && f.Item == item && f.Key == key })
}

// Dismiss removes a failure.
func (m *Model) Dismiss(id int) {
	m.change(func() {
		m.failures = slices.DeleteFunc(m.failures, func(f *Failure) bool { return f.ID == id })
	})
}

package model

import (
	"errors"
	"slices"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
)

// Reason is why something failed, in the kinds that an agent can tell apart.
type Reason string

// The reasons.
const (
	ReasonRefused    Reason = "refused"    // WWE said no; Failure.Said is what it said, if anything
	ReasonForbidden  Reason = "forbidden"  // WWE does not let this page use it
	ReasonKey        Reason = "key"        // WWE does not let this page change the user data Failure.Said
	ReasonSilent     Reason = "silent"     // WWE did not answer
	ReasonGone       Reason = "gone"       // WWE does not hold it any more
	ReasonClosed     Reason = "closed"     // there was no connection, or it ended meanwhile
	ReasonArgument   Reason = "argument"   // what was asked for cannot be
	ReasonAlone      Reason = "alone"      // the page is not in WWE
	ReasonNoFrame    Reason = "noFrame"    // the page has no iframe Failure.Said, in which WWE runs
	ReasonLoading    Reason = "loading"    // the iframe that WWE runs in has not loaded it yet
	ReasonUnreadable Reason = "unreadable" // WWE sent what the panel cannot read
	ReasonOther      Reason = "other"
)

// Failure tells what failed, why, and who can do something about it.
type Failure struct {
	ID     int
	Action Action // "" for the connection
	On     string // the interaction id as it was then; "" for the agent's own state
	Item   int    // its Key, 0 for none
	Key    string // of user data, or the media
	Reason Reason
	Said   string // WWE's own words, or what else the reason is about; "" for none
	Error  string // the whole error
	Who    wwe.Category
	Option string // of WWE, which forbids it; "" if none does, or none is known
	Times  int    // that it failed equally, one after the other
}

// OriginsOption is WWE's option that says which pages may use which requests.
const OriginsOption = "service-client-api.accepted-web-content-origins"

// explain sorts an error.
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
		f.Reason, f.Who = ReasonClosed, wwe.CategoryConnection // the model closes it to connect again
	case errors.Is(err, wwe.ErrNotEmbedded):
		f.Reason = ReasonAlone
		if m.options.Frame != "" { // which the page inserts again, and no option of WWE
			f.Reason, f.Said, f.Who = ReasonNoFrame, m.options.Frame, wwe.CategoryConnection
		}
	case isArgument:
		f.Reason, f.Said = ReasonArgument, argument.Problem
	}
	return f
}

// isRefused reports whether WWE answered that it would not.
func isRefused(err error) bool {
	_, is := errors.AsType[*wwe.RequestError](err)
	return is
}

// isUnreadable reports whether WWE answered with data that cannot be read.
func isUnreadable(err error) bool {
	_, is := errors.AsType[*wwe.DataError](err)
	return is
}

// unreadable keeps the failure to read interactions for as long as it lasts, or
// until it is dismissed.
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

// fail keeps a failure until it is dismissed or the action succeeds, in place of
// an older one of the same action, with which it is counted if the two are equal.
// It is about the item, nil for none.
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

// LooksLike reports whether there is the same to tell of both.
func (f *Failure) LooksLike(other *Failure) bool {
	return f.Action == other.Action && f.Key == other.Key && f.Error == other.Error
}

func (m *Model) clearFailure(a Action, item int, key string) {
	m.failures = slices.DeleteFunc(m.failures, func(f *Failure) bool { return f.Action == a && f.Item == item && f.Key == key })
}

// Dismiss takes a failure away.
func (m *Model) Dismiss(id int) {
	m.change(func() {
		m.failures = slices.DeleteFunc(m.failures, func(f *Failure) bool { return f.ID == id })
	})
}

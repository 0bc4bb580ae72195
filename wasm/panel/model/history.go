package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// EntryKind is the kind of event that an Entry records.
type EntryKind string

// The kinds of entries.
const (
	Arrived        EntryKind = "arrived"      // an interaction has appeared
	StateChanged   EntryKind = "stateChanged" // an interaction has the state in Entry.Interaction
	Gone           EntryKind = "gone"         // an interaction has disappeared
	Succeeded      EntryKind = "succeeded"    // the agent's action
	Failed         EntryKind = "failed"
	AgentIs        EntryKind = "agentIs" // the agent's state, or that of the media Entry.Key
	LostConnection EntryKind = "lost"
	NoConnection   EntryKind = "noConnection"
	Recovered      EntryKind = "recovered"
)

// Level says how an Entry is announced to agents who cannot see the panel.
type Level int

// The levels.
const (
	Quiet     Level = iota // not at all
	Polite                 // when there is a pause
	Assertive              // at once: ringing and failures
)

// Entry is an event of this session.
type Entry struct {
	_           [0]func() // not comparable: less code
	N           int       // increases with every entry
	At          time.Time
	Kind        EntryKind
	Level       Level
	Interaction *wwe.Interaction // as it was at that time; nil for none
	Action      Action
	Key         string
	State       wwe.MediaState
	Why         *Failure
}

// historyLength is the maximum number of entries kept.
const historyLength = 100

// record adds entries to the history, in order.
func (m *Model) record(entries ...*Entry) {
	now := time.Now()
	for _, e := range entries {
		m.lastID++
		e.N, e.At = m.lastID, now
		if e.Level != Quiet {
			m.notices = append(m.notices, e)
		}
	}
	m.history = latest(append(m.history, entries...))
	m.notices = latest(m.notices) // they grow while nothing calls Notices
}

// latest returns the last historyLength entries.
func latest(entries []*Entry) []*Entry {
	if surplus := len(entries) - historyLength; surplus > 0 {
		return append([]*Entry(nil), entries[surplus:]...) // the copy lets the others be freed
	}
	return entries
}

package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// EntryKind is what an Entry tells of.
type EntryKind string

// The kinds of entries.
const (
	Arrived        EntryKind = "arrived"      // an interaction is there
	StateChanged   EntryKind = "stateChanged" // it has the state of Entry.Interaction
	Gone           EntryKind = "gone"         // it is not there any more
	Succeeded      EntryKind = "succeeded"    // what the agent did
	Failed         EntryKind = "failed"
	AgentIs        EntryKind = "agentIs" // the agent's state, or that of the media Entry.Key
	LostConnection EntryKind = "lost"
	NoConnection   EntryKind = "noConnection"
	Recovered      EntryKind = "recovered"
)

// Level tells how an Entry is announced to who does not see the panel.
type Level int

// The levels.
const (
	Quiet     Level = iota // not at all
	Polite                 // when there is a pause
	Assertive              // at once: what rings, and what failed
)

// Entry is something that happened in this session.
type Entry struct {
	N           int // counts up
	At          time.Time
	Kind        EntryKind
	Level       Level
	Interaction *wwe.Interaction // as it was then; nil for none
	Action      Action
	Key         string
	State       wwe.MediaState
	Why         *Failure
}

// historyLength bounds what is kept.
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
	m.notices = latest(m.notices) // which grow while nobody takes them
}

// latest returns the last entries, as many as are kept.
func latest(entries []*Entry) []*Entry {
	if surplus := len(entries) - historyLength; surplus > 0 {
		return append([]*Entry(nil), entries[surplus:]...) // which frees the others
	}
	return entries
}

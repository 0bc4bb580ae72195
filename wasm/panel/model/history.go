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

func (m *Model) record(e *Entry) {
	m.lastID++
	e.N, e.At = m.lastID, time.Now()
	m.history = append(m.history, e)
	if surplus := len(m.history) - historyLength; surplus > 0 {
		m.history = m.history[surplus:]
	}
	if e.Level != Quiet {
		m.notices = append(m.notices, e)
		if surplus := len(m.notices) - historyLength; surplus > 0 { // nobody takes them
			m.notices = m.notices[surplus:]
		}
	}
}

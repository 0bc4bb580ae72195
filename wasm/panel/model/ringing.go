package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// Ring is an interaction that waits for the agent to accept or reject it.
type Ring struct {
	Key         int
	Interaction *wwe.Interaction
	Since       time.Time
}

// ringing returns the interactions that ring, in WWE's order. While the
// connection is lost it returns none: they may have stopped ringing.
func (m *Model) ringing() (rings []Ring) {
	if m.phase != Live {
		return nil
	}
	for _, i := range m.order {
		if IsOffered(i.Interaction) {
			rings = append(rings, Ring{i.key, i.Interaction, i.since})
		}
	}
	return rings
}

// rings reports whether the interaction with this Key still rings.
func (m *Model) rings(key int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.ringing() {
		if r.Key == key {
			return true
		}
	}
	return false
}

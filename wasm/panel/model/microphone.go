package model

import (
	"context"

	"wwebridge/wasm/wwe"
)

// microphone is the state of the microphone of the agent's SIP endpoint, as WWE
// last reported it. WWE sends no event when it is muted elsewhere.
type microphone struct{ known, muted bool }

// followMicrophone asks WWE whether the microphone is muted, each time the agent begins or resumes a
// call. If WWE does not answer with a boolean, the agent has no SIP endpoint, and the panel offers no
// microphone button.
func (m *Model) followMicrophone(ctx context.Context, svc *wwe.Service, over <-chan struct{}) {
	const request = "sipEndpoint.isMicrophoneMute"
	before := 0
	for {
		m.mu.Lock()
		applied, now, mayAsk := m.applied, m.talking(), m.allowed.Allows(request)
		m.mu.Unlock()
		if now != before && now != 0 && mayAsk {
			muted, err := svc.SIPEndpoint.IsMicrophoneMute(ctx)
			m.change(func() { m.microphone = microphone{err == nil, muted} })
		}
		before = now
		select {
		case <-applied:
		case <-over:
			return
		}
	}
}

// talking returns the key of the call that the agent is talking in, 0 for none.
func (m *Model) talking() int {
	for _, i := range m.order {
		if i.State == wwe.StateTalking && kindOf(i.Interaction) == voice {
			return i.key
		}
	}
	return 0
}

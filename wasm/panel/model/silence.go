package model

import (
	"context"
	"time"

	"wwebridge/wasm/wwe"
)

// longSilence is how long WWE may give no sign of life before the panel sends a request to check.
const longSilence = time.Minute

// silence detects that WWE has gone without notice while there are interactions to lose. After a long
// silence it sends a cheap request. If WWE does not answer, the Service checks by itself and marks the
// mirror as stale if that check fails too. So a single lost answer does not count as a lost connection.
// The model's lock guards the fields.
type silence struct {
	_      [0]func() // not comparable: less code
	m      *Model
	svc    *wwe.Service
	timer  *time.Timer // nil while it does not watch
	asking bool
}

// watch starts or stops watching.
func (s *silence) watch(is bool) {
	switch {
	case is && s.timer == nil:
		s.timer = time.AfterFunc(longSilence, s.look)
	case !is && s.timer != nil:
		s.timer.Stop()
		s.timer = nil
	}
}

func (s *silence) look() {
	s.m.mu.Lock()
	asks := s.timer != nil && !s.asking
	if asks {
		if rest := longSilence - time.Since(s.m.heard); rest > 0 {
			s.timer.Reset(rest)
			asks = false
		}
	}
	s.asking = s.asking || asks
	s.m.mu.Unlock()
	if !asks {
		return
	}
	_, err := s.svc.System.GetAllowedServices(context.Background()) // ends when the Service is closed
	s.m.mu.Lock()
	s.m.hear(err)
	s.asking = false
	if s.timer != nil {
		s.timer.Reset(longSilence)
	}
	s.m.mu.Unlock()
}

// hear records a sign of life: an event or any answer, including a refusal.
func (m *Model) hear(err error) {
	if err == nil || isRefused(err) || isUnreadable(err) {
		m.heard = time.Now()
	}
}

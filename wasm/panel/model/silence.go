package model

import (
	"context"
	"time"

	"wwebridge/wasm/wwe"
)

// longSilence is how long WWE may give no sign of life before the panel asks
// whether it is there.
const longSilence = time.Minute

// silence notices that WWE has gone quietly, while there is work to lose: after
// a long silence it sends a cheap request. If that is not answered, the Service
// asks once more in its own way, and makes the mirror stale if WWE ignores that
// too, so one lost answer is no lost connection. The model's lock guards it.
type silence struct {
	m      *Model
	svc    *wwe.Service
	timer  *time.Timer // nil while nothing is watched
	asking bool
}

// watch begins or ends to watch.
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
	_, err := s.svc.System.GetAllowedServices(context.Background()) // until the Service is closed
	s.m.mu.Lock()
	s.m.hear(err)
	s.asking = false
	if s.timer != nil {
		s.timer.Reset(longSilence)
	}
	s.m.mu.Unlock()
}

// hear notes a sign of life: an event, or an answer, even one that refuses.
func (m *Model) hear(err error) {
	if err == nil || isRefused(err) || isUnreadable(err) {
		m.heard = time.Now()
	}
}

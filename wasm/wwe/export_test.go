package wwe

// InFlight is the number of calls that wait for their outcome.
func (s *Service) InFlight() int { return s.calls.Len() }

// Mirrors is the number of workspaces that are told of doubts.
func (s *Service) Mirrors() int {
	s.doubts.mu.Lock()
	defer s.doubts.mu.Unlock()
	return len(s.doubts.mirrors)
}

// ReadEvent decodes the data of an event.
var ReadEvent = readEvent

// Waiting is the number of requests that WithRateLimit keeps back.
func (s *Service) Waiting() int {
	p := s.pacer.(*pace)
	p.mu.Lock()
	defer p.mu.Unlock()
	count := 0
	for n := range p.queues {
		root := &p.queues[n].root
		for t := root.next; t != nil && t != root; t = t.next {
			count++
		}
	}
	return count
}

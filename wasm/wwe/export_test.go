package wwe

// InFlight is the number of calls that wait for their outcome.
func (s *Service) InFlight() int { return s.calls.Len() }

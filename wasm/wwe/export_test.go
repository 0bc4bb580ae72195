package wwe

// InFlight is the number of calls that wait for their outcome.
func (s *Service) InFlight() int { return s.calls.Len() }

// ReadEvent decodes the data of an event.
var ReadEvent = readEvent

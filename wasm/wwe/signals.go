package wwe

import (
	"slices"
	"sync"
)

// signals wakes everybody who has added a channel of capacity 1.
type signals struct {
	mu       sync.Mutex
	channels []chan struct{}
}

func (s *signals) add(c chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels = append(s.channels, c)
}

func (s *signals) remove(c chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels = slices.DeleteFunc(s.channels, func(other chan struct{}) bool { return other == c })
}

func (s *signals) signal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.channels {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

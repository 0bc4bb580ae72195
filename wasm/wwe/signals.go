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
	s.channels = append(s.channels, c)
	s.mu.Unlock()
}

func (s *signals) remove(c chan struct{}) {
	s.mu.Lock()
	s.channels = slices.DeleteFunc(s.channels, func(other chan struct{}) bool { return other == c })
	s.mu.Unlock()
}

func (s *signals) signal() {
	s.mu.Lock()
	for _, c := range s.channels {
		select {
		case c <- struct{}{}:
		default:
		}
	}
	s.mu.Unlock()
}

package calls

import "time"

// How long after Close WWE may take to reply to calls that are still in flight.
// mostBusy applies while WWE may merely be busy. mostLost applies once WWE has replied
// to a later call: the other replies are probably lost, though WWE can be slow to grant
// a subscription.
const (
	mostBusy = time.Minute
	mostLost = 10 * time.Second
)

// Leave calls do once, when no call is left after Close or when the remaining ones are
// unlikely to be answered.
func (f *InFlight) Leave(do func()) {
	f.mu.Lock()
	newest := f.ring.before
	f.over = do
	switch {
	case newest == &f.ring:
		defer f.leave()
	case newest.number < f.replied:
		f.timer = time.AfterFunc(mostLost, f.leave)
	default:
		f.timer = time.AfterFunc(mostBusy, f.leave)
	}
	f.mu.Unlock()
}

func (f *InFlight) leave() {
	f.mu.Lock()
	do := f.over
	f.over = nil
	if do != nil && f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	f.mu.Unlock()
	if do != nil {
		do()
	}
}

package calls

import "time"

// How long WWE may take to reply to calls that have outlived Close: if it is busy,
// and if it has replied to later calls meanwhile. Then it has mostly lost the
// others, but it may be slow to grant a subscription.
const (
	mostBusy = time.Minute
	mostLost = 10 * time.Second
)

// Leave has do called once, when the calls that have outlived Close have their
// outcomes, or are not likely to get any.
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

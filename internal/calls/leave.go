package calls

import "time"

// mostBusy is how long WWE may take to reply to calls that have outlived Close.
// It may have replied to later ones: what it is slow to grant comes when it comes.
const mostBusy = time.Minute

// Leave has do called once, when the calls that have outlived Close have their
// outcomes, or are not likely to get any.
func (f *InFlight) Leave(do func()) {
	f.mu.Lock()
	f.over = do
	if f.ring.before == &f.ring {
		defer f.leave()
	} else {
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

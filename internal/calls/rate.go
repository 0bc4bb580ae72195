package calls

import "time"

// burst is how many requests within a minute are many: a rate limit that a
// widget meets by chance is hardly lower.
const burst = 60

// rate counts the requests of the last minute, by the second.
type rate struct {
	seconds [60]int
	last    int64 // the second that was counted last
}

// count adds one, and tells how many there were in the minute up to now.
func (r *rate) count(now time.Time) int {
	second := now.Unix()
	for s := max(r.last+1, second-int64(len(r.seconds))+1); s <= second; s++ {
		r.seconds[s%int64(len(r.seconds))] = 0
	}
	r.last = max(r.last, second)
	r.seconds[second%int64(len(r.seconds))]++
	total := 0
	for _, n := range r.seconds {
		total += n
	}
	return total
}

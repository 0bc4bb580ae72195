package calls

import "time"

// burst is how many requests within a minute are many: a rate limit that a
// widget meets by chance is hardly lower.
const burst = 60

// rate counts the requests of the last minute, by the second.
type rate struct {
	seconds [60]int
	all     int // of those seconds
	last    int // the second that was counted last
}

// count returns how many there were in the sixty seconds up to that of now, a
// time that does not go back, and adds some.
func (r *rate) count(now time.Duration, more int) (before int) {
	second := int(now / time.Second)
	for s := max(r.last+1, second-len(r.seconds)+1); s <= second; s++ {
		n := &r.seconds[s%len(r.seconds)]
		r.all -= *n
		*n = 0
	}
	before = r.all
	r.last = second
	r.seconds[second%len(r.seconds)] += more
	r.all += more
	return before
}

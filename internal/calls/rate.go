package calls

import "time"

// burst is the number of requests within a minute that counts as many. A rate limit
// that a widget could meet by chance is unlikely to be lower.
const burst = 60

// rate counts the requests of the last minute, in one-second intervals.
type rate struct {
	seconds [60]int
	all     int // sum of seconds
	last    int // second of the last count
}

// count returns the number of requests in the sixty seconds up to now, then adds more
// requests. now must not decrease from one call to the next.
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

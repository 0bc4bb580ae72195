package calls

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Whatever the times, the rate is what counting them all one by one gives.
func TestTheRateIsTheNumberOfTheLastSixtySeconds(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 7))
		var r rate
		var all []int // seconds
		var now time.Duration
		steps := []time.Duration{0, time.Millisecond, 300 * time.Millisecond, time.Second, 20 * time.Second, 59 * time.Second,
			60 * time.Second, 61 * time.Second, time.Hour}
		steps = steps[:1+random.IntN(len(steps))]
		for range 500 {
			if longest := steps[random.IntN(len(steps))]; longest > 0 {
				now += time.Duration(random.Int64N(int64(longest) + 1))
			}
			second := int(now / time.Second)
			want := 0
			for _, s := range all {
				if s > second-60 {
					want++
				}
			}
			require.Equal(t, want, r.count(now, 1), "seed %d at %s", seed, now)
			all = append(all, second)
		}
	}
}

func TestTheRateOfTheFirstMomentIsNone(t *testing.T) {
	var r rate
	require.Zero(t, r.count(0, 1))
	require.Equal(t, 1, r.count(0, 1))
	require.Equal(t, 2, r.count(59*time.Second+999*time.Millisecond, 1))
	require.Equal(t, 1, r.count(time.Minute, 1), "the first two are a minute ago")
}

package recording

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheLongestValueThatEndsAtAWordIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 4))
	text := func(parts int) string {
		text := ""
		for range 1 + random.IntN(parts) {
			text += pick(random, "a", "b", "ab", " ", ".", "1", "é", "\u0301", "\xc3")
		}
		return text
	}
	for range 2000 {
		var known values
		var all []string
		for range 20 {
			value := text(5)
			known.add(value)
			all = append(all, value)
		}
		for range 20 {
			text, want := text(12), ""
			for _, value := range all {
				if rest, ok := strings.CutPrefix(text, value); ok && !isInWord(value, rest) && len(value) > len(want) {
					want = value
				}
			}
			require.Equal(t, want, known.begins(text), "%q of %q", text, all)
		}
	}
}

// TestAnErrorCostsNoMoreInALargeRecording compares with a recording of a few
// values, so that the speed of the machine does not count.
func TestAnErrorCostsNoMoreInALargeRecording(t *testing.T) {
	cost := func(values int) time.Duration {
		r := NewRedactor()
		for n := range values {
			r.Redact(Entry{FromWidget: true, Text: `{"request":"voice.dial","parameters":["value of customer ` + strconv.Itoa(n) + `",` + strconv.Itoa(n) + `.5],"userAgent":"WWE Client"}`})
		}
		best := time.Hour
		for range 5 {
			began := time.Now()
			for range 200 {
				r.Redact(Entry{Text: `{"request":"voice.dial","errorMessage":"no value of customer 12 was found for 7.5","userAgent":"WWE Server"}`})
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	few, many := cost(100), cost(20_000)
	assert.Less(t, many, 10*few, "with 200 times as many values; with few it took %v", few)
}

func TestALongErrorTextCostsWhatItsPartsCost(t *testing.T) {
	cost := func(unit string, times, texts int) time.Duration {
		text, err := json.Marshal(strings.Repeat(unit, times))
		require.NoError(t, err)
		best := time.Hour
		for range 2 {
			began := time.Now()
			for range texts {
				r := NewRedactor()
				r.Redact(Entry{FromWidget: true, Text: `{"request":"voice.dial","parameters":[1,1234,"x"],"userAgent":"WWE Client"}`})
				r.Redact(Entry{Text: `{"errorMessage":` + string(text) + `}`})
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	for _, unit := range []string{"call.1.", "1234 ", "x-", "call ", "Ada "} {
		short, long := cost(unit, 100, 200), cost(unit, 2000, 10)
		assert.Less(t, long, 5*short, "as much of %q in texts that are 20 times as long; in short ones it took %v", unit, short)
	}
}

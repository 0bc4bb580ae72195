package calls

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

func TestWhatReadsAReplyIsGivenOnce(t *testing.T) {
	read := 0
	begin := func(f *InFlight) string {
		ref, err := f.Begin(context.Background(), time.Second, func(*jsontext.Reader) { read++ }, func(wire.Reply, error) {})
		require.NoError(t, err)
		return ref
	}
	f := New(nil)
	defer f.Close()

	ref := begin(f)
	f.Reading(ref)(nil)
	assert.Equal(t, 1, read)
	assert.Nil(t, f.Reading(ref), "a second time")
	assert.Nil(t, f.Reading("another"))

	over := begin(f)
	f.Settle(over, wire.Reply{}, nil)
	assert.Nil(t, f.Reading(over), "when it is over")
}

package wwe_test

import (
	"context"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// echoes answers each request with many replies at the same time.
type echoes struct {
	protocol *transport.Protocol
	replies  []string // the data of each
	posted   sync.WaitGroup
}

func (e *echoes) open(sink transport.Sink) (transport.Transport, error) {
	e.protocol = transport.NewProtocol(sink)
	return e.protocol.Over(e), nil
}

func (e *echoes) Post(message string, _ []int) error {
	request, _ := wire.ParseRequest(message)
	for _, data := range e.replies {
		reply := wire.Message{ReferenceID: request.ReferenceID, Reply: wire.Reply{Data: data}}
		e.posted.Go(func() { e.protocol.Receive(reply.Text()) })
	}
	return nil
}

func (e *echoes) Close() { e.posted.Wait() }

// A reply is read where it arrives, into a place of which the call has one.
func TestOfManyRepliesAtTheSameTimeOneCounts(t *testing.T) {
	e := &echoes{}
	want := map[string]string{}
	for n := range 8 {
		id := strconv.Itoa(n)
		want[id] = "state of " + id
		e.replies = append(e.replies, `[{"interactionId":"`+id+`","state":"`+want[id]+`"}]`)
	}
	e.replies = append(e.replies, `[[{"interactionId":"7"}]]`) // whose one element cannot be read
	svc, err := wwe.Connect(transport.NewContext(t.Context(), e.open))
	require.NoError(t, err)
	defer svc.Close()
	for range 200 {
		got, err := svc.Interaction.GetInteractions(t.Context())
		if err != nil {
			require.ErrorContains(t, err, "data[0]: expected an object, found an array; left out")
			require.Empty(t, got)
			continue
		}
		require.Len(t, got, 1)
		assert.EqualValues(t, want[got[0].InteractionID], got[0].State)
	}
}

// A call that ends while its reply is read gives nothing of it.
func TestAnAnswerIsWholeOrNot(t *testing.T) {
	e := &echoes{}
	for range 4 {
		e.replies = append(e.replies, `[{"interactionId":"1"}]`)
	}
	svc, err := wwe.Connect(transport.NewContext(t.Context(), e.open))
	require.NoError(t, err)
	for n := range 300 {
		ctx, cancel := context.WithCancel(t.Context())
		e.posted.Go(func() {
			for range n {
				runtime.Gosched()
			}
			cancel()
		})
		if n == 250 {
			e.posted.Go(func() { assert.NoError(t, svc.Close()) })
		}
		got, err := svc.Interaction.GetInteractions(ctx)
		if err != nil {
			require.Nil(t, got)
			continue
		}
		require.Len(t, got, 1)
	}
}

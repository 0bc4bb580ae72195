//go:build !js

package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// silentWWE is a transport that lets the test answer.
type silentWWE struct {
	sink      transport.Sink
	subscribe chan string // refs
	send      chan string
}

func newSilentWWE() *silentWWE {
	return &silentWWE{subscribe: make(chan string, 100), send: make(chan string, 100)}
}

func (w *silentWWE) open(sink transport.Sink) (transport.Transport, error) {
	w.sink = sink
	return w, nil
}

func (w *silentWWE) Send(ref, _ string, _ []string) error { w.send <- ref; return nil }
func (w *silentWWE) Subscribe(ref, _ string) error        { w.subscribe <- ref; return nil }
func (w *silentWWE) Unsubscribe(string, string) error     { return nil }
func (w *silentWWE) Leave()                               {}
func (w *silentWWE) Close()                               {}

// The race detector sees whether the two touch the same interactions.
func TestASnapshotMayEndWhileItsAnswerIsStillBeingRead(t *testing.T) {
	page := newSilentWWE()
	svc, err := wwe.Connect(transport.NewContext(t.Context(), page.open))
	require.NoError(t, err)
	defer svc.Close()
	ctx, cancel := context.WithCancel(t.Context())
	watched := wwe.Async(func() (*wwe.Workspace, error) { return svc.Watch(ctx) })
	page.sink.Settle(<-page.subscribe, wire.Reply{SubscriptionID: "1"}, nil)
	read := page.sink.Reading(<-page.send)
	wasRead := make(chan struct{})
	go func() {
		defer close(wasRead)
		read(jsontext.NewReader(`[{"interactionId":"1","state":"RINGING"}]`))
	}()
	cancel()
	r := <-watched
	require.ErrorIs(t, r.Err, context.Canceled)
	assert.Nil(t, r.Value)
	<-wasRead
}

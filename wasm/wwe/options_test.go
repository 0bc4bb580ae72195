package wwe_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestOptionsThatCannotBeRightAreRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []wwe.Option
		want    string
	}{
		{"no time at all", []wwe.Option{wwe.WithTimeout(0)}, "WithTimeout needs a positive duration, not 0s"},
		{"a time in the past", []wwe.Option{wwe.WithTimeout(-time.Second)}, "WithTimeout needs a positive duration, not -1s"},
		{"no origin", []wwe.Option{wwe.WithOrigin()}, "WithOrigin needs the origin of WWE, such as https://wwe.example.com"},
		{"a frame without an origin", []wwe.Option{wwe.WithFrame("wwe")}, "WithFrame needs WithOrigin: the page in the frame must be known to be WWE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			svc, err := wwe.Connect(context.Background(), c.options...)
			assert.Nil(t, svc)
			require.EqualError(t, err, "wwe: Connect: "+c.want)
			require.NotErrorIs(t, err, wwe.ErrNoClient, "it is the option, whatever the page has")

			svc, err = wwetest.NewHost().Connect(c.options...)
			assert.Nil(t, svc)
			require.EqualError(t, err, "wwe: Connect: "+c.want, "over any transport")
		})
	}
}

func TestConnectWithAContextThatHasEndedGivesItsCause(t *testing.T) {
	why := errors.New("the panel was closed")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	svc, err := wwe.Connect(ctx)
	assert.Nil(t, svc)
	assert.Equal(t, why, err)
}

type toFrame struct{ frame *wwetest.Frame }

func (c toFrame) Post(message string, _ []int) error { c.frame.Receive(message); return nil }
func (c toFrame) Close()                             { c.frame.Detach() }

func TestTheContextOfConnectMayEndBeforeTheService(t *testing.T) {
	host := wwetest.NewHost()
	ctx, cancel := context.WithCancel(t.Context())
	svc, err := wwe.Connect(transport.NewContext(ctx, func(sink transport.Sink) (transport.Transport, error) {
		protocol := transport.NewProtocol(sink)
		return protocol.Over(toFrame{host.Attach(wwetest.Origin, protocol.Receive)}), nil
	}))
	require.NoError(t, err)
	cancel()
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err)
	require.NoError(t, svc.Close())
}

func TestATransportThatCannotBeOpenedIsAnErrorOfConnect(t *testing.T) {
	why := errors.New("no such window")
	svc, err := wwe.Connect(transport.NewContext(t.Context(), func(transport.Sink) (transport.Transport, error) { return nil, why }))
	assert.Nil(t, svc)
	require.ErrorIs(t, err, why)
	require.EqualError(t, err, "wwe: Connect: no such window")
}

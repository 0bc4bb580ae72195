package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var sipEndpointExchanges = []exchange{
	{
		request: "sipEndpoint.muteMicrophone", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.MuteMicrophone(ctx) }),
	},
	{
		request: "sipEndpoint.unmuteMicrophone", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.UnmuteMicrophone(ctx) }),
	},
	{
		request: "sipEndpoint.muteSpeaker", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.MuteSpeaker(ctx) }),
	},
	{
		request: "sipEndpoint.unmuteSpeaker", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.UnmuteSpeaker(ctx) }),
	},
	noBoolean("sipEndpoint.isMicrophoneMute", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.SIPEndpoint.IsMicrophoneMute(ctx)
	}),
	noBoolean("sipEndpoint.isSpeakerMute", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.SIPEndpoint.IsSpeakerMute(ctx)
	}),
}

func TestMicrophoneAndSpeakerAreMutedEachByItself(t *testing.T) {
	svc := memory().connect(t, wwetest.NewHost())
	ctx := t.Context()
	n := svc.SIPEndpoint
	are := func(microphone, speaker bool) {
		t.Helper()
		got, err := n.IsMicrophoneMute(ctx)
		require.NoError(t, err)
		assert.Equal(t, microphone, got)
		got, err = n.IsSpeakerMute(ctx)
		require.NoError(t, err)
		assert.Equal(t, speaker, got)
	}
	are(false, false)
	require.NoError(t, n.MuteMicrophone(ctx))
	are(true, false)
	require.NoError(t, n.MuteSpeaker(ctx))
	are(true, true)
	require.NoError(t, n.UnmuteMicrophone(ctx))
	are(false, true)
	require.NoError(t, n.UnmuteSpeaker(ctx))
	are(false, false)
}

package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var voiceExchanges = []exchange{
	{
		request: "voice.dial", parameters: []wwe.JSON{`"5001"`, `{"Reason":"x"}`}, answer: `{"odd":1}`, want: wwe.JSON(`{"odd":1}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Voice.Dial(ctx, "5001", wwe.UserData{"Reason": "x"})
		}),
	},
	{
		request: "voice.dialEx", parameters: []wwe.JSON{`"5001"`, `null`, `{"e":"x"}`}, undefined: []int{1}, answer: `7`, want: wwe.JSON(`7`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Voice.DialEx(ctx, "5001", nil, wwe.UserData{"e": "x"})
		}),
	},
	byInteraction("voice.answer", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Answer(ctx, id) }),
	byInteraction("voice.hold", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Hold(ctx, id) }),
	byInteraction("voice.resume", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Resume(ctx, id) }),
	byInteraction("voice.hangUp", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.HangUp(ctx, id) }),
	byInteraction("voice.startCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StartCallRecording(ctx, id)
	}),
	byInteraction("voice.stopCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StopCallRecording(ctx, id)
	}),
	byInteraction("voice.pauseCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.PauseCallRecording(ctx, id)
	}),
	byInteraction("voice.resumeCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.ResumeCallRecording(ctx, id)
	}),
}

func TestACallIsControlledFromDiallingToHangingUp(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	ctx := t.Context()
	_, err := svc.Voice.Dial(ctx, "5001", wwe.UserData{"Reason": "callback"})
	require.NoError(t, err)
	i := host.Interactions()[0]
	assert.Equal(t, wwe.StateDialing, i.State)
	assert.Equal(t, wwe.DirectionOut, i.Direction)
	assert.Equal(t, wwe.UserData{"Reason": "callback"}, i.UserData)
	require.NoError(t, host.Answer("1"))
	for _, step := range []struct {
		do        func(context.Context, string) error
		state     wwe.State
		recording wwe.RecordingState
	}{
		{svc.Voice.Hold, wwe.StateHeld, ""},
		{svc.Voice.Resume, wwe.StateTalking, ""},
		{svc.Voice.StartCallRecording, wwe.StateTalking, wwe.RecordingStateRunning},
		{svc.Voice.PauseCallRecording, wwe.StateTalking, wwe.RecordingStatePaused},
		{svc.Voice.ResumeCallRecording, wwe.StateTalking, wwe.RecordingStateRunning},
		{svc.Voice.StopCallRecording, wwe.StateTalking, wwe.RecordingStateStopped},
		{svc.Voice.HangUp, wwe.StateIdle, wwe.RecordingStateStopped},
	} {
		require.NoError(t, step.do(ctx, "1"))
		i, _ := host.Interaction("1")
		assert.Equal(t, step.state, i.State)
		assert.Equal(t, step.recording, i.RecordingState)
	}
	var refused *wwe.RequestError
	require.ErrorAs(t, svc.Voice.Hold(ctx, "1"), &refused, "it is over")

	id := host.Ring(wwetest.Call{})
	require.NoError(t, svc.Voice.Answer(ctx, id))
	rung, _ := host.Interaction(id)
	assert.Equal(t, wwe.StateTalking, rung.State)
}

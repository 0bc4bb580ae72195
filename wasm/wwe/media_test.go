package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var mediaExchanges = []exchange{
	{
		request: "media.getMediaList",
		call:    got(func(ctx context.Context, svc *wwe.Service) ([]wwe.Media, error) { return svc.Media.GetMediaList(ctx) }),
		answer:  `[{"media":"voice","state":` + readyJSON + `},{"name":"chat","state":null}]`,
		want:    []wwe.Media{{Name: "voice", State: ready}, {Name: "chat"}},
		odd:     []wwe.JSON{`{}`, `["voice"]`},
	},
	{
		request: "media.getMediaByName", parameters: []wwe.JSON{`"voice"`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Media, error) {
			return svc.Media.GetMediaByName(ctx, "voice")
		}),
		answer: `{"media":"voice","state":` + readyJSON + `,"x":1}`,
		want:   wwe.Media{Name: "voice", State: ready, Unknown: map[string]wwe.JSON{"x": "1"}}, odd: []wwe.JSON{`"voice"`},
	},
	{
		request: "media.setState", parameters: []wwe.JSON{`"voice"`, `"NotReady"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Media.SetState(ctx, "voice", "NotReady") }),
	},
}

func TestAMediaThatTheAgentDoesNotHaveIsErrNotFound(t *testing.T) {
	_, err := memory().connect(t, wwetest.NewHost()).Media.GetMediaByName(t.Context(), "fax")
	require.ErrorIs(t, err, wwe.ErrNotFound)
	require.EqualError(t, err, "wwe: media.getMediaByName: WWE has none of this id or name")
}

func TestTheStateOfOneMediaIsSetAndToldByEvents(t *testing.T) {
	svc := memory().connect(t, wwetest.NewHost())
	ctx := t.Context()
	events, err := svc.Subscribe(ctx, wwe.TopicMedia)
	require.NoError(t, err)
	require.NoError(t, svc.Media.SetState(ctx, "chat", "NotReady"))
	e := (<-events.Events()).(wwe.MediaEvent)
	assert.Equal(t, "chat", e.Media)
	assert.Equal(t, "NOT_READY", e.State.Type)
	chat, err := svc.Media.GetMediaByName(ctx, "chat")
	require.NoError(t, err)
	assert.Equal(t, e.State, chat.State)
	voice, err := svc.Media.GetMediaByName(ctx, "voice")
	require.NoError(t, err)
	assert.Equal(t, "READY", voice.State.Type)
}

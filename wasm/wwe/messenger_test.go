package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var messengerExchanges = []exchange{
	{
		request: "messenger.broadcastMessage", parameters: []wwe.JSON{`"my-channel"`, `{"__proto__":[1,"é"]}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Messenger.BroadcastMessage(ctx, "my-channel", map[string]any{"__proto__": []any{1, "é"}})
		}),
	},
}

func TestABroadcastReachesTheOtherPagesThatListenToItsChannel(t *testing.T) {
	host := wwetest.NewHost()
	sender, listener, stranger := memory().connect(t, host), memory().connect(t, host), memory().connect(t, host)
	ctx := t.Context()
	own, err := sender.Subscribe(ctx, wwe.TopicMessenger("orders"))
	require.NoError(t, err)
	heard, err := listener.Subscribe(ctx, wwe.TopicMessenger("orders"))
	require.NoError(t, err)
	other, err := stranger.Subscribe(ctx, wwe.TopicMessenger("other"))
	require.NoError(t, err)
	require.NoError(t, sender.Messenger.BroadcastMessage(ctx, "orders", map[string]any{"number": 4711}))
	assert.Equal(t, wwe.MessengerEvent{Channel: "orders", Message: `{"number":4711}`}, <-heard.Events())
	for channel, sub := range map[string]*wwe.Subscription{"orders": own, "other": other} {
		host.Emit(wwe.TopicMessenger(channel), `"end"`)
		assert.Equal(t, wwe.MessengerEvent{Channel: channel, Message: `"end"`}, <-sub.Events(), "nothing came before")
	}
}

func TestAnyValueOfJSONCanBeBroadcast(t *testing.T) {
	host := wwetest.NewHost()
	svc, listener := memory().connect(t, host), memory().connect(t, host)
	heard, err := listener.Subscribe(t.Context(), wwe.TopicMessenger("c"))
	require.NoError(t, err)
	for text, value := range map[wwe.JSON]any{
		`null`: nil, `true`: true, `"é"`: "é", `1.5`: 1.5, `[1,"a"]`: []any{1, "a"}, `{"a":{}}`: wwe.JSON(`{"a":{}}`), `{"k":"v"}`: wwe.UserData{"k": "v"},
	} {
		require.NoError(t, svc.Messenger.BroadcastMessage(t.Context(), "c", value))
		assert.Equal(t, wwe.MessengerEvent{Channel: "c", Message: text}, <-heard.Events())
	}
}

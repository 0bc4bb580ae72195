package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var emailExchanges = []exchange{
	{
		request: "email.create", parameters: []wwe.JSON{`"a@example.com"`, `null`}, undefined: []int{1}, answer: `null`, want: wwe.JSON(`null`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Email.Create(ctx, "a@example.com", nil)
		}),
	},
}

func TestAnEmailIsBegunAsAnInteraction(t *testing.T) {
	host := wwetest.NewHost()
	_, err := memory().connect(t, host).Email.Create(t.Context(), "ann@example.com", wwe.UserData{"Reason": "reply"})
	require.NoError(t, err)
	i := host.Interactions()[0]
	assert.Equal(t, wwe.StateCreated, i.State)
	assert.Equal(t, "email", i.Media)
	assert.Equal(t, "reply", i.UserData["Reason"])
}

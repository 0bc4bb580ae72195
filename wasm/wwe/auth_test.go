package wwe_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var authExchanges = []exchange{
	{
		request: "auth.getJwtToken",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.JWT, error) { return svc.Auth.GetJwtToken(ctx) }),
		answer:  `{"expiration":"2020-04-14T13:26:51.846Z","jwtToken":"secret"}`,
		want:    wwe.JWT{Token: "secret", Expiration: time.Date(2020, 4, 14, 13, 26, 51, 846e6, time.UTC)},
		odd:     []wwe.JSON{`{}`, `"secret"`, `{"jwtToken":[7]}`},
	},
}

func TestATokenIsNotPrinted(t *testing.T) {
	token := wwe.JWT{Token: "secret", Expiration: time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("got", "token", token)
	for _, text := range []string{
		fmt.Sprint(token), fmt.Sprint(&token), fmt.Sprintf("%v %+v %#v %s %q", token, token, token, token, token),
		fmt.Sprint(struct{ T wwe.JWT }{token}), fmt.Sprint([]wwe.JWT{token}), fmt.Sprintf("%+v", map[string]any{"t": token}), log.String(),
	} {
		assert.NotContains(t, text, "secret")
		assert.Contains(t, text, "a JWT until 2027-01-02T03:04:05Z")
	}
	assert.Equal(t, "a JWT", fmt.Sprint(wwe.JWT{Token: "secret"}))
}

func TestATokenIsGivenToOriginsThatAreNamedForIt(t *testing.T) {
	for list, given := range map[string]bool{
		"*":                     false,
		"* (*)":                 false,
		"* (auth.*)":            false,
		wwetest.Origin + " (*)": false,
		wwetest.Origin + " (*, auth.getJwtToken)":            true,
		wwetest.Origin + " (auth.getJwtToken)":               true,
		"https://other.example.com (*, auth.getJwtToken), *": false,
	} {
		t.Run(list, func(t *testing.T) {
			host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.AcceptedOrigins = list }))
			svc := memory().connect(t, host)
			token, err := svc.Auth.GetJwtToken(t.Context())
			if !given {
				var refused *wwe.RequestError
				require.ErrorAs(t, err, &refused)
				return
			}
			require.NoError(t, err)
			assert.NotEmpty(t, token.Token)
			assert.True(t, token.Expiration.After(time.Now()))
		})
	}
}

func TestATokenWithoutAnExpirationIsOne(t *testing.T) {
	for _, data := range []wwe.JSON{`{"jwtToken":"t"}`, `{"jwtToken":"t","expiration":null}`, `{"expiration":"","jwtToken":"t","new":{}}`} {
		host := wwetest.NewHost()
		host.Fault(wwetest.Fault{Data: data})
		token, err := memory().connect(t, host).Auth.GetJwtToken(t.Context())
		require.NoError(t, err)
		assert.Equal(t, wwe.JWT{Token: "t"}, token)
	}
}

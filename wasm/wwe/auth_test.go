package wwe_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// revealed is a JWT that can be compared.
type revealed struct {
	token      string
	expiration time.Time
}

var authExchanges = []exchange{
	{
		request: "auth.getJwtToken",
		call: got(func(ctx context.Context, svc *wwe.Service) (revealed, error) {
			token, err := svc.Auth.GetJwtToken(ctx)
			return revealed{token.Reveal(), token.Expiration}, err
		}),
		answer: `{"expiration":"2020-04-14T13:26:51.846Z","jwtToken":"secret"}`,
		want:   revealed{"secret", time.Date(2020, 4, 14, 13, 26, 51, 846e6, time.UTC)},
		odd:    []wwe.JSON{`{}`, `"secret"`, `{"jwtToken":[7]}`},
	},
}

func TestATokenIsPrintedAsItsExpiration(t *testing.T) {
	token := aToken(t)
	texts := []string{fmt.Sprint(&token), fmt.Sprint(struct{ T wwe.JWT }{token}), fmt.Sprint([]wwe.JWT{token}), fmt.Sprintf("%+v", map[string]any{"t": token})}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		texts = append(texts, fmt.Sprintf(verb, token))
	}
	for _, text := range texts {
		assert.Contains(t, text, "a JWT until 2027-01-02T03:04:05Z")
	}
	assert.Equal(t, "a JWT", fmt.Sprint(wwe.JWT{}))
	assert.Empty(t, wwe.JWT{}.Reveal())
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
			assert.NotEmpty(t, token.Reveal())
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
		assert.Equal(t, revealed{token: "t"}, revealed{token.Reveal(), token.Expiration})
	}
}

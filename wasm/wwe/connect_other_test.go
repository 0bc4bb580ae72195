//go:build !js

package wwe_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
)

func TestConnectOutsideABrowser(t *testing.T) {
	for name, opts := range map[string][]wwe.Option{
		"without options":             nil,
		"with WithOrigin":             {wwe.WithOrigin("https://wwe.example.com")},
		"with WithOrigin and a frame": {wwe.WithOrigin("https://wwe.example.com"), wwe.WithFrame("wwe")},
	} {
		t.Run(name+" is ErrNoClient, which names the two ways to have one, and the simulated WWE", func(t *testing.T) {
			svc, err := wwe.Connect(context.Background(), opts...)
			assert.Nil(t, svc)
			require.ErrorIs(t, err, wwe.ErrNoClient)
			assert.Regexp(t, `^wwe: Connect: `, err.Error())
			assert.ErrorContains(t, err, "wwe-service-client-api.js")
			assert.ErrorContains(t, err, "genesys.wwe.service")
			assert.ErrorContains(t, err, "WithOrigin")
			assert.ErrorContains(t, err, "wwetest.NewHost().Connect()")
			assert.ErrorContains(t, err, "GOOS=js GOARCH=wasm")
		})
	}
}

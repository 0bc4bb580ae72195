package wwe_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var configurationExchanges = []exchange{
	{
		request: "configuration.getOption", parameters: []wwe.JSON{`"voice.*"`}, answer: `[{}]`, want: wwe.JSON(`[{}]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetOption(ctx, "voice.*")
		}),
	},
	{
		request: "configuration.getOption", parameters: []wwe.JSON{`["voice.a","CustomAPI/test.*"]`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetOption(ctx, "voice.a", "CustomAPI/test.*")
		}),
	},
	{
		request: "configuration.getContextualOption", parameters: []wwe.JSON{`"voice.*"`, `"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetContextualOption(ctx, "1", "voice.*")
		}),
	},
}

func TestOptionsAreReadByPattern(t *testing.T) {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
		c.Options = map[string]string{"voice.a": "1", "voice.b": "2", "email.a": "3", "CustomAPI/test.x": "4"}
	}))
	id := host.Ring(wwetest.Call{})
	svc := memory().connect(t, host)
	for want, options := range map[wwe.JSON][]string{
		`[{"name":"interaction-workspace","options":{"voice.a":"1"}}]`:                                               {"voice.a"},
		`[{"name":"interaction-workspace","options":{"voice.a":"1","voice.b":"2"}}]`:                                 {"voice.*"},
		`[{"name":"CustomAPI","options":{"test.x":"4"}}]`:                                                            {"CustomAPI/test.*"},
		`[{"name":"CustomAPI","options":{"test.x":"4"}},{"name":"interaction-workspace","options":{"email.a":"3"}}]`: {"email.a", "CustomAPI/test.x"},
		`[]`: {"unknown"},
	} {
		got, err := svc.Configuration.GetOption(t.Context(), options...)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		got, err = svc.Configuration.GetContextualOption(t.Context(), id, options...)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := svc.Configuration.GetContextualOption(t.Context(), "404", "voice.a")
	var refused *wwe.RequestError
	require.ErrorAs(t, err, &refused)
}

func TestAPatternMayEndInAStarAndNotBeginWithOne(t *testing.T) {
	svc := memory().connect(t, wwetest.NewHost())
	for option, right := range map[string]bool{
		"voice.a": true, "voice.*": true, "v*": true, "CustomAPI/test.*": true, "Custom API/x y": true,
		"": false, "*": false, "*.a": false, "CustomAPI/": false, "CustomAPI/*": true, "CustomAPI/*.a": false, "*/a": false, "**": false,
	} {
		for _, options := range [][]string{{option}, {"voice.a", option}} {
			_, err := svc.Configuration.GetOption(t.Context(), options...)
			var wrong *wwe.ArgumentError
			assert.Equal(t, !right, errors.As(err, &wrong), option)
		}
	}
}

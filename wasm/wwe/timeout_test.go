//go:build !js

package wwe_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestACallThatWWEDoesNotAnswerEnds(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []wwe.Option
		ctx     time.Duration // of the context, 0 for none
		want    time.Duration
	}{
		{name: "after 8 seconds", want: 8 * time.Second},
		{name: "after WithTimeout", options: []wwe.Option{wwe.WithTimeout(90 * time.Second)}, want: 90 * time.Second},
		{name: "at its context's deadline, if that is earlier", ctx: time.Second, want: time.Second},
		{name: "at its context's deadline, if that is later", ctx: time.Hour, want: time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host := wwetest.NewHost()
				host.Fault(wwetest.Fault{})
				svc, err := host.Connect(c.options...)
				require.NoError(t, err)
				ctx := context.Background()
				if c.ctx > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.ctx)
					defer cancel()
				}
				began := time.Now()
				err = svc.Interaction.Accept(ctx, "1")
				assert.Equal(t, c.want, time.Since(began))
				require.ErrorIs(t, err, wwe.ErrTimeout)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.ErrorContains(t, err, "wwe: interaction.accept: no answer from WWE within "+c.want.String())
			})
		})
	}
}

package wwetest_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// A refusal names the first key that may not be written, not any of them.
func TestARefusalIsTheSameEachTime(t *testing.T) {
	host := wwetest.NewHost()
	host.Configure(func(c *wwetest.Config) { c.WriteAllowed = "none" })
	svc, err := host.Connect()
	require.NoError(t, err)
	defer svc.Close()
	id := host.Ring(wwetest.Call{ANI: "1"})
	data := wwe.UserData{}
	for n := range 9 {
		data["key "+strconv.Itoa(n)] = "value"
	}
	for range 20 {
		require.ErrorContains(t, svc.Interaction.SetUserData(context.Background(), id, data), "key 0")
	}
}

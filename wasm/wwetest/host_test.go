package wwetest_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestUserDataOfAnyDepth(t *testing.T) {
	nested := func(depth int) string { return strings.Repeat(`{"a":`, depth) + `1` + strings.Repeat(`}`, depth) }
	for _, depth := range []int{400, 495, 496, 497, 498, 499, 500, 501, 600} {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		id := host.Ring(wwetest.Call{})
		_, err = svc.Call(t.Context(), "interaction.setUserData", id, wwe.JSON(nested(depth)))
		require.NoError(t, err, "%d", depth)
		got, err := svc.Interaction.GetByInteractionID(t.Context(), id)
		require.NoError(t, err, "%d", depth)
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, got.UserData.Clone()), "%d", depth)
		assert.Contains(t, string(host.InteractionsJSON()), `"userData":`+nested(depth)+`,`, "it comes and goes back as it is: %d", depth)
		require.NoError(t, svc.Close())
	}
}

func TestMistakesOfATestPanic(t *testing.T) {
	for name, mistake := range map[string]func(host *wwetest.Host){
		"a contact with what is not JSON": func(host *wwetest.Host) { host.Ring(wwetest.Call{Contact: contactWith("{")}) },
		"a contact with an empty text":    func(host *wwetest.Host) { host.Ring(wwetest.Call{Contact: contactWith("")}) },
		"user data of a type that JSON has not": func(host *wwetest.Host) {
			host.Compose(wwetest.Email{UserData: wwe.UserData{"k": make(chan int)}})
		},
		"an event that is not JSON": func(host *wwetest.Host) { host.Emit("system", "{") },
	} {
		t.Run(name+", and the Host goes on", func(t *testing.T) {
			host := wwetest.NewHost()
			assert.Panics(t, func() { mistake(host) })
			assert.Empty(t, host.Interactions())
			host.Ring(wwetest.Call{Contact: contactWith(`{"a":1}`)})
			assert.Contains(t, string(host.InteractionsJSON()), `"more":{"a":1}`)
		})
	}
}

func contactWith(more wwe.JSON) *wwe.Contact {
	return &wwe.Contact{Unknown: map[string]wwe.JSON{"more": more}}
}

func TestWithChange(t *testing.T) {
	var changes atomic.Int32
	host := wwetest.NewHost(wwetest.WithChange(func() { changes.Add(1) }))
	for name, change := range map[string]func(id string){
		"an action":       func(id string) { _ = host.Answer(id) },
		"hold and resume": func(id string) { _ = host.Answer(id); _ = host.Hold(id); _ = host.Resume(id) },
		"user data":       func(id string) { _ = host.SetUserData(id, wwe.UserData{"a": "b"}) },
		"the Config":      func(string) { host.Configure(func(c *wwetest.Config) { c.RateLimit = 0 }) },
		"a fault":         func(string) { host.Fault(wwetest.Fault{Topic: "none"}) },
		"a request":       func(id string) { newWidget(host).done(t, "interaction.reject", quoted(id)) },
		"a refresh":       func(string) { host.Restart() },
		"a reset":         func(string) { host.Reset() },
	} {
		id := host.Ring(wwetest.Call{})
		before := changes.Load()
		change(id)
		assert.Greater(t, changes.Load(), before, name)
	}
}

func TestDoOnWhatIsNotThere(t *testing.T) {
	host := wwetest.NewHost()
	for _, id := range []string{"", "1", "404", "__proto__"} {
		for _, action := range allActions {
			require.EqualError(t, host.Do(id, action), `no interaction has the id "`+id+`"`)
		}
		assert.Empty(t, host.Actions(id))
		_, held := host.Interaction(id)
		assert.False(t, held)
		require.Error(t, host.SelectCase(id))
		require.Error(t, host.ToggleCase(id))
		require.Error(t, host.SetUserData(id, nil))
		require.Error(t, host.DeleteUserData(id, "a"))
		_, err := host.Pull(id)
		require.Error(t, err)
	}
	assert.EqualError(t, host.SetUserData("1", wwe.UserData{"k": func() {}}), "wwetest: SetUserData: k: a value of this Go type cannot be sent; "+
		"strings, booleans, numbers, nil, slices, maps with strings as keys, structs with fields that are all exported, and what has MarshalJSON can")
}

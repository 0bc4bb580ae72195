package wwetest_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// oddWidget does what a random number says with keys and values of user data
// that are mostly redacted, and often the same. typed is what the agent types
// in place of a text.
func oddWidget(ctx context.Context, svc *wwe.Service, seed uint64, typed func(string) string) error {
	random := rand.New(rand.NewPCG(seed, 1))
	all, err := svc.Interaction.GetInteractions(ctx)
	if err != nil {
		return err
	}
	if len(all) != 1 {
		return errors.New("one interaction was expected")
	}
	id := all[0].InteractionID
	key := func() string {
		switch key := []string{"", "a b", "Line1", "data", "0", "00", "1e-9", "redacted-1", "redacted-3", "WWE_PARTY_102", "WWE_PARTY_redacted-1",
			"ann.lee@example.com", "+33140000001", "+33140000002", "+33140000003", "+33140000004", "102", "messenger:abc", "😀", "eyJabc",
			strings.Repeat("k", 100)}[random.IntN(21)]; key {
		case "", "a b", "Line1", "data", "messenger:abc": // stay
			return key
		default:
			return typed(key)
		}
	}
	for range 20 {
		var err error
		switch random.IntN(5) {
		case 0, 1:
			data := wwe.UserData{}
			value := []any{true, "x", "", 1.0, typed("+33140000001"), []any{typed("x"), nil}, map[string]any{typed("+33140000001"): 2.0, typed("+33140000003"): 2.0}}[random.IntN(7)]
			for range 1 + random.IntN(4) {
				data[key()] = value
			}
			err = svc.Interaction.SetUserData(ctx, id, data)
		case 2:
			err = svc.Interaction.DeleteUserData(ctx, id, key())
		case 3:
			_, err = svc.Call(ctx, "crm.open2", key(), random.IntN(3))
		case 4:
			err = svc.Messenger.BroadcastMessage(ctx, "channel", map[string]any{key(): true, key(): true})
		}
		var refused *wwe.RequestError
		if err != nil && !errors.As(err, &refused) {
			return err
		}
	}
	return nil
}

func TestAnySessionReplaysWithoutDifference(t *testing.T) {
	as := func(text string) string { return text }
	other := func(text string) string { // in another order, with the beginnings that are WWE's
		if name, ok := strings.CutPrefix(text, "WWE_PARTY_"); ok {
			return "WWE_PARTY_" + reversed(name)
		}
		return reversed(text)
	}
	for seed := range uint64(100) {
		for name, typed := range map[string]func(string) string{"the same": as, "something else": other} {
			synctest.Test(t, func(t *testing.T) {
				recorder := wwe.NewRecorder()
				host := wwetest.NewHost()
				host.Ring(wwetest.Call{ANI: "+33140000002", UserData: wwe.UserData{"redacted-1": "redacted-2", "+33140000001": "z", "WWE_PARTY_102": "z"}})
				svc, err := host.Connect(wwe.WithRecorder(recorder))
				require.NoError(t, err)
				require.NoError(t, oddWidget(t.Context(), svc, seed, as))
				require.NoError(t, svc.Close())

				r, err := wwetest.NewReplay(recorder.Recording())
				require.NoError(t, err)
				replayed, err := r.Connect()
				require.NoError(t, err)
				defer replayed.Close()
				go oddWidget(t.Context(), replayed, seed, typed)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				assert.NoError(t, r.Wait(ctx), "session %d, %s typed", seed, name)
			})
		}
	}
}

func reversed(text string) string {
	runes := []rune(text)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

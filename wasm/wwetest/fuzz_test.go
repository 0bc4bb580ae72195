//go:build !js

package wwetest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// FuzzReceive gives the Host what a hostile widget sends, twice, in the midst
// of work. Whatever it is, the Host does not panic, holds what it may hold, and
// answers the next request with what it holds.
func FuzzReceive(f *testing.F) {
	requests := []string{
		"voice.dial", "voice.dialEx", "voice.hangUp", "voice.hold", "voice.startCallRecording", "email.create", "agent.setState", "media.setState",
		"media.getMediaByName", "messenger.broadcastMessage", "configuration.getOption", "auth.getJwtToken", "system.getAllowedServices", "", "no.such",
	}
	for _, e := range effects {
		requests = append(requests, e.request)
	}
	for _, request := range requests {
		for _, parameters := range []string{
			`[]`, `null`, `{}`, `7`, `["1"]`, `["2",{"a":{"b":[null,1e308]}}]`, `["2","5001",{"":""},{}]`, `["3",{"type":"AGENT","destination":"x","media":"chat"}]`,
			`["1",{"type":"AGENT","destination":"x","media":"voice"},7]`, `[["1"],{"__proto__":1}]`, `["\ud800","\u0000"]`,
			`["2",` + strings.Repeat(`{"a":`, 600) + `1` + strings.Repeat(`}`, 600) + `]`, `["2",` + strings.Repeat("[", 400) + strings.Repeat("]", 400) + `]`,
		} {
			f.Add(`{"request":"` + request + `","parameters":` + parameters + `,"referenceId":"r","userAgent":"WWE Client"}`)
		}
	}
	for _, text := range []string{
		``, `null`, `{`, `[]`, `{"userAgent":"WWE Client"}`, `{"event":"subscribe","userAgent":"WWE Client"}`,
		`{"event":"subscribe","data":["interaction","interaction","",7,null],"referenceId":"r","userAgent":"WWE Client"}`,
		`{"event":"unsubscribe","data":0,"userAgent":"WWE Client"}`, `{"event":"unsubscribe","data":1e400,"userAgent":"WWE Client"}`,
		`{"event":"unsubscribe","data":-9223372036854775808,"userAgent":"WWE Client"}`, `{"event":"no","request":"agent.get","userAgent":"WWE Client"}`,
		`{"request":"agent.get","frameId":{"a":1},"userAgent":"WWE Client","userAgent":"WWE Server"}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		synctest.Test(t, func(t *testing.T) {
			clock := wwetest.NewClock()
			host := wwetest.NewHost(wwetest.WithClock(clock))
			call, chat := host.Ring(wwetest.Call{ANI: "1"}), host.Chat(wwetest.Chat{})
			require.NoError(t, host.Answer(chat))
			require.Equal(t, []string{"1", "2"}, []string{call, chat})
			b := newInbox(host, "interaction", "markdone")
			for range 2 {
				b.frame.Receive(text)
				require.NoError(t, host.SetUserData(host.Ring(wwetest.Call{}), wwe.UserData{"a": "b"}))
			}
			clock.Advance(1e12)
			for _, message := range b.take() {
				assert.True(t, json.Valid([]byte(message)), message)
			}

			var answer struct { // not all of it: user data may hold 1e400, for which Go has no number
				Data []struct{ InteractionID string }
			}
			got := b.send("interaction.getInteractions")
			require.Len(t, got, 1)
			require.NoError(t, json.Unmarshal([]byte(got[0]), &answer))
			all := host.Interactions()
			var ids []string
			for _, i := range answer.Data {
				ids = append(ids, i.InteractionID)
			}
			assert.Equal(t, idsOf(all), ids)
			var selected []string
			for _, i := range all {
				assert.NotContains(t, left, i.State)
				if i.IsCaseSelected && !slices.Contains(selected, i.CaseID) {
					selected = append(selected, i.CaseID)
				}
			}
			assert.LessOrEqual(t, len(selected), 1)
		})
	})
}

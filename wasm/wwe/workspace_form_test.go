//go:build !js

package wwe_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// adding puts properties into each interaction of a message.
func adding(message, properties string) string {
	return strings.ReplaceAll(message, `"interactionId":`, properties+`,"interactionId":`)
}

func isSnapshot(message string) bool {
	return !isEvent(message) && strings.Contains(message, `"interaction.getInteractions"`)
}

// forms are those of a WWE: with the properties that the documentation has, or
// with others, which snapshots and events need not have in common.
var forms = []func(message string) string{
	nil,
	contactInSnapshots,
	func(message string) string { return adding(message, fmt.Sprint(`"duration":`, time.Now().UnixMilli())) },
	func(message string) string {
		if isEvent(message) {
			return adding(message, `"connId":"1"`)
		}
		return contactInSnapshots(message)
	},
}

func contactInSnapshots(message string) string {
	if isSnapshot(message) {
		return adding(message, `"contact":{"displayName":"Ann"}`)
	}
	return message
}

// plain takes out what the forms have put in.
func plain(all []wwe.Interaction) []wwe.Interaction {
	for n := range all {
		i := &all[n]
		delete(i.Unknown, "duration")
		if len(i.Unknown) == 0 {
			i.Unknown = nil
		}
		i.Contact, i.ConnID = nil, ""
	}
	return all
}

func TestAWWEWhoseSnapshotsDifferFromItsEventsIsShownAtOnceAndVerifiedTwiceAMinute(t *testing.T) {
	for n, form := range forms {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
				box.form = form
				host.Emit(wwe.TopicInteraction, `{}`)
				box.pass(time.Minute)
				require.NoError(t, host.Answer(s.id))
				box.pass(time.Minute)
				before := len(host.Requests())
				for n := range 10 * 60 / 4 { // ten minutes
					switch n % 4 {
					case 0:
						require.NoError(t, host.Do(s.id, wwetest.ActionHold))
					case 2:
						require.NoError(t, host.Do(s.id, wwetest.ActionResume))
					default:
						require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": fmt.Sprint(n)}))
					}
					box.deliver(1, eventsFirst)
					require.Equal(t, plain(host.Interactions()), plain(s.w.Interactions()), n)
					box.pass(4 * time.Second)
				}
				assert.LessOrEqual(t, sent(host, before), 21)
			})
		})
	}
}

func TestASnapshotThatDiffersFromANewerEventInItsFormOnlyIsNotFetchedAgain(t *testing.T) {
	following(t, func(t *testing.T, host *wwetest.Host, box *postbox, s *story) {
		box.pass(time.Minute)
		box.form = contactInSnapshots
		require.NoError(t, host.SetUserData(s.id, wwe.UserData{"n": "1"}))
		changed := box.hold()
		before := len(host.Requests())
		arrives := snapshotUnderWay(host, box)
		changed()
		arrives()
		box.pass(time.Second)
		assert.Equal(t, 1, sent(host, before))
		box.pass(soon)
		assert.Equal(t, 2, sent(host, before), "what the event changed is verified")
	})
}

package wwe

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhereASnapshotMayHaveOvertakenEventsOnlyAStepToANewStateFollows(t *testing.T) {
	k := &known{shown: &Interaction{State: StateTalking, PreviousState: StateHeld}}
	k.states.add(StateRinging.digest())
	for _, c := range []struct {
		state, before State
		follows       bool
	}{
		{StateIdle, StateTalking, true},
		{StateRinging, StateTalking, false}, // it was shown
		{StateHeld, StateTalking, false},    // it was, says the previous state
		{StateTalking, StateTalking, false},
		{StateTalking, StateHeld, false},
		{StateIdle, StateHeld, false},
		{StateIdle, "", false},
	} {
		assert.Equal(t, c.follows, k.follows(&Interaction{State: c.state, PreviousState: c.before}, false), "%s from %s", c.state, c.before)
	}
}

func TestWhatOnlySnapshotsHaveShownIsNewAsAnEvent(t *testing.T) {
	k := &known{shown: &Interaction{}, version: version{order: 1, content: 1}}
	k.change(&Interaction{}, version{order: 1, content: 2})
	assert.True(t, k.learn(1))
	assert.Equal(t, k.version.order, k.heard)
}

//go:build !js

package model

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

func TestNoTurnHandlesMoreThanSomeInteractions(t *testing.T) {
	isDue, yield := eventloop.IsDue, eventloop.Yield
	defer func() { eventloop.IsDue, eventloop.Yield = isDue, yield }()
	const count = 1000
	m, told := newTold()
	turns, before := 0, 0
	eventloop.IsDue = func() bool { return true }
	eventloop.Yield = func() {
		turns++
		assert.LessOrEqual(t, len(told.events)-before, stepsAtOnce)
		before = len(told.events)
	}
	for _, c := range []struct {
		name  string
		now   []*wwe.Interaction
		steps int // of each interaction
	}{
		{"all are new", many(count), 4},
		{"all are read again", many(count), 2},
		{"all are gone", nil, 3},
	} {
		turns = 0
		m.round(c.now, newRest())
		assert.GreaterOrEqual(t, turns, c.steps*count/stepsAtOnce, c.name)
	}
	assert.Len(t, told.events, 2*count+2, "with a selection at each end")
}

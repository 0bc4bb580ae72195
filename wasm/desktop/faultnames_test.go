package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/wwetest"
)

func TestEachFaultHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range wwetest.FaultKinds() {
		name := faultNames[kind]
		assert.NotEmpty(t, name, kind)
		assert.False(t, seen[name], name)
		seen[name] = true
	}
}

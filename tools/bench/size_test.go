package main

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAProgramMayBeAsLargeAsItsLimit(t *testing.T) {
	sizes := map[string]size{base: {brotli: 1_000_000}}
	for _, l := range limits {
		sizes[l.program] = size{brotli: int(l.ceiling * 1_000_000)}
	}
	assert.NoError(t, tellSizes(io.Discard, sizes))
}

func TestAProgramOverItsLimitFails(t *testing.T) {
	for _, l := range limits {
		sizes := map[string]size{base: {brotli: 1_000_000}}
		sizes[l.program] = size{brotli: int(l.ceiling*1_000_000) + 1000}
		var table strings.Builder
		assert.ErrorContains(t, tellSizes(&table, sizes), l.program)
		assert.Contains(t, table.String(), l.program)
	}
}

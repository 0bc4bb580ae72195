package main

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAProgramMayBeAsLargeAsItsCeiling(t *testing.T) {
	for release, limits := range ceilings {
		sizes := map[string]size{base: {brotli: 1_000_000}}
		for name, ceiling := range limits {
			sizes[name] = size{brotli: int(ceiling * 1_000_000)}
		}
		assert.NoError(t, tellSizes(io.Discard, release+".3", sizes))
	}
}

func TestAProgramOverItsCeilingFails(t *testing.T) {
	for release, limits := range ceilings {
		for name, ceiling := range limits {
			sizes := map[string]size{base: {brotli: 1_000_000}}
			sizes[name] = size{brotli: int(ceiling*1_000_000) + 1000}
			var table strings.Builder
			assert.ErrorContains(t, tellSizes(&table, release, sizes), name)
			assert.Contains(t, table.String(), name)
		}
	}
}

func TestAReleaseWithoutCeilingsIsMeasuredAndDoesNotFail(t *testing.T) {
	var table strings.Builder
	for _, version := range []string{"go1.99.1", "go1.2", "devel go1.99-0123456789 X:nothing"} {
		require.NoError(t, tellSizes(&table, version, map[string]size{base: {brotli: 1}, panel: {brotli: 1_000_000}}))
		assert.Contains(t, table.String(), "There are no limits for "+version)
	}
}

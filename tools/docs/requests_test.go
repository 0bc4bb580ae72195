package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheTableHasEveryRequest(t *testing.T) {
	all, err := readRequests("../../wasm/wwe")
	require.NoError(t, err)
	assert.Len(t, all, 75, "the 74 of Genesys' client, and getContextualOption")
	page, err := requests("../../wasm/wwe")
	require.NoError(t, err)
	assert.Contains(t, string(page), "| `markdone(interactionId)` | [InteractionNamespace.MarkDone](wwe.md#InteractionNamespace.MarkDone) | not documented |  |\n")
	assert.Contains(t, string(page), "ErrNotFound; *DataError")
	assert.Equal(t, 11, strings.Count(string(page), "\n## "), "namespaces")
}

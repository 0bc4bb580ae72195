//go:build !js

package scenario_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/desktop/scenario"
)

func TestTheGalleryHasEveryFile(t *testing.T) {
	found, err := filepath.Glob("gallery/*.json")
	require.NoError(t, err)
	assert.Len(t, scenario.Gallery(), len(found))
	for _, s := range scenario.Gallery() {
		info, err := os.Stat("gallery/" + s.Name + ".json")
		require.NoError(t, err)
		assert.Less(t, info.Size(), int64(2500), "a scenario is a small file")
	}
}

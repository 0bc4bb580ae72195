package e2e

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The stand-ins, which the library's own tests use too.
const (
	standInClient = project + "/wasm/wwe/testdata/client.js" // for Genesys' client file, which is not ours to keep
	standInWWE    = project + "/wasm/panel/testdata/wwe.js"  // for a WWE that always has the same call
)

// standIn returns the script in the file.
func standIn(t *testing.T, file string) string {
	t.Helper()
	script, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(script)
}

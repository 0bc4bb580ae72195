//go:build !js

package wwe_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A program pays for what it uses. (The names of the methods it has all the
// same, in Go's descriptions of the types.)
func TestAProgramHasNoCodeOfWhatItDoesNotUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "small.wasm")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", file, "./testdata/small")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	output, err := build.CombinedOutput()
	require.NoError(t, err, "%s", output)
	program, err := os.ReadFile(file)
	require.NoError(t, err)
	has := func(function string) bool { return bytes.Contains(program, []byte("wwebridge/wasm/wwe."+function)) }

	require.True(t, has("InteractionNamespace.GetInteractions"), "code is known by its name")
	for _, function := range []string{
		"AgentNamespace.", "AuthNamespace.", "ConfigurationNamespace.", "EmailNamespace.", "MediaNamespace.", "MessengerNamespace.",
		"OutboundNamespace.", "SIPEndpointNamespace.", "SystemNamespace.", "VoiceNamespace.",
		"InteractionNamespace.Consult", "(*Service).Watch", "(*Recorder).", "(*pace).", "AllowedServices.", "Toast.",
	} {
		assert.False(t, has(function), function)
	}
}

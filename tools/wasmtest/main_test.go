package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A runner that takes a failure for a success would hide them all.
func TestTheRunnerNoticesWhatFails(t *testing.T) {
	program := filepath.Join(t.TempDir(), "canary.wasm")
	build := exec.Command("go", "test", "-c", "-o", program, "./testdata/canary")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := build.CombinedOutput()
	require.NoError(t, err, "%s", output)
	runner, err := filepath.Abs("../wasm-exec.sh")
	require.NoError(t, err)
	for test, says := range map[string]string{
		"TestPasses": "\nPASS\n",
		"TestFails":  "it fails",
		"TestPanics": "panic: it panics",
		"TestHangs":  "panic: test timed out after 2s",
		"TestThrows": "it throws",
	} {
		t.Run(test, func(t *testing.T) {
			command := exec.Command(runner, program, "-test.v", "-test.timeout=2s", "-test.run=^"+test+"$")
			command.Dir = "testdata/canary"
			output, err := command.CombinedOutput()
			if test == "TestPasses" {
				assert.NoError(t, err, "make tools\n%s", output)
			} else {
				var failed *exec.ExitError
				assert.ErrorAs(t, err, &failed)
			}
			assert.Contains(t, string(output), says)
		})
	}
}

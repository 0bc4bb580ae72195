//go:build !js

package wwe_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheDocumentationNamesNothingInternal(t *testing.T) {
	entries, err := os.ReadDir("../../internal")
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	internal := regexp.MustCompile(`.*(/internal/|\b(` + strings.Join(names, "|") + `)\.[A-Z]).*`)
	for _, path := range []string{".", "../wwetest"} {
		text, err := exec.Command("go", "doc", "-all", path).CombinedOutput()
		require.NoError(t, err, string(text))
		assert.Empty(t, internal.FindAllString(string(text), -1), path)
	}
}

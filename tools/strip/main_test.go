package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHowItIsCalled(t *testing.T) {
	folder := t.TempDir()
	broken := filepath.Join(folder, "broken.wasm")
	require.NoError(t, os.WriteFile(broken, []byte("no program"), 0o600))
	for name, c := range map[string]struct {
		args      []string
		code      int
		out, errs string
	}{
		"help":               {[]string{"-h"}, 0, "Usage:", ""},
		"long help":          {[]string{"--help"}, 0, "Usage:", ""},
		"nothing to strip":   {nil, 2, "", "Usage:"},
		"an unknown flag":    {[]string{"-x"}, 2, "", "-x"},
		"a missing file":     {[]string{filepath.Join(folder, "none.wasm")}, 1, "", "none.wasm"},
		"what is no program": {[]string{broken}, 1, "", "broken.wasm"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			assert.Equal(t, c.code, run(c.args, &out, &errs))
			for want, got := range map[string]string{c.out: out.String(), c.errs: errs.String()} {
				if want != "" {
					assert.Contains(t, got, want)
				}
			}
			assert.Equal(t, c.out == "", out.Len() == 0)
			assert.Equal(t, c.errs == "", errs.Len() == 0)
		})
	}
	content, err := os.ReadFile(broken)
	require.NoError(t, err)
	assert.Equal(t, "no program", string(content), "a file that cannot be stripped stays as it is")
}

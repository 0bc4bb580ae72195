//go:build unix

package live

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestANamedPipeDoesNotBlock(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, syscall.Mkfifo(filepath.Join(folder, "pipe.js"), 0o600))
	_, err := fs.ReadFile(Folder(folder), "pipe.js")
	assert.Error(t, err)
}

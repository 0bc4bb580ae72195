package gocmd

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// aPanel returns the folder of a program.
func aPanel(t *testing.T, text string) string {
	t.Helper()
	t.Setenv("GOWORK", "off")
	folder := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module panel\n\ngo 1.26\n", "main.go": text} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644))
	}
	return folder
}

const good = "package main\n\nfunc main() { println(\"good\") }\n"

func TestAProgramIsBuiltForBrowsers(t *testing.T) {
	folder := aPanel(t, good)
	program, err := Build(t.Context(), folder, "-trimpath")
	require.NoError(t, err)
	assert.True(t, IsProgram(program))
	assert.NotContains(t, string(program), folder, "-trimpath is passed on")
	script, err := Script(t.Context(), folder)
	require.NoError(t, err)
	assert.Contains(t, string(script), "globalThis.Go = class")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, entries, 2, "the folder stays as it is")
}

func TestAnErrorIsTheOutputOfTheCommand(t *testing.T) {
	_, err := Build(t.Context(), aPanel(t, "package main\n\nfunc main() { x }\n"))
	assert.EqualError(t, err, "# panel\n./main.go:3:15: undefined: x")
	_, err = Build(t.Context(), aPanel(t, "package panel\n"))
	assert.ErrorContains(t, err, "its name must be main")
}

func TestACommandThatCannotRunSaysWhy(t *testing.T) {
	folder := aPanel(t, good)
	ended, end := context.WithCancel(t.Context())
	end()
	_, err := Build(ended, folder)
	assert.ErrorIs(t, err, context.Canceled)
	t.Setenv("PATH", "")
	_, err = Script(t.Context(), folder)
	assert.ErrorIs(t, err, ErrNoGo)
}

// Go looks for go.work and for replaced modules beside the folder as it was named, as in a shell.
func TestAFolderBehindALinkKeepsItsName(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(aPanel(t, good), link))
	module, err := Run(t.Context(), link, "env", "GOMOD")
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(link, "go.mod"), module)
}

package e2e

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/internal/strip"
	"wwebridge/web"
)

// A stripped program must have kept all that Go's runtime reads: where the
// pointers on its stacks are, what to do when it panics, and its functions' names.
func TestAStrippedProgram(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS("testdata/stripped")))
	program := filepath.Join(folder, "program.wasm")
	run(t, "..", "env", "GOOS=js", "GOARCH=wasm", "go", "build", "-buildvcs=false", "-o", program, "./internal/strip/testdata/program")
	linked, err := os.ReadFile(program)
	require.NoError(t, err)
	stripped, err := strip.Program(linked)
	if unknown := new(strip.UnknownReleaseError); errors.As(err, &unknown) {
		t.Skip(err)
	}
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(program, stripped, 0o600))

	_, origin := start(t, func(p *web.Pages) { p.Panel = os.DirFS(folder) })
	tab := browser(t)
	require.NoError(t, tab.Navigate(origin))
	page := outer(t, tab, origin)
	page.until(`document.body.innerText !== ""`)
	var written string
	page.eval(`document.body.innerText`, &written)
	assert.Contains(t, written, "deep the first\n", "its stacks grew while the collector came")
	assert.Contains(t, written, "recovered runtime error: index out of range [7] with length 2\n")
	assert.Contains(t, written, "recovered false true\n", "recover works where it does otherwise")
	assert.Contains(t, written, "at ? 0\n", "it knows no lines any more")
	assert.Contains(t, written, "panic: the end\n")
	assert.Contains(t, written, "main.stop(")
	assert.Contains(t, written, "main.main(")
}

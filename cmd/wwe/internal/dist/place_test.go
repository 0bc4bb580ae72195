package dist

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOnlyAFolderOfOursIsReplaced(t *testing.T) {
	ours := map[string][]byte{"index.html": []byte("page"), "img/a.svg": []byte("a")}
	for promise, c := range map[string]struct {
		change func(folder string) error
		want   string // of the error
	}{
		"made by Write":           {func(string) error { return nil }, ""},
		"edited":                  {func(f string) error { return os.WriteFile(f+"/index.html", nil, 0o644) }, ""},
		"empty":                   {func(f string) error { return empty(f) }, ""},
		"with a file beside":      {func(f string) error { return os.WriteFile(f+"/notes.txt", nil, 0o644) }, "has notes.txt"},
		"with a file deeper":      {func(f string) error { return os.WriteFile(f+"/img/b.svg", nil, 0o644) }, "has img/b.svg"},
		"with a link":             {func(f string) error { return os.Symlink("/etc", f+"/etc") }, "has etc"},
		"without sums":            {func(f string) error { return os.Remove(f + "/SHA256SUMS") }, "which wwe build did not write"},
		"with sums of other form": {func(f string) error { return os.WriteFile(f+"/SHA256SUMS", []byte("index.html\n"), 0o644) }, "which wwe build did not write"},
	} {
		t.Run(promise, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "dist")
			require.NoError(t, Write(t.Context(), folder, ours))
			require.NoError(t, c.change(folder))
			err := Write(t.Context(), folder, map[string][]byte{"new.js": nil})
			if c.want == "" {
				require.NoError(t, err)
				assert.Equal(t, []string{"SHA256SUMS", "new.js", "new.js.br", "new.js.gz"}, names(t, folder))
			} else {
				require.ErrorContains(t, err, c.want)
				assert.Contains(t, names(t, folder), "index.html.br", "it is as it was")
			}
			left, err := os.ReadDir(filepath.Dir(folder))
			require.NoError(t, err)
			assert.Len(t, left, 1, "nothing is left beside it")
		})
	}
}

func empty(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.Mkdir(folder, 0o755)
}

func TestADamagedCopyIsNotReused(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "dist")
	files := map[string][]byte{"a.js": []byte("content")}
	require.NoError(t, Write(t.Context(), folder, files))
	good, err := os.ReadFile(folder + "/a.js.br")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(folder+"/a.js.br", []byte("damaged"), 0o644))
	require.NoError(t, Write(t.Context(), folder, files))
	again, err := os.ReadFile(folder + "/a.js.br")
	require.NoError(t, err)
	assert.Equal(t, good, again)
}

package live

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNoFileOutsideOfTheFolderIsRead(t *testing.T) {
	parent := t.TempDir()
	written(t, parent, map[string]string{"secret": "secret", "outside/secret": "secret", "panel/index.html": "page", "panel/deep/a.js": "a"})
	folder := Folder(filepath.Join(parent, "panel"))
	for link, target := range map[string]string{
		"inside.js": "deep/a.js", "out.js": "../secret", "absolute.js": filepath.Join(parent, "secret"), "folder": "../outside", "loop": "loop",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(string(folder), link)))
	}
	for name, want := range map[string]string{
		"index.html": "page", "deep/a.js": "a", "inside.js": "a",
		"out.js": "", "absolute.js": "", "folder/secret": "", "loop": "", "../secret": "", "deep/../../secret": "", "/etc/passwd": "", "": "", "absent": "",
	} {
		content, err := fs.ReadFile(folder, name)
		assert.Equal(t, want, string(content), name)
		assert.Equal(t, want == "", err != nil, name)
		file, err := folder.Open(name)
		assert.Equal(t, want == "", err != nil, name)
		if err == nil {
			file.Close()
		}
	}
}

func TestAFolderThatComesBackIsReadAgain(t *testing.T) {
	folder := Folder(filepath.Join(t.TempDir(), "panel"))
	for _, text := range []string{"first", "second"} {
		written(t, string(folder), map[string]string{"index.html": text})
		content, err := fs.ReadFile(folder, "index.html")
		require.NoError(t, err)
		assert.Equal(t, text, string(content))
		require.NoError(t, os.RemoveAll(string(folder)))
		_, err = fs.ReadFile(folder, "index.html")
		assert.ErrorIs(t, err, fs.ErrNotExist)
	}
}

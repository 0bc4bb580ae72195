package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A panel of someone else needs the library only. Go prunes the module graph, so that the modules of
// the command wwe, such as fsnotify, are neither downloaded nor in the panel's go.sum.
func TestAStrangersModuleDownloadsNothing(t *testing.T) {
	clone, err := filepath.Abs(project)
	require.NoError(t, err)
	folder := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":       "module stranger\n\ngo 1.26\n\nrequire wwebridge v0.0.0\n\nreplace wwebridge => " + strconv.Quote(clone) + "\n",
		"main.go":      "package main\n\nimport _ \"wwebridge/wasm/wwe\"\n\nfunc main() {}\n",
		"main_test.go": "package main\n\nimport (\n\t\"testing\"\n\n\t\"wwebridge/wasm/wwetest\"\n)\n\nfunc TestHost(t *testing.T) {\n\tif wwetest.NewHost() == nil {\n\t\tt.Fail()\n\t}\n}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644))
	}
	downloads := t.TempDir()
	for _, c := range []struct {
		platform  string
		arguments []string
	}{
		{"", []string{"mod", "download", "-x"}},
		{"", []string{"build", "-o", os.DevNull, "."}},
		{"", []string{"vet", "./..."}},
		{"", []string{"test", "./..."}},
		{"js", []string{"build", "-o", os.DevNull, "."}},
	} {
		command := exec.Command("go", c.arguments...)
		command.Dir = folder
		command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off", "GOMODCACHE="+downloads)
		if c.platform == "js" {
			command.Env = append(command.Env, "GOOS=js", "GOARCH=wasm")
		}
		output, err := command.CombinedOutput()
		require.NoError(t, err, "go %v: %s", c.arguments, output)
	}
	assert.NoFileExists(t, filepath.Join(folder, "go.sum"))
	modules, err := filepath.Glob(downloads + "/*/*")
	require.NoError(t, err)
	for _, module := range modules {
		assert.NotContains(t, module, "fsnotify")
	}
	modules, err = filepath.Glob(downloads + "/cache/download/*")
	require.NoError(t, err)
	assert.Empty(t, modules)
}

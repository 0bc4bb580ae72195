// Package house tests how the project is laid out.
package house

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const project = "../../.."

// packages lists the packages of the module in the folder, as the platform has them.
func packages(t *testing.T, folder, platform string, flags ...string) []string {
	t.Helper()
	goos, goarch, _ := strings.Cut(platform, "/")
	list := exec.Command("go", append(append([]string{"list"}, flags...), "./...")...)
	list.Dir = folder
	list.Env = append(os.Environ(), "GOWORK=off", "GOOS="+goos, "GOARCH="+goarch)
	var problems strings.Builder
	list.Stderr = &problems
	output, err := list.Output()
	require.NoError(t, err, problems.String())
	return strings.Fields(string(output))
}

// So go doc shows them, and go vet, go build and go test work.
func TestEveryPackageOfTheLibraryIsThereOnEveryPlatform(t *testing.T) {
	want := packages(t, project, "js/wasm")
	for _, platform := range []string{"linux/amd64", "darwin/arm64", "windows/amd64", "wasip1/wasm"} {
		assert.Equal(t, want, packages(t, project, platform), platform)
	}
}

func TestTheModuleTakesAnotherPath(t *testing.T) {
	module, err := os.ReadFile(project + "/go.mod")
	require.NoError(t, err)
	if !strings.HasPrefix(string(module), "module wwebridge\n") {
		t.Skip("it has another path already")
	}
	contributing, err := os.ReadFile(project + "/CONTRIBUTING.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)## Another module path\n.*?```sh\n(.*?)```").FindSubmatch(contributing)
	require.NotNil(t, block)
	command, isShown := strings.CutPrefix(string(block[1]), "NEW=example.com/you/wwebridge\n")
	require.True(t, isShown, "%s", block[1])
	copied := copyOfText(t)
	change := exec.Command("sh", "-c", "NEW=corp.example/agents/panel-4\n"+command)
	change.Dir = copied
	output, err := change.CombinedOutput()
	require.NoError(t, err, "%s", output)

	for _, platform := range []string{"linux/amd64", "js/wasm"} {
		for _, name := range packages(t, copied, platform, "-deps", "-test") {
			assert.NotContains(t, name, "wwebridge", "a package with the path of before")
		}
		assert.Contains(t, packages(t, copied, platform), "corp.example/agents/panel-4/wasm/wwe")
	}
	for _, name := range packages(t, copied+"/tools", "linux/amd64", "-deps", "-test") {
		assert.NotContains(t, name, "wwebridge", "a package with the path of before")
	}
	for _, file := range []string{"Makefile", "tools/bench/size.go"} { // which name packages to go build
		content, err := os.ReadFile(copied + "/" + file)
		require.NoError(t, err)
		assert.Contains(t, string(content), "-gcflags")
		assert.NotContains(t, string(content), "wwebridge/", file)
	}
}

// copyOfText copies what names the module, and the files that are embedded.
func copyOfText(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	err := filepath.WalkDir(project, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != project && (name[0] == '.' || name == "node_modules" || name == "dist" && filepath.Dir(path) == project):
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		if ext := filepath.Ext(name); ext == ".wasm" || ext == ".png" {
			return nil // large, and neither embedded nor text
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(project, path)
		if err != nil {
			return err
		}
		target := filepath.Join(folder, relative)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
	require.NoError(t, err)
	return folder
}

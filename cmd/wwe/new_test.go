package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// makePanel runs wwe new, which must succeed, and returns what it prints.
func makePanel(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := run(t, append([]string{"new"}, args...)...)
	require.Zero(t, code, errs)
	assert.Empty(t, errs)
	return out
}

// refuse runs wwe new, which must fail with the exit code, and returns the error.
func refuse(t *testing.T, code int, args ...string) string {
	t.Helper()
	out, errs, got := run(t, append([]string{"new"}, args...)...)
	assert.Equal(t, code, got, "%q", args)
	assert.Empty(t, out)
	return errs
}

// execute runs a command in the folder, with no network, no workspace around it and no flags of the
// machine's own.
func execute(t *testing.T, folder string, words ...string) string {
	t.Helper()
	c := exec.Command(words[0], words[1:]...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off")
	output, err := c.CombinedOutput()
	require.NoError(t, err, "%q\n%s", words, output)
	return string(output)
}

func TestEveryGoTemplateBuildsAndPassesItsTestsAtOnce(t *testing.T) {
	for _, tmpl := range templates {
		if tmpl.name == javascript {
			continue
		}
		t.Run(tmpl.name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "Mein Panel für «"+tmpl.name+"»")
			makePanel(t, folder, "-template", tmpl.name)
			assert.Contains(t, execute(t, folder, "go", "test", "./..."), "ok")
			for _, platform := range [][]string{{"GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH}, {"GOOS=js", "GOARCH=wasm"}} {
				execute(t, folder, append(append([]string{"env"}, platform...), "go", "vet", "./...")...)
			}
			execute(t, folder, "env", "GOOS=js", "GOARCH=wasm", "go", "build", "-o", "web/panel.wasm", ".")
			assert.FileExists(t, folder+"/web/panel.wasm")
		})
	}
}

func TestEveryTemplateIsShort(t *testing.T) {
	for _, tmpl := range templates {
		files, err := tmpl.files()
		require.NoError(t, err)
		lines := 0
		for _, name := range []string{"panel.go", "main_js.go"} {
			for line := range strings.Lines(string(files[name])) {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
					lines++
				}
			}
		}
		assert.Less(t, lines, 120, "lines of Go in %s, without comments and empty ones", tmpl.name)
	}
}

// A file that is added to a template must be embedded too.
func TestATemplateHasAllItsFiles(t *testing.T) {
	for _, tmpl := range templates {
		embedded, err := tmpl.files()
		require.NoError(t, err)
		root := "templates/" + tmpl.name
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if d.IsDir() {
				if d.Name() == "node_modules" {
					return fs.SkipDir
				}
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(path), root+"/")
			if real, has := realNames[name]; has {
				name = real
			}
			if !slices.Contains([]string{"web/panel.wasm", "web/runtime.js", web.ClientFile}, name) { // built or put there by a person
				assert.Contains(t, embedded, name, tmpl.name)
			}
			return err
		}))
	}
}

func TestTheJavaScriptTemplateIsServedAsItIs(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "widget")
	out := makePanel(t, folder, "-template", "javascript")
	assert.FileExists(t, folder+"/index.html")
	assert.NoFileExists(t, folder+"/go.mod")
	client, err := os.ReadFile(folder + "/" + web.ClientFile)
	require.NoError(t, err)
	assert.Contains(t, string(client), "Replace this file by Genesys' own")
	assert.Contains(t, out, "before you deploy")
	assert.Contains(t, out, "npm test")
}

func TestTheNextStepsAreCommandsOfAShell(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, cd := range map[string]string{
		"hello": "cd hello\n", "panels/a": "cd panels/a\n", "it's": `cd 'it'\''s'` + "\n", "für mich": "cd 'für mich'\n", "./-x": "cd ./-x\n",
	} {
		out := makePanel(t, name)
		assert.Contains(t, out, "  "+cd)
		assert.Contains(t, out, "wwe dev")
		assert.Contains(t, out, "go test")
		cd, _, _ = strings.Cut(cd, "\n")
		execute(t, ".", "sh", "-c", cd+" && test -f go.mod")
	}
	require.NoError(t, os.Mkdir("here", 0o755))
	t.Chdir("here")
	assert.NotContains(t, makePanel(t, "."), "cd ")
	assert.Contains(t, execute(t, ".", "go", "list", "-m"), "here")
}

func TestAWorkspaceAroundThePanelIsMentioned(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("go.work", []byte("go 1.26\n"), 0o644))
	assert.Contains(t, makePanel(t, "hello"), "go work use .")
}

func TestWhatIsThereAlreadyStays(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("full", 0o755))
	require.NoError(t, os.WriteFile("full/note.txt", nil, 0o644))
	require.NoError(t, os.Symlink("full", "linked"))
	require.NoError(t, os.Symlink("nowhere", "dangling"))
	for name, why := range map[string]string{
		"full": "is not empty: it has note.txt", "linked": "is not empty", "full/note.txt": "is a file", "dangling": "is a link to a folder that does not exist",
		"full/note.txt/below": "not a directory",
	} {
		assert.Contains(t, refuse(t, 1, name), why)
	}
	assert.Len(t, tree(t, "."), 4)
}

func TestAWrongCommandLineSaysWhatIsRight(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		why  string
		args []string
	}{
		{"needs one folder", nil},
		{"needs one folder", []string{"a", "b"}},
		{"is not a name", []string{""}},
		{"is not a name", []string{"/"}},
		{"is not a name", []string{"two\nlines"}},
		{"is not a name", []string{"\xff"}},
		{"there is no template \"vue\"", []string{"a", "-template", "vue"}},
		{"leave out -module", []string{"a", "-template", "javascript", "-module", "a"}},
		{"is one of Go's", []string{"a", "-module", "fmt"}},
		{"is one of Go's", []string{"a", "-module", "wwebridge/panels"}},
	} {
		text := refuse(t, 2, c.args...)
		assert.Contains(t, text, c.why)
		assert.Contains(t, text, "wwe help new")
	}
	text := refuse(t, 2, "a", "-template", "vue")
	for _, tmpl := range templates {
		assert.Contains(t, text, tmpl.name)
		assert.Contains(t, text, tmpl.summary)
	}
	assert.Empty(t, tree(t, "."))
}

func TestAFailureLeavesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("empty", 0o755))
	for _, name := range []string{"hello", "new/folders/hello", "empty"} {
		assert.Contains(t, refuse(t, 1, name, "-module", "not a path"), "choose another path by -module")
	}
	t.Setenv("PATH", "")
	assert.Contains(t, refuse(t, 1, "hello"), "install Go")
	assert.Equal(t, []string{"empty"}, tree(t, "."))
}

func TestAnEmptyFolderAndALinkToOneAreFilled(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("empty", 0o755))
	require.NoError(t, os.Symlink("empty", "linked"))
	makePanel(t, "linked")
	assert.FileExists(t, "empty/web/index.html")
	assert.Contains(t, execute(t, "linked", "go", "list", "-m"), "linked")
	entries, err := os.ReadDir("empty")
	require.NoError(t, err)
	for _, entry := range entries {
		assert.False(t, strings.HasPrefix(entry.Name(), ".wwe-new-"), entry.Name())
	}
}

// The clone may be anywhere.
func TestTheModuleFindsACloneOfAnyName(t *testing.T) {
	clone, err := cloneFolder()
	require.NoError(t, err)
	for _, name := range []string{"a b", "Größe", "日本", `q"u'o`, "b`ack", "a@v1", "a=>b", "(x),[y]", "$HOME", "#1", "50%", "a~b", "nb\u00a0sp"} {
		odd := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.Symlink(clone, odd))
		module, err := goMod("hello", odd)
		require.NoError(t, err)
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(folder+"/go.mod", module, 0o644))
		assert.Equal(t, odd+"\n", execute(t, folder, "go", "list", "-f", "{{.Module.Dir}}", "wwebridge/wasm/wwe"), "%s", module)
		assert.NoError(t, checkModule(t.Context(), folder))
	}
}

func TestModulePathsComeFromTheFoldersName(t *testing.T) {
	for name, want := range map[string]string{
		"hello": "hello", "My Panel": "My-Panel", "Größe": "Gr-e", "日本": "panel", ".hidden": "hidden", "a..": "a", "fmt": "fmt-panel",
		"wwebridge": "wwebridge-panel", "v1.2": "v1.2", "a/b": "a-b", "time.": "time-panel",
	} {
		assert.Equal(t, want, modulePathOf(name), name)
	}
}

// A package of Go's that is new must not be taken for a panel.
func TestEveryPackageOfGosIsReserved(t *testing.T) {
	for path := range strings.FieldsSeq(execute(t, ".", "go", "list", "std")) {
		assert.True(t, isReserved(path), path)
	}
}

// tree returns everything in the folder.
func tree(t *testing.T, folder string) (paths []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if path != folder {
			paths = append(paths, path)
		}
		return err
	}))
	return paths
}

package live

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	goodMain = "package main\n\nfunc main() { println(\"good\") }\n"
	badMain  = "package main\n\nfunc main() { <b>undefinedName() }\n"
)

// goPanel are the files of a panel that builds.
func goPanel() map[string]string {
	return map[string]string{"go.mod": "module panel\n\ngo 1.26\n", "main.go": goodMain, "web/index.html": "page", "web/style.css": "style"}
}

// written writes the files into the folder.
func written(t *testing.T, folder string, files map[string]string) string {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return folder
}

// output is the terminal.
type output struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (o *output) Write(text []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(text)
}

func (o *output) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.String()
}

// running runs the panel in the folder until the test ends.
func running(t *testing.T, dir string) (*Panel, *output) {
	t.Helper()
	t.Setenv("GOWORK", "off")
	var out output
	panel, err := New(dir, []byte("before\n\t// wasm_exec.js\nafter\n"), &out)
	require.NoError(t, err)
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- panel.Run(ctx) }()
	t.Cleanup(func() {
		interrupt()
		assert.NoError(t, <-ended)
	})
	return panel, &out
}

// until waits for a state, and returns it.
func (p *Panel) until(t *testing.T, holds func(state) bool) state {
	t.Helper()
	timeout := time.After(2 * time.Minute)
	for {
		now, changed := p.get()
		if holds(now) {
			return now
		}
		select {
		case <-changed:
		case <-timeout:
			require.Fail(t, "the state never comes", "%+v", now)
		}
	}
}

// isLoaded holds after a good build or a reload that is later than the state before.
func isLoaded(before state) func(state) bool {
	return func(now state) bool { return now.Version != before.Version && now.Title == "" }
}

func isSound(now state) bool { return now.Title == "" }

func TestAPanelIsBuiltAndServed(t *testing.T) {
	for promise, name := range map[string]string{"in a folder": "panel", "with spaces and non-ASCII": "mon écran 面板 'ß\""} {
		t.Run(promise, func(t *testing.T) {
			panel, out := running(t, written(t, filepath.Join(t.TempDir(), name), goPanel()))
			panel.until(t, isSound)
			for file, want := range map[string]string{"panel.wasm": "\x00asm", "runtime.js": "before\n", "wasm_exec.js": "// Copyright", "index.html": "page", "style.css": "style"} {
				content, err := fs.ReadFile(panel, file)
				require.NoError(t, err)
				assert.True(t, strings.HasPrefix(string(content), want), "%s: %.20q", file, content)
			}
			for _, file := range []string{"main.go", "../main.go", "go.mod", "panel.wasm.br", "absent"} {
				_, err := fs.ReadFile(panel, file)
				assert.Error(t, err, file)
			}
			assert.Contains(t, out.String(), "built in")
			assert.NoFileExists(t, filepath.Join(panel.dir, "web", "panel.wasm"), "the author's folder stays as it is")
		})
	}
}

func TestAPageThatIsOpenedEarlyWaitsForTheFirstBuild(t *testing.T) {
	panel, _ := running(t, written(t, t.TempDir(), goPanel()))
	wasm, err := fs.ReadFile(panel, "panel.wasm")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(wasm), "\x00asm"))
	assert.Equal(t, version(0), panel.until(t, isSound).Version, "it need not load the program again")

	files := goPanel()
	files["main.go"] = badMain
	panel, _ = running(t, written(t, t.TempDir(), files))
	_, err = fs.ReadFile(panel, "panel.wasm")
	assert.ErrorIs(t, err, fs.ErrNotExist, "if that fails, it waits no longer")
}

func TestAnErrorNamesItsLineAndTheNextGoodBuildClearsIt(t *testing.T) {
	files := goPanel()
	files["main.go"] = badMain
	panel, out := running(t, written(t, t.TempDir(), files))
	broken := panel.until(t, func(now state) bool { return now.Details != "" })
	assert.Equal(t, "The panel does not build.", broken.Title)
	assert.Contains(t, broken.Details, "main.go:3:15")
	assert.Contains(t, out.String(), "main.go:3:15")

	written(t, panel.dir, map[string]string{"web/style.css": "changed"})
	reloaded := panel.until(t, func(now state) bool { return now.Version != broken.Version })
	assert.Equal(t, broken.Details, reloaded.Details, "a new style does not mend the program")

	written(t, panel.dir, map[string]string{"main.go": goodMain})
	good := panel.until(t, isLoaded(reloaded))
	before, err := fs.ReadFile(panel, "panel.wasm")
	require.NoError(t, err)

	written(t, panel.dir, map[string]string{"main.go": badMain})
	panel.until(t, func(now state) bool { return now.Details != "" && now.Version == good.Version })
	after, err := fs.ReadFile(panel, "panel.wasm")
	require.NoError(t, err)
	assert.Equal(t, before, after, "the last good program stays")
}

func TestAPageIsLoadedAgainWithoutABuild(t *testing.T) {
	panel, out := running(t, written(t, t.TempDir(), goPanel()))
	before := panel.until(t, isSound)
	for file, content := range map[string]string{"web/index.html": "new page", "web/new/deep.css": "new"} {
		written(t, panel.dir, map[string]string{file: content})
		before = panel.until(t, isLoaded(before))
		got, err := fs.ReadFile(panel, strings.TrimPrefix(file, "web/"))
		require.NoError(t, err)
		assert.Equal(t, content, string(got))
	}
	assert.Contains(t, out.String(), "web/index.html: loaded again")
	assert.Equal(t, 1, strings.Count(out.String(), "built in"))
}

func TestOnlyTheNewestFilesAreBuilt(t *testing.T) {
	panel, _ := running(t, written(t, t.TempDir(), goPanel()))
	for _, text := range []string{"first", "second", "third"} {
		written(t, panel.dir, map[string]string{"main.go": strings.Replace(goodMain, "good", text, 1)})
	}
	assert.Eventually(t, func() bool {
		wasm, err := fs.ReadFile(panel, "panel.wasm")
		return err == nil && strings.Contains(string(wasm), "third")
	}, 2*time.Minute, 10*time.Millisecond)
}

func TestAFolderThatIsDeletedAndComesBack(t *testing.T) {
	dir := written(t, filepath.Join(t.TempDir(), "panel"), goPanel())
	panel, _ := running(t, dir)
	before := panel.until(t, isSound)
	require.NoError(t, os.RemoveAll(dir))
	panel.until(t, func(now state) bool { return now.Title != "" })
	panel.until(t, func(now state) bool { return now.Title == "The panel's folder is gone." })
	written(t, dir, goPanel())
	back := panel.until(t, isLoaded(before))
	written(t, dir, map[string]string{"web/index.html": "after"})
	panel.until(t, isLoaded(back))
}

func TestAPageThatIsDeletedAndComesBack(t *testing.T) {
	panel, _ := running(t, written(t, t.TempDir(), goPanel()))
	before := panel.until(t, isSound)
	require.NoError(t, os.Remove(filepath.Join(panel.dir, "web", "index.html")))
	gone := panel.until(t, func(now state) bool { return now.Title == "There is no panel in the folder." })
	assert.Contains(t, gone.Details, "put index.html into its folder web")
	written(t, panel.dir, map[string]string{"web/index.html": "page"})
	panel.until(t, isLoaded(before))
}

func TestAFolderBehindASymbolicLink(t *testing.T) {
	parent := t.TempDir()
	written(t, filepath.Join(parent, "real"), goPanel())
	link := filepath.Join(parent, "link")
	require.NoError(t, os.Symlink("real", link))
	panel, _ := running(t, link)
	before := panel.until(t, isSound)
	written(t, filepath.Join(parent, "real"), map[string]string{"web/style.css": "new"})
	panel.until(t, isLoaded(before))
}

func TestAPanelInJavaScriptIsServedAsItIs(t *testing.T) {
	panel, _ := running(t, written(t, t.TempDir(), map[string]string{"index.html": "page", "panel.wasm": "its own"}))
	before := panel.until(t, isLoaded(state{Version: version(0)}))
	content, err := fs.ReadFile(panel, "panel.wasm")
	require.NoError(t, err)
	assert.Equal(t, "its own", string(content))
	written(t, panel.dir, map[string]string{"widget.js": "new"})
	panel.until(t, isLoaded(before))
}

func TestAPackageThatIsNoProgramSaysSo(t *testing.T) {
	files := goPanel()
	files["main.go"] = "package panel\n"
	panel, _ := running(t, written(t, t.TempDir(), files))
	broken := panel.until(t, func(now state) bool { return now.Details != "" })
	assert.Contains(t, broken.Details, "its name must be main")
}

func TestFoldersThatAreNotWatchedAreNamed(t *testing.T) {
	files := goPanel()
	outside := t.TempDir()
	files["go.mod"] += "\nreplace example.com/outside => " + outside + "\n\nreplace example.com/inside => ./inside\n"
	panel, out := running(t, written(t, t.TempDir(), files))
	panel.until(t, isSound)
	assert.Eventually(t, func() bool { return strings.Contains(out.String(), "go.mod names it: "+outside+". After") }, time.Minute, 10*time.Millisecond)
}

func TestAFolderWithoutAPanelSaysWhatToDo(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"put index.html into its folder web": {"go.mod": "", "main.go": ""},
		"run go mod init there":              {"main.go": "", "web/index.html": ""},
		"wwe new makes both":                 {"README.md": ""},
		"is not a folder; name the folder":   nil,
		"does not exist; wwe new":            {},
	} {
		dir := written(t, t.TempDir(), files)
		switch want[:3] {
		case "is ":
			dir = filepath.Join(written(t, dir, map[string]string{"file": ""}), "file")
		case "doe":
			dir = filepath.Join(dir, "absent")
		}
		_, err := New(dir, nil, new(output))
		assert.ErrorContains(t, err, want)
	}
}

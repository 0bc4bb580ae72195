package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/cmd/wwe/internal/gocmd"
)

// aFolder makes a folder with the files. Those whose content begins with -> are links.
func aFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if target, isLink := strings.CutPrefix(content, "->"); isLink {
			require.NoError(t, os.Symlink(target, path))
			continue
		}
		require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return folder
}

// content returns the files of a folder, without links, by their names.
func content(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if entry.Type()&os.ModeSymlink != 0 {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	}))
	return files
}

const origins = "https://wwe.example.com"

// aProgram is as short as a WebAssembly program can be for wwe build.
const aProgram = "\x00asm"

func aGoPanel() map[string]string {
	return map[string]string{
		"go.mod":          "module hello\n\ngo 1.26\n",
		"main.go":         "package main\n\nfunc main() { println(\"hello\") }\n",
		"web/index.html":  `<meta name="wwe-origin" content="http://localhost:8080"><link rel="stylesheet" href="style.css"><script type="module" src="load.js" data-wasm="panel.wasm"></script>`,
		"web/style.css":   "p {}",
		"web/load.js":     `import { goWith } from "./runtime.js"; say("runtime.js is missing. Run wwe build.")`,
		"web/runtime.js":  "old",
		"web/panel.wasm":  "old",
		"web/data/a.json": "{}",
	}
}

// The compiler's program is not compressed here, because that takes long.
func TestAGoPanelIsBuilt(t *testing.T) {
	folder := aFolder(t, aGoPanel())
	built, err := buildPanel(t.Context(), folder, goPanel, []string{origins}, nil)
	require.NoError(t, err)
	page := string(built.files["index.html"])
	assert.Contains(t, page, `content="https://wwe.example.com"`)
	assert.Regexp(t, `href="style-[0-9a-f]{16}\.css"`, page)
	assert.Regexp(t, `src="load-[0-9a-f]{16}\.js" data-wasm="panel-[0-9a-f]{16}\.wasm"`, page)
	assert.Equal(t, []string{"data/a.json"}, built.kept)
	assert.True(t, gocmd.IsProgram(built.files[built.program]))
	for name, content := range built.files {
		switch text := string(content); {
		case strings.HasPrefix(name, "runtime-"):
			assert.Contains(t, text, "globalThis.Go = class", "Go's script is in it")
			assert.NotContains(t, text, "// wasm_exec.js\n")
		case strings.HasPrefix(name, "load-"):
			assert.Regexp(t, `"\./runtime-[0-9a-f]{16}\.js"`, text)
		}
	}

	t.Run("with the same bytes from a copy elsewhere", func(t *testing.T) {
		elsewhere := filepath.Join(t.TempDir(), "with spaces and é", "panel")
		require.NoError(t, os.CopyFS(elsewhere, os.DirFS(folder)))
		t.Chdir(elsewhere)
		again, err := buildPanel(t.Context(), ".", goPanel, []string{origins}, nil)
		require.NoError(t, err)
		assert.Equal(t, built, again)
	})
}

func TestTheCommandSaysWhatItHasBuilt(t *testing.T) {
	folder := aFolder(t, aGoPanel())
	program := filepath.Join(t.TempDir(), "smaller.wasm")
	require.NoError(t, os.WriteFile(program, append([]byte(aProgram), make([]byte, 3_840_000)...), 0o644))
	out, errs, code := run(t, "build", folder, "-origin", origins, "-program", program)
	require.Zero(t, code, errs)
	assert.Contains(t, out, "dist has the panel for https://wwe.example.com: its program is 3.84 MB, 0.00 MB compressed with brotli.\n")
	assert.Contains(t, out, "Without a hash, so that browsers revalidate them: data/a.json.\n")
	assert.Contains(t, out, "configuration for Caddyfile, apache.conf, nginx.conf, web.config. Then look at it as WWE does: wwe check URL -wwe https://wwe.example.com\n")
	first := content(t, folder+"/dist")
	_, errs, code = run(t, "build", folder, "-origin", origins, "-program", program)
	require.Zero(t, code, errs)
	assert.Equal(t, first, content(t, folder+"/dist"), "the second build gives the same bytes")
}

// As in README: a page with Go's script as it is.
func TestAPanelWithGosOwnScriptIsBuilt(t *testing.T) {
	folder := aFolder(t, map[string]string{
		"go.mod": "module hello\n\ngo 1.26\n", "web/start.js": `const go = new Go(); fetch("panel.wasm")`,
		"web/index.html": `<script src="wasm_exec.js" defer></script><script src="start.js" defer></script>`,
	})
	built, err := buildPanel(t.Context(), folder, goPanel, []string{origins}, []byte(aProgram))
	require.NoError(t, err)
	assert.Regexp(t, `src="wasm_exec-[0-9a-f]{16}\.js" defer></script><script src="start-[0-9a-f]{16}\.js"`, string(built.files["index.html"]))
	assert.Equal(t, []string{"panel.wasm"}, built.kept, "its name is in a script that cannot be read for certain")
	assert.Len(t, built.files, 4)
	assert.Contains(t, built.notes[0], "index.html names no WWE")
}

func TestAPanelInJavaScriptIsBuilt(t *testing.T) {
	folder := aFolder(t, map[string]string{
		"index.html": `<link rel="stylesheet" href="widget.css"><script src="wwe-service-client-api.js"></script><script src="widget.js" type="module"></script>`,
		"widget.css": "", "widget.js": `import "./más/señal.js"`, "más/señal.js": "1",
		"package.json": "{}", "widget.spec.mjs": "", "genesys.d.ts": "", "node_modules/a/index.js": "", ".git/HEAD": "",
		"old/SHA256SUMS": "", "old/index.html": "",
	})
	out, errs, code := run(t, "build", folder, "-origin", origins)
	require.Zero(t, code, errs)
	assert.Contains(t, out, "Left out: genesys.d.ts, package.json, widget.spec.mjs.\n")
	assert.Contains(t, out, "Genesys' client, which is not there: put it beside the page")
	assert.NotContains(t, out, "index.html names no WWE", "the client finds it")
	found, err := filepath.Glob(folder + "/dist/más/señal-????????????????.js")
	require.NoError(t, err)
	assert.Len(t, found, 1)
	first := content(t, folder+"/dist")
	t.Chdir(folder)
	_, errs, code = run(t, "build", "-origin", origins, "-out", "out folder/ü/deep")
	require.Zero(t, code, errs)
	assert.Equal(t, first, content(t, "out folder/ü/deep"), "dist is not one of its sources, and compressing again gives the same")
}

func TestWhatCannotBeBuiltSaysWhatToDo(t *testing.T) {
	without := func(name string) map[string]string {
		files := aGoPanel()
		delete(files, name)
		return files
	}
	with := func(name, content string) map[string]string {
		files := aGoPanel()
		files[name] = content
		return files
	}
	for promise, c := range map[string]struct {
		files map[string]string
		args  []string
		want  string
		code  int
	}{
		"no origin":                  {args: []string{}, want: "try: wwe build -origin https://wwe.example.com, or make dist ORIGIN=", code: 2},
		"a path in the origin":       {args: []string{"-origin", "https://wwe.example.com/ui"}, want: "write https://wwe.example.com", code: 2},
		"two folders":                {args: []string{".", "..", "-origin", origins}, want: "takes one folder, not 2", code: 2},
		"an unknown flag":            {args: []string{"-orgin", origins}, want: "-orgin", code: 2},
		"a folder that is not there": {args: []string{"nowhere", "-origin", origins}, want: "the folder nowhere does not exist; wwe new makes a panel"},
		"a file":                     {files: aGoPanel(), args: []string{"go.mod", "-origin", origins}, want: "go.mod is a file; name the folder of a panel"},
		"an empty folder":            {want: "it has neither go.mod nor index.html"},
		"a program without a page":   {files: without("web/index.html"), want: "no web/index.html: add the panel's page"},
		"a page beside the program":  {files: map[string]string{"go.mod": "module hello\n", "index.html": ""}, want: "move index.html and the files that it loads into the folder web"},
		"a mistake in the program":   {files: with("main.go", "package main\n\nfunc main() { x }\n"), want: "main.go:3:15"},
		"no package main":            {files: with("main.go", "package hello\n"), want: "the package in this folder is no program; its name must be main: write package main in the first line of its Go files"},
		"a file that is not there":   {files: without("web/style.css"), want: "index.html refers to style.css, which is not in the panel's pages: add the file or remove the reference"},
		"a link out of the folder":   {files: with("web/a.css", "->../../../etc/passwd"), want: "leads to nothing or out of the panel's folder: replace it by the file"},
		"a link to nothing":          {files: with("web/a.css", "->b.css"), want: "leads to nothing or out of the panel's folder: replace it by the file"},
		"a link to a folder":         {files: with("web/more", "->data"), want: "a link to a folder, which is not followed: replace it by the folder"},
		"the name of a copy":         {files: with("web/data/a.json.br", ""), want: "wwe build makes data/a.json.br itself, as a copy or sum of your files: delete or rename yours"},
		"the name of configuration":  {files: with("web/server/a.js", ""), want: "server/a.js: wwe build writes configuration into the folder server: rename yours"},
		"no program for -program":    {files: aGoPanel(), args: []string{"-origin", origins, "-program", "go.mod"}, want: "go.mod is not a WebAssembly program"},
		"a folder of somebody":       {files: with("dist/notes.txt", ""), want: "has notes.txt, which wwe build did not write, and so the folder is left as it is: move the file away, or name another folder by -out"},
		"a file in place of dist":    {files: with("dist", ""), want: "dist is a file, not a folder: delete it, or name another folder by -out"},
		"a link in place of dist":    {files: with("dist", "->gone"), want: "dist is a link to a folder that does not exist"},
		"the sources as the target":  {files: aGoPanel(), args: []string{"-origin", origins, "-out", "web"}, want: "which wwe build did not write"},
	} {
		t.Run(promise, func(t *testing.T) {
			folder := aFolder(t, c.files)
			t.Chdir(folder)
			before := content(t, ".")
			args := c.args
			if args == nil {
				args = []string{"-origin", origins}
			}
			out, errs, code := run(t, append([]string{"build"}, args...)...)
			assert.Contains(t, errs, c.want)
			assert.Empty(t, out)
			assert.Equal(t, max(c.code, 1), code)
			assert.Equal(t, before, content(t, "."), "nothing has changed")
		})
	}
}

func TestALinkInsideOfTheFolderIsFollowed(t *testing.T) {
	files := aGoPanel()
	files["web/style.css"] = "->data/style.css"
	files["web/data/style.css"] = "a {}"
	files["web/panel.wasm"] = aProgram
	folder := aFolder(t, files)
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(folder, link))
	require.NoError(t, os.MkdirAll(folder+"/served/dist", 0o755))
	require.NoError(t, os.Symlink("served/dist", folder+"/dist"))
	_, errs, code := run(t, "build", link, "-origin", origins, "-program", folder+"/web/panel.wasm")
	require.Zero(t, code, errs)
	assert.FileExists(t, folder+"/served/dist/index.html", "a link to the folder to replace stays, and its target is replaced")
	info, err := os.Lstat(folder + "/dist")
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	found, err := filepath.Glob(folder + "/dist/style-*.css")
	require.NoError(t, err)
	require.Len(t, found, 1)
	left, err := os.ReadDir(folder + "/served")
	require.NoError(t, err)
	assert.Len(t, left, 1, "no work is left beside it")
}

func TestAnInterruptedBuildChangesNothing(t *testing.T) {
	folder := aFolder(t, map[string]string{"index.html": "", "dist/index.html": "before", "dist/SHA256SUMS": strings.Repeat("0", 64) + "  index.html\n"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	assert.Equal(t, 1, wwe(ctx, []string{"build", folder, "-origin", origins}, &out, &errs))
	assert.Equal(t, "before", content(t, folder)["dist/index.html"])
}

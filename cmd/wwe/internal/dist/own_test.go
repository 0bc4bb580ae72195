package dist

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func project() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	files := fstest.MapFS{
		"index.html":       file(`<meta name="wwe-origin" content="http://localhost:8080"><link href="web/page.css"><script src="web/page.js">`),
		"web/runtime.js":   file(`runtime`),
		"web/icon.svg":     file(`icon`),
		"web/ringing.svg":  file(`ringing`),
		"web/attention.js": file(`attention`),
		"web/panel.css":    file(`css`),
		"web/page.css":     file(`page css`),
		"web/panel.wasm":   file(`wasm`),
		"web/options.js":   file(`options`),
		"web/panel.js":     file(`new URL("./panel.wasm"); import("./runtime.js"); import "./options.js"; new URL("./lang/pt-BR.json"); const wasmSize = 0;`),
		"web/page.js":      file(`import "./panel.js"; load("wwe-service-client-api.js")`),
		"web/panel.d.ts":   file(`types`),
	}
	for _, name := range languageFiles {
		files[name] = file(`{"lang": "` + name + `"}`)
	}
	return files
}

func built(t *testing.T, change func(fstest.MapFS)) map[string]string {
	t.Helper()
	sources := project()
	change(sources)
	files, err := Own(sources, nil, bytes.TrimSuffix(sources[linkedProgram].Data, []byte(" of a debugger")))
	require.NoError(t, err)
	texts := map[string]string{}
	for name, content := range files {
		texts[name] = string(content)
	}
	return texts
}

func unchanged(fstest.MapFS) {}

// named returns the one file of that name, but for its hash.
func named(t *testing.T, files map[string]string, base, extension string) string {
	t.Helper()
	var found []string
	for name := range files {
		if regexp.MustCompile(`^` + base + `-[0-9a-f]{16}\.` + extension + `$`).MatchString(name) {
			found = append(found, name)
		}
	}
	require.Len(t, found, 1, base)
	return found[0]
}

func TestNamesTellTheContent(t *testing.T) {
	files := built(t, unchanged)
	wasm := named(t, files, "panel", "wasm")
	assert.Contains(t, wasm, fmt.Sprintf("%x", sha256.Sum256([]byte("wasm")))[:16])
	assert.Equal(t, files, built(t, unchanged), "the same input gives the same output")

	changed := built(t, func(p fstest.MapFS) { p["web/panel.wasm"].Data = []byte("other") })
	for _, name := range []string{wasm, named(t, files, "panel", "js"), named(t, files, "page", "js")} {
		assert.NotContains(t, changed, name, "what changes, and what refers to it, has a new name")
	}
	for _, name := range []string{named(t, files, "panel", "css"), named(t, files, "runtime", "js")} {
		assert.Contains(t, changed, name)
	}
}

func TestAStrippedProgramIsBesideTheOneThatItWas(t *testing.T) {
	files := built(t, func(p fstest.MapFS) { p["web/panel.wasm"].Data = []byte("wasm of a debugger") })
	want := built(t, unchanged)
	want[strings.TrimSuffix(named(t, want, "panel", "wasm"), ".wasm")+".unstripped.wasm"] = "wasm of a debugger"
	assert.Equal(t, want, files, "its name and its size are those of what is left, and the program as it was is beside it")
}

func TestFilesReferToEachOtherByTheirNames(t *testing.T) {
	files := built(t, unchanged)
	wasm, runtime, panel, page := named(t, files, "panel", "wasm"), named(t, files, "runtime", "js"),
		named(t, files, "panel", "js"), named(t, files, "page", "js")
	assert.Equal(t, `new URL("./`+wasm+`"); import("./`+runtime+`"); import "./`+named(t, files, "options", "js")+`"; new URL("./`+named(t, files, "panel-pt-BR", "txt")+`"); const wasmSize = 4;`, files[panel])
	assert.Equal(t, `import "./`+panel+`"; load("wwe-service-client-api.js")`, files[page])
	assert.Contains(t, files["index.html"], `<script src="./`+page+`">`)
	assert.Equal(t, `export * from "./`+panel+"\";\n", files["panel.js"])
	assert.Equal(t, "types", files["panel.d.ts"])
	assert.Contains(t, files["package.json"], `"./panel.wasm": "./`+wasm+`"`)
	assert.Contains(t, files["package.json"], `"./panel.css": "./`+named(t, files, "panel", "css")+`"`)
	assert.Contains(t, files["package.json"], `"./lang/de.json": "./`+named(t, files, "panel-de", "txt")+`"`)
	assert.True(t, json.Valid([]byte(files["package.json"])), files["package.json"])
}

// Servers may not send .json, and bundlers take it for a module.
func TestEveryLanguageOfTheProjectIsInDist(t *testing.T) {
	paths, err := filepath.Glob("../../../../web/lang/*.json")
	require.NoError(t, err)
	var names []string
	for _, path := range paths {
		names = append(names, "web/lang/"+filepath.Base(path))
	}
	assert.Equal(t, names, languageFiles)
	files := built(t, unchanged)
	for _, name := range languageFiles {
		language := strings.TrimSuffix(filepath.Base(name), ".json")
		assert.Equal(t, `{"lang": "`+name+`"}`, files[named(t, files, "panel-"+language, "txt")])
	}
	changed := built(t, func(p fstest.MapFS) { p["web/lang/pt-BR.json"].Data = []byte("other") })
	assert.NotContains(t, changed, named(t, files, "panel-pt-BR", "txt"))
	assert.NotContains(t, changed, named(t, files, "panel", "js"), "which refers to it")
}

func TestRefusesWhatWouldNotWork(t *testing.T) {
	for promise, change := range map[string]func(fstest.MapFS){
		"web/page.js refers to other.js, which is not in dist":   func(p fstest.MapFS) { p["web/page.js"].Data = []byte(`import "./other.js"`) },
		`web/panel.js does not have "const wasmSize = 0;" once`:  func(p fstest.MapFS) { p["web/panel.js"].Data = nil },
		"index.html refers to start.js, which is not in dist":    func(p fstest.MapFS) { p["index.html"].Data = []byte(`<script src="web/start.js">`) },
		"web/panel.js refers to panel.svg, which is not in dist": func(p fstest.MapFS) { p["web/panel.js"].Data = []byte(`"./panel.svg"`) },
		"web/panel.js refers to page.js, which is not in dist":   func(p fstest.MapFS) { p["web/panel.js"].Data = []byte(`"./page.js"`) },
	} {
		sources := project()
		change(sources)
		_, err := Own(sources, nil, nil)
		assert.EqualError(t, err, promise)
	}
	sources := project()
	delete(sources, linkedProgram)
	_, err := Own(sources, nil, nil)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	assert.ErrorContains(t, err, linkedProgram)
}

func TestOrigin(t *testing.T) {
	files, err := Own(project(), []string{"https://a.example", "https://b.example"}, nil)
	require.NoError(t, err)
	assert.Contains(t, string(files["index.html"]), `<meta name="wwe-origin" content="https://a.example https://b.example">`)
}

func TestTheFolderHasEachFileCompressedAndItsSum(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "dist")
	content := bytes.Repeat([]byte("content "), 1000)
	require.NoError(t, Write(t.Context(), folder, map[string][]byte{"gone.js": []byte("of an earlier build")}))
	require.NoError(t, Write(t.Context(), folder, map[string][]byte{"a.js": content, "b.css": nil}))
	assert.Equal(t, []string{"SHA256SUMS", "a.js", "a.js.br", "a.js.gz", "b.css", "b.css.br", "b.css.gz"}, names(t, folder))

	read := func(name string) []byte {
		t.Helper()
		bytes, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		return bytes
	}
	unbrotli, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read("a.js.br"))))
	require.NoError(t, err)
	assert.Equal(t, content, unbrotli)
	gunzip, err := gzip.NewReader(bytes.NewReader(read("a.js.gz")))
	require.NoError(t, err)
	assert.True(t, gunzip.ModTime.IsZero(), "the same input gives the same output")
	unzipped, err := io.ReadAll(gunzip)
	require.NoError(t, err)
	assert.Equal(t, content, unzipped)

	var want strings.Builder
	for _, name := range names(t, folder)[1:] {
		fmt.Fprintf(&want, "%x  %s\n", sha256.Sum256(read(name)), name)
	}
	assert.Equal(t, want.String(), string(read("SHA256SUMS")))

	t.Run("anew where the content has changed", func(t *testing.T) {
		require.NoError(t, Write(t.Context(), folder, map[string][]byte{"a.js": []byte("other")}))
		other, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read("a.js.br"))))
		require.NoError(t, err)
		assert.Equal(t, "other", string(other))
	})
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	all := map[string]bool{}
	for _, entry := range entries {
		all[entry.Name()] = true
	}
	return slices.Sorted(maps.Keys(all))
}

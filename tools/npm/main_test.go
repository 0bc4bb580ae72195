package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// project returns a small project: a desktop whose page, script and style refer to other files.
func project() fstest.MapFS {
	files := fstest.MapFS{}
	for name, content := range map[string]string{
		"LICENSE":              "licence",
		"web/npm/package.json": "{}",
		"web/npm/cli.js":       "#!/usr/bin/env node",
		"web/desktop.html":     `<link href="/web/desktop.css"><script src="/web/load.js" data-wasm="/web/desktop.wasm"></script><use href="#id"/>`,
		"web/desktop.css":      `a { background: url("icon.svg") } b { background: url(data:image/png;base64,AA) }`,
		"web/load.js":          `await import("./runtime.js"); import { x } from "node:fs"; const text = "./other.js";`,
		"web/runtime.js":       "",
		"web/desktop.wasm":     "",
		"web/icon.svg":         "",
		"web/forger.html":      `<script src="/web/forger.js"></script>`,
		"web/forger.js":        "",
		"web/panel.js":         "",
	} {
		files[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return files
}

func TestThePackageHasItsSourcesAndWhatTheDesktopLoads(t *testing.T) {
	files, err := build(project())
	require.NoError(t, err)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	assert.Equal(t, []string{
		"LICENSE", "cli.js", "desktop/web/desktop.css", "desktop/web/desktop.html", "desktop/web/desktop.wasm", "desktop/web/forger.html",
		"desktop/web/forger.js", "desktop/web/icon.svg", "desktop/web/load.js", "desktop/web/runtime.js", "package.json",
	}, names)
}

func TestAMissingFileIsNamedWithTheFileThatRefersToIt(t *testing.T) {
	files := project()
	delete(files, "web/runtime.js")
	_, err := build(files)
	assert.ErrorContains(t, err, "web/load.js refers to /web/runtime.js: open web/runtime.js")
	assert.ErrorContains(t, err, "make build creates what is missing")
}

func TestAFileOutsideOfTheServedFolderIsRefused(t *testing.T) {
	files := project()
	files["web/load.js"] = &fstest.MapFile{Data: []byte(`import "./lang/en.js";`)}
	files["web/lang/en.js"] = &fstest.MapFile{}
	_, err := build(files)
	assert.ErrorContains(t, err, "web/lang/en.js is not in the folder web")
}

func TestWriteReplacesTheFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "dist-npm")
	require.NoError(t, write(folder, map[string][]byte{"old.js": nil}))
	require.NoError(t, write(folder, map[string][]byte{"cli.js": nil, "desktop/web/a.js": nil}))
	assert.NoFileExists(t, folder+"/old.js")
	assert.FileExists(t, folder+"/desktop/web/a.js")
	info, err := os.Stat(folder + "/cli.js")
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&0o100, "cli.js can be started")
}

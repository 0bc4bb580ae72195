package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A Makefile that builds each page as a copy of its own name.
const makefile = "web/desktop.wasm web/panel.wasm web/runtime.js:\n\t@echo $@ >$@\n.PHONY: web/desktop.wasm web/panel.wasm web/runtime.js\n"

func TestOnlyMissingAndOldPagesAreBuilt(t *testing.T) {
	for promise, c := range map[string]struct {
		change func(clone string) error
		built  []string
	}{
		"none if all are newer": {func(string) error { return nil }, nil},
		"a missing one":         {func(clone string) error { return os.Remove(filepath.Join(clone, panelProgram)) }, []string{panelProgram}},
		"all after a change of a source": {func(clone string) error {
			later := time.Now().Add(2 * time.Hour)
			return os.Chtimes(filepath.Join(clone, "wasm", "a.go"), later, later)
		}, []string{desktopProgram, panelProgram, goRuntime}},
		"none after a change of a test": {func(clone string) error {
			later := time.Now().Add(2 * time.Hour)
			return os.Chtimes(filepath.Join(clone, "wasm", "a_test.go"), later, later)
		}, nil},
	} {
		t.Run(promise, func(t *testing.T) {
			clone := aClone(t, map[string]string{"Makefile": makefile, "wasm/a.go": "", "wasm/a_test.go": "",
				desktopProgram: "", panelProgram: "", goRuntime: ""})
			require.NoError(t, c.change(clone))
			var out strings.Builder
			require.NoError(t, buildPages(t.Context(), clone, []string{desktopProgram, panelProgram, goRuntime}, &out))
			for _, file := range []string{desktopProgram, panelProgram, goRuntime} {
				content, err := os.ReadFile(filepath.Join(clone, file))
				require.NoError(t, err)
				want := ""
				for _, built := range c.built {
					if built == file {
						want = file + "\n"
					}
				}
				assert.Equal(t, want, string(content), file)
			}
			assert.Equal(t, strings.Join(c.built, ", "), strings.TrimSuffix(strings.TrimPrefix(out.String(), "Building "), " …\n"))
		})
	}
}

func TestAPageThatDoesNotBuildSaysWhy(t *testing.T) {
	clone := aClone(t, map[string]string{"Makefile": "web/panel.wasm:\n\t@echo syntax error; false\n", "web/x": ""})
	err := buildPages(t.Context(), clone, []string{panelProgram}, new(strings.Builder))
	assert.ErrorContains(t, err, "make web/panel.wasm in "+clone)
	assert.ErrorContains(t, err, "syntax error")
}

// A clone that make has just built is up to date, or each start would build it again.
func TestTheMakefileKnowsThePages(t *testing.T) {
	clone, err := cloneFolder()
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(clone, "Makefile"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "build: "+strings.Join([]string{panelProgram, desktopProgram, goRuntime}, " "))
	for _, source := range sources {
		_, err := os.Stat(filepath.Join(clone, source))
		assert.NoError(t, err)
	}
}

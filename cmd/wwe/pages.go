package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The pages' files that make builds in the clone.
const (
	panelProgram   = "web/panel.wasm"
	desktopProgram = "web/desktop.wasm"
	goRuntime      = "web/runtime.js"
)

var desktopPages = []string{desktopProgram, goRuntime}

// sources are the files and folders of the clone that the pages' files are made of.
var sources = []string{"go.mod", "go.sum", "Makefile", "wasm", "internal", "web/runtime.in.js"}

// buildPages builds those of the files that are missing or older than their sources. Only the
// Makefile has the commands.
func buildPages(ctx context.Context, clone string, files []string, out io.Writer) error {
	stale, err := staleFiles(clone, files)
	if err != nil || len(stale) == 0 {
		return err
	}
	fmt.Fprintf(out, "Building %s …\n", strings.Join(stale, ", "))
	build := exec.CommandContext(ctx, "make", append([]string{"--silent", "-C", clone}, stale...)...)
	if output, err := build.CombinedOutput(); errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("the pages in %s are not built, and make is not installed: install make and try again", clone)
	} else if err != nil && ctx.Err() == nil {
		return fmt.Errorf("make %s in %s: %w\n%s", strings.Join(stale, " "), clone, err, output)
	}
	return nil
}

// staleFiles returns those of the files that are missing or older than a source.
func staleFiles(clone string, files []string) (stale []string, err error) {
	var newest time.Time
	for _, source := range sources {
		err := filepath.WalkDir(filepath.Join(clone, source), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			info, err := d.Info()
			if err == nil && info.ModTime().After(newest) {
				newest = info.ModTime()
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	for _, file := range files {
		info, err := os.Stat(filepath.Join(clone, file))
		if err != nil || info.ModTime().Before(newest) {
			stale = append(stale, file)
		}
	}
	return stale, nil
}

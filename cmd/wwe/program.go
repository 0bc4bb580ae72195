package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"wwebridge/cmd/wwe/internal/gocmd"
	"wwebridge/web"
)

// buildProgram builds the Go program in a folder for browsers, with the same bytes wherever the folder is.
func buildProgram(ctx context.Context, folder string) ([]byte, error) {
	program, err := gocmd.Build(ctx, folder, "-trimpath")
	if err != nil {
		return nil, fmt.Errorf("the program in %s does not build:\n%w", folder, err)
	}
	return program, nil
}

// addGoScripts adds Go's script, which must match the compiler of the program, to the sources: as
// runtime.js, isolated from the page, and as wasm_exec.js for a page that brings none but loads it.
func addGoScripts(ctx context.Context, folder string, sources map[string][]byte) error {
	script, err := gocmd.Script(ctx, folder)
	if err != nil {
		return err
	}
	names := func(name string) bool {
		for _, content := range sources {
			if !gocmd.IsProgram(content) && bytes.Contains(content, []byte(name)) {
				return true
			}
		}
		return false
	}
	if sources[gocmd.ScriptName] == nil && names(gocmd.ScriptName) {
		sources[gocmd.ScriptName] = script
	}
	if !names(gocmd.RuntimeName) {
		delete(sources, gocmd.RuntimeName) // left by wwe dev
		return nil
	}
	clone, err := cloneFolder()
	if err != nil {
		return err
	}
	around, err := os.ReadFile(filepath.Join(clone, "web", "runtime.in.js"))
	if err != nil {
		return err
	}
	sources[gocmd.RuntimeName] = web.Runtime(around, script)
	return nil
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"wwebridge/web"
)

// The files that a page of a Go panel loads and that are built, not written.
const (
	programName = "panel.wasm"
	runtimeName = "runtime.js"
	execName    = "wasm_exec.js"
)

var wasmMagic = []byte("\x00asm")

// buildProgram compiles the Go program in a folder for browsers.
func buildProgram(ctx context.Context, folder string) ([]byte, error) {
	work, err := os.MkdirTemp("", "wwe-build-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	file := filepath.Join(work, programName)
	if _, err := inGo(ctx, folder, "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", file, "."); err != nil {
		return nil, fmt.Errorf("the program in %s does not build: %w", folder, err)
	}
	program, err := os.ReadFile(file)
	if err == nil && !bytes.HasPrefix(program, wasmMagic) {
		err = fmt.Errorf("%s has no package main: the panel's program must be in that folder", folder)
	}
	return program, err
}

// inGo runs the command go in a folder, for the browser's platform, and returns its output.
func inGo(ctx context.Context, folder string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("the command go is not in the PATH; install Go 1.26 or newer from https://go.dev/dl and try again")
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, bytes.TrimSpace(errs.Bytes()))
	}
	return strings.TrimSpace(out.String()), nil
}

// addGoScripts adds Go's script, which must match the compiler of the program, to the sources: as
// runtime.js, isolated from the page, and as wasm_exec.js for a page that brings none but loads it.
func addGoScripts(ctx context.Context, folder string, sources map[string][]byte) error {
	root, err := inGo(ctx, folder, "env", "GOROOT")
	if err != nil {
		return err
	}
	script, err := os.ReadFile(filepath.Join(root, "lib", "wasm", execName))
	if err != nil {
		return err
	}
	names := func(name string) bool {
		for _, content := range sources {
			if !bytes.HasPrefix(content, wasmMagic) && bytes.Contains(content, []byte(name)) {
				return true
			}
		}
		return false
	}
	if sources[execName] == nil && names(execName) {
		sources[execName] = script
	}
	if !names(runtimeName) {
		delete(sources, runtimeName) // left by wwe dev
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
	sources[runtimeName] = web.Runtime(around, script)
	return nil
}

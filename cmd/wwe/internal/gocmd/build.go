package gocmd

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
)

// The files that the page of a panel in Go loads and that are built, not written.
const (
	ProgramName = "panel.wasm"
	RuntimeName = "runtime.js" // Go's script, isolated from the page
	ScriptName  = "wasm_exec.js"
)

// IsBuilt reports whether the file of that name is built.
func IsBuilt(name string) bool {
	return name == ProgramName || name == RuntimeName || name == ScriptName
}

// IsProgram reports whether the content of a file is a WebAssembly program.
func IsProgram(content []byte) bool { return bytes.HasPrefix(content, []byte("\x00asm")) }

// Build builds the program of the panel in a folder for browsers, with further flags of go build.
// The text of an error is meant for the panel's author.
func Build(ctx context.Context, folder string, flags ...string) ([]byte, error) {
	scratch, err := os.MkdirTemp("", "wwe-program-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	target := filepath.Join(scratch, ProgramName)
	// Without symbols, because linking takes most of the time.
	arguments := slices.Concat([]string{"build", "-buildvcs=false", "-ldflags=-s -w", "-o", target}, flags, []string{"."})
	if _, err := Run(ctx, folder, arguments...); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(target)
	if err == nil && !IsProgram(program) {
		err = errors.New("the package in this folder is no program; its name must be main: write package main in the first line of its Go files")
	}
	return program, err
}

// Script returns Go's wasm_exec.js of the release that Build uses in the folder: a program runs only
// with the script of its own release.
func Script(ctx context.Context, folder string) ([]byte, error) {
	root, err := Run(ctx, folder, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(root, "lib", "wasm", ScriptName))
}

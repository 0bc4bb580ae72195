package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// program is a panel's program with Go's script, which must be of the same release of Go.
type program struct{ wasm, wasmExec []byte }

// mostOutput limits the compiler's output. It stops after ten errors of a package by itself.
const mostOutput = 64 << 10

// compile builds the program of the panel in dir for the browser. The text of an error is meant for
// the panel's author. If ctx ends, compile stops the compiler and returns the error of ctx.
func compile(ctx context.Context, dir string) (program, error) {
	scratch, err := os.MkdirTemp("", "wwe-dev-")
	if err != nil {
		return program{}, err
	}
	defer os.RemoveAll(scratch)
	target := filepath.Join(scratch, "panel.wasm")
	// Without symbols: linking is what most of the time goes into.
	if _, err := goCommand(ctx, dir, "build", "-buildvcs=false", "-ldflags=-s -w", "-o", target, "."); err != nil {
		return program{}, err
	}
	var p program
	if p.wasm, err = os.ReadFile(target); err != nil {
		return program{}, err
	}
	if !bytes.HasPrefix(p.wasm, []byte("\x00asm")) {
		return program{}, errors.New("the package in this folder is no program; its name must be main: write package main in the first line of its Go files")
	}
	root, err := goCommand(ctx, dir, "env", "GOROOT")
	if err != nil {
		return program{}, err
	}
	p.wasmExec, err = os.ReadFile(filepath.Join(strings.TrimSpace(root), "lib", "wasm", "wasm_exec.js"))
	return p, err
}

// goCommand runs the go command in dir for the browser's platform. The error of a command that
// fails is its output.
func goCommand(ctx context.Context, dir string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "PWD="+dir)
	endTogether(command)
	command.WaitDelay = 2 * time.Second
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	err := command.Run()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err == nil:
		return output.String(), nil
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("the go command is not in PATH; install Go from https://go.dev/dl")
	}
	text := strings.ToValidUTF8(strings.TrimSpace(output.String()+problems.String()), "\uFFFD")
	if len(text) > mostOutput {
		text = strings.ToValidUTF8(text[:mostOutput], "") + "\n…"
	}
	if text == "" {
		return "", fmt.Errorf("go %s: %w", arguments[0], err)
	}
	return "", errors.New(text)
}

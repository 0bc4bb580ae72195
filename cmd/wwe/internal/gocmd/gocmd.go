// Package gocmd runs the go command for a panel in Go, on the browser's platform.
package gocmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// ErrNoGo is the error if the go command is not installed.
var ErrNoGo = errors.New("the command go is not in the PATH; install Go 1.26 or newer from https://go.dev/dl and try again")

// mostOutput limits the compiler's output. It stops after ten errors of a package by itself.
const mostOutput = 64 << 10

// Run runs the go command in a folder for the browser's platform, and returns its output. If the
// command fails, its output is the text of the error. If ctx ends, Run stops the command and the
// compilers that it started, and returns the error of ctx.
func Run(ctx context.Context, folder string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = folder
	command.Env = append(command.Environ(), "GOOS=js", "GOARCH=wasm")
	endTogether(command)
	command.WaitDelay = 2 * time.Second
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	err := command.Run()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err == nil:
		return strings.TrimSpace(output.String()), nil
	case errors.Is(err, exec.ErrNotFound):
		return "", ErrNoGo
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

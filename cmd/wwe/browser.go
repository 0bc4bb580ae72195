package main

import (
	"context"
	"os/exec"
	"runtime"
)

// openBrowser opens a page in the person's browser.
func openBrowser(ctx context.Context, address string) error {
	program := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		program = []string{"open"}
	case "windows":
		program = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	command := exec.CommandContext(ctx, program[0], append(program[1:], address)...)
	if err := command.Start(); err != nil {
		return err
	}
	go func() { _ = command.Wait() }() // it may stay for as long as the browser does
	return nil
}

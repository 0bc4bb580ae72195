package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// chromium returns the path of the installed Chromium, which has different names on
// different systems.
func chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium")
}

// show opens the page in a Chromium with a fresh profile until stop is called. It does
// not connect to DevTools, because then each console.log of the page would cost more
// than it costs in an agent's browser.
func show(ctx context.Context, url string) (stop func(), err error) {
	program, err := chromium()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	browser := exec.CommandContext(ctx, program,
		"--headless", "--no-sandbox", "--disable-gpu", "--site-per-process",
		"--user-data-dir="+profile, "--window-size=1200,900",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
		url)
	if err := browser.Start(); err != nil {
		return nil, fmt.Errorf("start Chromium: %w", err)
	}
	return func() {
		_ = browser.Process.Signal(os.Interrupt)
		_ = browser.Wait()
	}, nil
}

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// block is a code block of docs/writing-a-panel.md under a line that names its file.
var block = regexp.MustCompile("(?m)^`([a-z_./]+)`:\n\n```[a-z]*\n((?s:.*?))^```$")

// This test takes the files and the commands of the documented panel from the page and runs them.
func TestTheDocumentedPanelRuns(t *testing.T) {
	page, err := os.ReadFile(project + "/docs/writing-a-panel.md")
	require.NoError(t, err)
	folder := t.TempDir()
	desktopOrigin, widgetOrigin := start(t, func(p *web.Pages) { p.Panel = os.DirFS(folder) })
	files := map[string]string{}
	for _, match := range block.FindAllStringSubmatch(string(page), -1) {
		files[match[1]] = strings.ReplaceAll(match[2], "http://localhost:8080", desktopOrigin)
		require.NoError(t, os.WriteFile(filepath.Join(folder, match[1]), []byte(files[match[1]]), 0o644))
	}
	for _, name := range []string{"follow.go", "main_js.go", "main_other.go", "index.html", "start.js", "follow_test.go"} {
		require.Contains(t, files, name)
	}
	lines := linesOf(files["follow.go"]) + linesOf(files["main_js.go"]) + linesOf(files["main_other.go"])
	assert.Contains(t, string(page), fmt.Sprintf("%d lines of Go", lines))

	checkout, err := filepath.Abs(project)
	require.NoError(t, err)
	commands := regexp.MustCompile("(?s)```sh\n(go mod init [^`]*)```").FindStringSubmatch(string(page))
	require.NotNil(t, commands, "the commands that make the module")
	script := strings.ReplaceAll(commands[1], "../wwebridge", checkout)
	run(t, folder, "bash", "-euc", script)
	run(t, folder, "go", "test", "./...")
	for _, platform := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		for _, command := range []string{"vet", "build"} {
			run(t, folder, append(append([]string{"env"}, platform...), "go", command, "./...")...)
		}
	}

	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin))
	desktop, panel := outer(t, tab, desktopOrigin), inner(t, tab, widgetOrigin)
	desktop.see("Ring a call")
	panel.see("Calls:")
	desktop.press("Ring a call")
	panel.see("+33 1 40 00 00 01")
	panel.see("RINGING")

	// Then it ships: the page names the origin, the program reads it and is stripped.
	meta := regexp.MustCompile("`(<meta name=\"wwe-origin\" [^`]*)`").FindStringSubmatch(string(page))
	connect := regexp.MustCompile(`(?m)^ *meta := (?:.*\n)+? *svc, err := .*$`).FindString(string(page))
	require.NotNil(t, meta, "the element for the origin")
	require.NotEmpty(t, connect, "the lines that read it")
	old := regexp.MustCompile("(?m)^.*wwe.Connect.*$").FindString(files["main_js.go"])
	for name, content := range map[string]string{
		"index.html": files["index.html"] + meta[1],
		"main_js.go": strings.Replace(files["main_js.go"], old, connect, 1),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644))
	}
	run(t, folder, "bash", "-euc", script[strings.Index(script, "GOOS=js"):])

	ship := regexp.MustCompile("`(go -C tools run [^`]*)`").FindStringSubmatch(string(page))
	require.NotNil(t, ship, "the command that makes it smaller")
	run(t, checkout, strings.Fields(strings.Replace(ship[1], "/path/to", folder, 1))...)
	require.NoError(t, tab.Navigate(desktopOrigin))
	panel.see("Calls:")
	desktop.press("Ring a call")
	panel.see("RINGING")
}

// linesOf counts the lines that are not empty.
func linesOf(code string) int {
	count := 0
	for line := range strings.Lines(code) {
		if strings.TrimSpace(line) != "" {
			count++
		}
	}
	return count
}

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// block is a code block of README.md under a line that names its file.
var block = regexp.MustCompile("(?m)^`([a-z./]+)`:\n\n```[a-z]*\n((?s:.*?))^```$")

// A reader gets the README's first panel to run by its own words: this test
// takes the files and the commands from there, and opens what comes of them.
func TestTheREADMEsFirstPanel(t *testing.T) {
	readme, err := os.ReadFile(project + "/README.md")
	require.NoError(t, err)
	folder := t.TempDir()
	desktopOrigin, widgetOrigin := start(t, func(p *web.Pages) { p.Panel = os.DirFS(folder) })
	files := map[string]string{}
	for _, match := range block.FindAllStringSubmatch(string(readme), -1) {
		files[match[1]] = strings.ReplaceAll(match[2], "http://localhost:8080", desktopOrigin)
		require.NoError(t, os.WriteFile(filepath.Join(folder, match[1]), []byte(files[match[1]]), 0o644))
	}
	require.Contains(t, files, "main.go")
	require.Contains(t, files, "index.html")
	require.LessOrEqual(t, strings.Count(files["main.go"], "\n"), 30, "lines of Go, as the README promises")

	checkout, err := filepath.Abs(project)
	require.NoError(t, err)
	commands := regexp.MustCompile("(?s)```sh\n(go mod init [^`]*)```").FindStringSubmatch(string(readme))
	require.NotNil(t, commands, "the commands that make the module")
	script := strings.ReplaceAll(commands[1], "../wwebridge", checkout)
	build := exec.Command("bash", "-euc", script)
	build.Dir = folder
	build.Env = append(os.Environ(), "GOWORK=off")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	tab := browser(t)
	w := watchWorlds(tab)
	require.NoError(t, chromedp.Run(tab, chromedp.Navigate(desktopOrigin)))
	desktop, panel := frame{t, tab, desktopOrigin, nil, 0}, frame{t, tab, widgetOrigin, w, 0}
	desktop.see("Ring a call")
	panel.see("No calls")
	desktop.press("Ring a call")
	panel.see("+33 1 40 00 00 01")
	panel.see("RINGING")
}

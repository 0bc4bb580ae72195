package e2e

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// startDev starts wwe dev and returns when it serves. It is killed, as by a crash, when the test
// calls kill or ends.
func startDev(t *testing.T, wwe string, args ...string) (kill func()) {
	t.Helper()
	command := exec.Command(wwe, append([]string{"dev"}, args...)...)
	command.Env = append(os.Environ(), "GOWORK=off")
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	command.Stderr = command.Stdout
	require.NoError(t, command.Start())
	isOver := false
	kill = func() {
		if !isOver {
			isOver = true
			_ = command.Process.Kill()
			_ = command.Wait()
		}
	}
	t.Cleanup(kill)
	var text strings.Builder
	lines := bufio.NewReader(out)
	for !strings.HasPrefix(text.String(), "Open ") && !strings.Contains(text.String(), "\nOpen ") {
		line, err := lines.ReadString('\n')
		text.WriteString(line)
		require.NoError(t, err, text.String())
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return kill
}

// An author changes a panel while a call is on the desktop: the panel changes, the call stays.
func TestWWEDevReloadsThePanelOnly(t *testing.T) {
	wwe, dir := builtWWE(t), filepath.Join(t.TempDir(), "mon écran 面板")
	run(t, ".", wwe, "new", dir)
	write := func(file, text string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644))
	}
	// titled is a Go file by which the panel shows a title.
	titled := func(title string) string {
		return "package main\n\nimport \"syscall/js\"\n\nfunc init() {\n\tjs.Global().Get(\"document\").Set(\"title\", " + title + ")\n}\n"
	}
	ports := freePorts(t)
	args := []string{dir, "-port", ports[0], "-widget-port", ports[1]}
	kill := startDev(t, wwe, args...)

	desktopOrigin := "http://localhost:" + ports[0]
	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin))
	desktop, panel := outer(t, tab, desktopOrigin), inner(t, tab, "http://localhost:"+ports[1])
	panel.see("No interactions.")
	desktop.eval(`window.kept = true`, nil)
	desktop.eval(`wweHost.ring({ani: "+33 1"})`, nil)
	goesOn := func() {
		t.Helper()
		panel.see("+33 1")
		var isKept bool
		desktop.eval(`window.kept && wweHost.interactions().length === 1 && document.querySelectorAll("iframe").length === 1`, &isKept)
		assert.True(t, isKept, "the desktop's page stays, and the call on it")
	}
	goesOn()

	panel.eval(`window.old = true`, nil)
	write("title_js.go", titled(`"changed"`))
	panel.until(`document.title === "changed" && !window.old`)
	goesOn()

	panel.eval(`window.old = true`, nil)
	write("title_js.go", titled(`"<img src=x onerror=alert(1)>" + undefinedName`))
	desktop.until(`document.querySelector("#live").checkVisibility()`)
	desktop.see("The panel does not build.")
	desktop.see("title_js.go:6:")
	desktop.see("undefinedName")
	desktop.screenshot("wwe-dev-error")
	var elements int
	desktop.eval(`document.querySelectorAll("#live pre *").length`, &elements)
	assert.Zero(t, elements, "errors are text")
	panel.until(`window.old`) // the last good program goes on below

	write("title_js.go", titled(`"mended"`))
	panel.until(`document.title === "mended" && !window.old`)
	desktop.until(`!document.querySelector("#live").checkVisibility()`)
	goesOn()

	panel.eval(`window.old = true`, nil)
	write("web/style.css", "h1 { color: rgb(1, 2, 3); }")
	panel.until(`!window.old && getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)"`)
	goesOn()
	complaints, err := tab.Complaints()
	require.NoError(t, err)
	assert.Empty(t, complaints)

	kill()
	desktop.see("wwe dev does not answer.")
	write("title_js.go", titled(`"restarted"`))
	startDev(t, wwe, args...)
	panel.until(`document.title === "restarted"`)
	desktop.unsee("wwe dev does not answer.")
	goesOn()
}

// A widget of another server needs nothing but its address.
func TestWWEDevShowsAWidgetOfAnotherServer(t *testing.T) {
	_, widgetOrigin := start(t)
	port := freePort(t)
	startDev(t, builtWWE(t), "-widget", widgetOrigin+"/?lang=de", "-port", port)
	desktopOrigin := "http://localhost:" + port
	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin))
	outer(t, tab, desktopOrigin).until(`document.querySelector("iframe")?.src === ` + quoted(widgetOrigin+"/?lang=de"))
}

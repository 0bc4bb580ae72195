package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"wwebridge/tools/drive"
)

// Names of the section that measures wwe dev.
const (
	edit      = "edit"
	savedGo   = "from saving a Go file to the new panel on the screen"
	savedPage = "from saving a file of the page to the new panel on the screen"
	blank     = "template blank under wwe dev"
	limit     = "limit"
)

// atMostToScreen is the limit, in milliseconds, for two cores and after the first build.
const atMostToScreen = 2000.0

const edits = 11

func editRows(f sectionFigures) (rows []Row) {
	if f == nil {
		return nil
	}
	s := section{"Edit", "ms", f, map[string]float64{}}
	for _, what := range []string{savedGo, savedPage} {
		f[what][limit] = atMostToScreen
		s.budgets[what+"|"+blank+"|"+limit] = 1
		rows = append(rows, s.compare(what, []string{blank}, limit)...)
	}
	return rows
}

// measureEdits saves files of a new panel under wwe dev, again and again, and returns the medians of
// the times until a frame with the new panel has been drawn.
func measureEdits(ctx context.Context) (figures sectionFigures, err error) {
	scratch, err := os.MkdirTemp("", "edit")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	wwe, dir := filepath.Join(scratch, "wwe"), filepath.Join(scratch, "panel")
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", wwe, "./cmd/wwe")
	build.Dir = project
	for _, command := range []*exec.Cmd{build, exec.CommandContext(ctx, wwe, "new", dir)} {
		if output, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", command, err, output)
		}
	}
	ports, err := freePorts()
	if err != nil {
		return nil, err
	}
	stop, err := startDev(ctx, wwe, dir, "-port", ports[0], "-widget-port", ports[1])
	if err != nil {
		return nil, err
	}
	defer stop()
	tab, err := drive.Start(drive.Options{Engine: "chromium"})
	if err != nil {
		return nil, err
	}
	defer tab.Close()
	if err := tab.Resize(1280, 720); err != nil { // a page out of sight draws no frames
		return nil, err
	}
	if err := tab.Navigate("http://localhost:" + ports[0]); err != nil {
		return nil, err
	}
	panel := drive.Page{Origin: "http://localhost:" + ports[1]}

	page, err := os.ReadFile(filepath.Join(dir, "web", "index.html"))
	if err != nil {
		return nil, err
	}
	goFile := func(mark string) (name, content, shown string) {
		return "mark_js.go", "package main\n\nimport \"syscall/js\"\n\nfunc init() { js.Global().Get(\"document\").Set(\"title\", \"" + mark + "\") }\n", "document.title"
	}
	pageFile := func(mark string) (name, content, shown string) {
		return "web/index.html", strings.Replace(string(page), "<h1>", `<h1 id="`+mark+`">`, 1), `document.querySelector("h1").id`
	}
	times := map[string][]float64{}
	for n := range edits + 1 {
		for what, file := range map[string]func(string) (name, content, shown string){savedGo: goFile, savedPage: pageFile} {
			mark := fmt.Sprintf("edit-%d-%d", n, len(what))
			name, content, shown := file(mark)
			began := time.Now()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
				return nil, err
			}
			if err := onScreen(ctx, tab, panel, shown+` === "`+mark+`" && document.querySelector("#empty").checkVisibility()`); err != nil {
				return nil, fmt.Errorf("edit %d, %s: %w", n, what, err)
			}
			if n > 0 { // the first one waits for the first build
				times[what] = append(times[what], float64(time.Since(began).Microseconds())/1000)
			}
		}
	}
	figures = sectionFigures{}
	for what, all := range times {
		slices.Sort(all)
		figures[what] = map[string]float64{blank: all[len(all)/2]}
	}
	return figures, nil
}

// onScreen waits until the condition holds in the panel, which has connected to WWE then, and the
// browser has drawn a frame.
func onScreen(ctx context.Context, tab drive.Browser, panel drive.Page, condition string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	// No promise: its answer would never come if the page were replaced meanwhile.
	script := `String(!!((` + condition + `) && (window.benchDrawing ??= (requestAnimationFrame(() =>
		requestAnimationFrame(() => { window.benchDrawn = true; })), true)) && window.benchDrawn))`
	for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		if holds, err := tab.Evaluate(panel, script); err == nil && holds == "true" {
			return nil
		}
	}
	return fmt.Errorf("the panel never shows it: %w", ctx.Err())
}

// freePorts returns two ports that were free a moment ago.
func freePorts() (ports [2]string, err error) {
	for i := range ports {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return ports, err
		}
		defer listener.Close()
		ports[i] = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// startDev starts wwe dev and returns when it serves.
func startDev(ctx context.Context, wwe string, args ...string) (stop func(), err error) {
	command := exec.CommandContext(ctx, wwe, append([]string{"dev"}, args...)...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			stop()
			return nil, fmt.Errorf("wwe dev has ended: %w", err)
		}
		if strings.HasPrefix(line, "Open ") {
			go func() { _, _ = io.Copy(io.Discard, lines) }()
			return stop, nil
		}
	}
}

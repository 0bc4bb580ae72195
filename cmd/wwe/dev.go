package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"wwebridge/cmd/wwe/internal/live"
	"wwebridge/web"
)

var devCommand = command{
	name:    "dev",
	summary: "shows a panel in the simulated WWE, and reloads it when its files change",
	usage: `wwe dev shows the panel in DIR inside the simulated WWE desktop, to browsers on this machine only. When you save a file,
it builds the panel and reloads its iframe. The desktop stays as it is: a call goes on. If the panel does not build, the
errors are shown over it and here.

Usage: wwe dev [flags] [DIR]

DIR is the panel's folder (default the current one), in one of two forms:
  a panel in Go: go.mod and the program, package main, in DIR; index.html and the rest of the page in DIR/web, or in DIR.
    The page loads the program as panel.wasm, and Go's script as runtime.js or wasm_exec.js: wwe dev serves all three.
  a panel in JavaScript: index.html in DIR, and no go.mod. The folder is served as it is.

  -widget URL           show a widget that another server serves and reloads, such as Vite's, in place of DIR
  -port number          port of the desktop, 1 to 65535 (default 8080)
  -widget-port number   port of the panel, another one (default 8081)
  -frames origins       the origins of pages that may have the desktop in an iframe, separated by spaces (default none)
  -open                 open the desktop in your browser

The origin of WWE for the panel is that of the desktop, http://localhost:8080. index.html gets it in
<meta name="wwe-origin" content="">, if it has the element.

Not watched are hidden folders, node_modules, symbolic links to folders, and folders outside of DIR that go.mod names in
a replace directive. After a change there, save a file in DIR.

Examples:
  wwe dev
  wwe dev -open hello
  wwe dev hello -port 9000 -widget-port 9001
  wwe dev -widget http://localhost:5173/
`,
	run: func(ctx context.Context, args []string, out, errs io.Writer) error {
		s, dir, err := devSettings(args)
		if err != nil {
			return err
		}
		clone, err := cloneFolder()
		if err != nil {
			return err
		}
		if s.widget != "" {
			return runDesktop(ctx, s, clone, out)
		}
		return runDev(ctx, s, dir, clone, out)
	},
}

func devSettings(args []string) (s settings, dir string, err error) {
	s, rest, err := parseSettings("dev", args, func(string) string { return "" })
	if err != nil {
		return s, "", err
	}
	address, _, err := s.widgetURL()
	switch {
	case err != nil:
		return s, "", err
	case len(rest) > 1:
		return s, "", usageError{fmt.Errorf("unexpected argument %q; wwe dev shows one panel", rest[1])}
	case s.widget != "" && address == "":
		return s, "", usageError{fmt.Errorf("-widget takes a URL; for a folder, try: wwe dev %s", quote(s.widget))}
	case s.widget != "" && len(rest) > 0:
		return s, "", usageError{errors.New("-widget and a folder exclude each other; name one of them")}
	}
	dir = "."
	if len(rest) > 0 {
		dir = rest[0]
	}
	dir, err = filepath.Abs(dir)
	return s, dir, err
}

// runDev serves the desktop of the clone with the panel in dir, and builds the panel when its files
// change, until ctx ends.
func runDev(ctx context.Context, s settings, dir, clone string, out io.Writer) error {
	runtime, err := os.ReadFile(filepath.Join(clone, "web", "runtime.in.js"))
	if err != nil {
		return err
	}
	panel, err := live.New(dir, runtime, out)
	if err != nil {
		return err
	}
	listening, err := s.listen()
	if err != nil {
		return err
	}
	defer listening.close()
	if err := buildPages(ctx, clone, desktopPages, out); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watching := make(chan error, 1)
	go func() {
		watching <- panel.Run(ctx)
		cancel()
	}()
	err = listening.serve(ctx, s, web.Pages{Root: os.DirFS(clone), Panel: panel, Live: panel}, out)
	cancel()
	return errors.Join(err, <-watching)
}

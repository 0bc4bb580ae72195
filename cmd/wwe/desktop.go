package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"wwebridge/cmd/wwe/internal/live"
	"wwebridge/web"
)

var desktopCommand = command{
	name:    "desktop",
	summary: "shows the simulated WWE with a widget in it",
	usage: `wwe desktop shows the simulated WWE desktop with a widget inside, to browsers on this machine only.

Usage: wwe desktop [flags]

  -widget URL|DIR       a widget that another server serves, or a folder with index.html (default this project's panel)
  -port number          port of the desktop, 1 to 65535 (default 8080)
  -widget-port number   port of the widget, another one (default 8081); not used with the URL of a widget
  -frames origins       the origins of pages that may have the desktop in an iframe, separated by spaces (default none)
  -open                 open the desktop in your browser

In a clone, make run starts it with the environment variables PORT, WIDGET_PORT, PANEL (which is -widget) and FRAMES.
The desktop's pages are built in the clone that wwe comes from if they are missing or older than their source.

Examples:
  wwe desktop -open
  wwe desktop -widget http://localhost:5173/
  wwe desktop -widget dist -port 9000 -widget-port 9001
  make run PORT=9000 WIDGET_PORT=9001
  make run FRAMES=http://localhost:3000
`,
	run: func(ctx context.Context, args []string, out, errs io.Writer) error {
		s, err := desktopSettings(args, os.Getenv)
		if err != nil {
			return err
		}
		clone, err := cloneFolder()
		if err != nil {
			return err
		}
		return runDesktop(ctx, s, clone, out)
	},
}

func desktopSettings(args []string, getenv func(string) string) (settings, error) {
	s, rest, err := parseSettings("desktop", args, getenv)
	if err == nil && len(rest) > 0 {
		err = usageError{fmt.Errorf("unexpected argument %q; wwe help desktop lists the flags", rest[0])}
	}
	return s, err
}

// runDesktop serves the desktop of the clone, with the widget of the settings, until ctx ends.
func runDesktop(ctx context.Context, s settings, clone string, out io.Writer) error {
	pages := web.Pages{Root: os.DirFS(clone)}
	needed := desktopPages
	address, _, err := s.widgetURL()
	switch {
	case err != nil:
		return err
	case s.widget == "":
		needed = append(needed, panelProgram)
	case address == "":
		if pages.Panel, err = panelIn(s); err != nil {
			return err
		}
	}
	listening, err := s.listen()
	if err != nil {
		return err
	}
	defer listening.close()
	if err := buildPages(ctx, clone, needed, out); err != nil {
		return err
	}
	return listening.serve(ctx, s, pages, out)
}

// panelIn returns the files of the folder that the settings name.
func panelIn(s settings) (fs.FS, error) {
	_, err := os.Stat(filepath.Join(s.widget, "index.html"))
	if err == nil {
		return live.Folder(s.widget), nil
	}
	if _, webErr := os.Stat(filepath.Join(s.widget, "web", "index.html")); webErr == nil {
		return nil, fmt.Errorf("%s has its pages in the folder web; try: wwe dev %s", s.given("widget", s.widget), quote(s.widget))
	}
	return nil, fmt.Errorf("%s is not a folder with a panel: %w", s.given("widget", s.widget), err)
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"wwebridge/cmd/wwe/internal/dist"
	"wwebridge/cmd/wwe/internal/gocmd"
	"wwebridge/cmd/wwe/internal/origin"
)

var buildCommand = command{
	name:    "build",
	summary: "makes a panel ready for a web server",
	usage: `wwe build makes a folder to put on a web server: the panel's files with hashed names that browsers may keep,
compressed copies, checksums, and in server/ the configuration for nginx, Apache, IIS and Caddy.

Usage: wwe build [DIR] -origin ORIGINS [flags]

  -origin origins   the origins of the WWE that the panel trusts, separated by spaces
  -out folder       the folder to make or replace (default: dist in DIR)
  -program file     ship this WebAssembly program, made by another tool, instead of building one

DIR, by default the current folder, has either a Go program with its pages in web, as wwe new makes it, or
pages in JavaScript. In a clone of wwebridge, the panel is the project's own, and make dist does the same.

A file keeps its name if something may name it in a way that cannot be replaced. Servers have such files
revalidated at each load.

Examples:
  wwe build -origin https://wwe.example.com
  wwe build hello -origin "https://wwe.example.com https://wwe-test.example.com" -out /srv/panel
  wwe build -origin http://localhost:8080    for the simulated desktop
`,
	run: runBuild,
}

func runBuild(ctx context.Context, args []string, out, _ io.Writer) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	origins := flags.String("origin", "", "")
	target := flags.String("out", "", "")
	program := flags.String("program", "", "")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return usageError{fmt.Errorf("wwe build takes one folder, not %d; try: wwe build hello -origin https://wwe.example.com (wwe help build shows more)", len(rest))}
	}
	trusted, err := origin.List(*origins)
	if errors.Is(err, origin.ErrMissing) {
		err = fmt.Errorf("%w; try: wwe build -origin https://wwe.example.com, or make dist ORIGIN=https://wwe.example.com "+
			"(for the simulated desktop http://localhost:8080)", err)
	}
	if err != nil {
		return usageError{err}
	}
	folder := "."
	if len(rest) == 1 {
		folder = rest[0]
	}
	kind, err := kindOf(folder)
	if err != nil {
		return err
	}
	if kind == ownPanel {
		if err := buildPages(ctx, folder, []string{panelProgram, goRuntime}, out); err != nil {
			return err
		}
	}
	var shipped []byte
	if *program != "" {
		if shipped, err = readProgram(*program); err != nil {
			return err
		}
	}
	built, err := buildPanel(ctx, folder, kind, trusted, shipped)
	if err != nil {
		return err
	}
	dist.AddServers(built.files, trusted)
	if *target == "" {
		*target = filepath.Join(folder, "dist")
	}
	if err := dist.Write(ctx, *target, built.files); err != nil {
		return err
	}
	return built.report(out, *target, trusted)
}

// A panelKind is a kind of panel that a folder may hold.
type panelKind int

const (
	ownPanel panelKind = iota // the project's own, in a clone
	goPanel
	jsPanel
)

func kindOf(folder string) (panelKind, error) {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return 0, fmt.Errorf("the folder %s does not exist; wwe new makes a panel", folder)
	case err != nil:
		return 0, err
	case !info.IsDir():
		return 0, fmt.Errorf("%s is a file; name the folder of a panel", folder)
	}
	has := func(name string) bool {
		_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name)))
		return err == nil
	}
	switch {
	case has("web/runtime.in.js") && has("wasm/panel"):
		return ownPanel, nil
	case has("go.mod") && has("web/index.html"):
		return goPanel, nil
	case has("go.mod") && has("index.html"):
		return 0, fmt.Errorf("%s has a Go program, but no web/index.html: move index.html and the files that it loads into the folder web", folder)
	case has("go.mod"):
		return 0, fmt.Errorf("%s has a Go program, but no web/index.html: add the panel's page, or name the folder of a panel", folder)
	case has("index.html"):
		return jsPanel, nil
	}
	return 0, fmt.Errorf("%s is not the folder of a panel: it has neither go.mod nor index.html; try: wwe build hello -origin https://wwe.example.com", folder)
}

// A build is the result of wwe build.
type build struct {
	files   map[string][]byte
	program string // its name in files, or ""
	kept    []string
	leftOut []string
	notes   []string
}

// buildPanel makes the files. If shipped is not nil, it is the program.
func buildPanel(ctx context.Context, folder string, kind panelKind, origins []string, shipped []byte) (build, error) {
	if kind == ownPanel {
		files, err := dist.Own(os.DirFS(folder), origins, shipped)
		return build{files: files, program: programIn(files)}, err
	}
	pages := folder
	if kind == goPanel {
		pages = filepath.Join(folder, "web")
	}
	sources, leftOut, err := dist.Sources(pages)
	if err != nil {
		return build{}, err
	}
	if shipped != nil {
		sources[gocmd.ProgramName] = shipped
	}
	if kind == goPanel {
		if shipped == nil {
			if sources[gocmd.ProgramName], err = buildProgram(ctx, folder); err != nil {
				return build{}, err
			}
		}
		if err := addGoScripts(ctx, folder, sources); err != nil {
			return build{}, err
		}
	}
	panel, err := dist.Any(sources, origins)
	if err != nil {
		return build{}, err
	}
	return build{files: panel.Files, program: panel.Names[gocmd.ProgramName], kept: panel.Kept, leftOut: leftOut, notes: panel.Notes}, nil
}

// programIn returns the name of the program in the files of the project's own panel.
func programIn(files map[string][]byte) string {
	for name := range files {
		if path.Ext(name) == ".wasm" && dist.Hashed.MatchString(name) {
			return name
		}
	}
	return ""
}

func readProgram(name string) ([]byte, error) {
	program, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("-program: %w", err)
	}
	if !gocmd.IsProgram(program) {
		return nil, fmt.Errorf("-program: %s is not a WebAssembly program", name)
	}
	return program, nil
}

// report describes the result and names the next steps.
func (b build) report(out io.Writer, folder string, origins []string) error {
	fmt.Fprintf(out, "%s has the panel for %s", folder, strings.Join(origins, " "))
	if b.program != "" {
		compressed, err := os.Stat(filepath.Join(folder, filepath.FromSlash(b.program)+".br"))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, ": its program is %.2f MB, %.2f MB compressed with brotli", float64(len(b.files[b.program]))/1e6, float64(compressed.Size())/1e6)
	}
	fmt.Fprint(out, ".\n")
	for _, line := range []struct {
		text  string
		names []string
	}{
		{"Without a hash, so that browsers revalidate them", b.kept},
		{"Left out", b.leftOut},
	} {
		if len(line.names) > 0 {
			fmt.Fprintf(out, "%s: %s.\n", line.text, strings.Join(line.names, ", "))
		}
	}
	for _, note := range b.notes {
		fmt.Fprintf(out, "Note: %s.\n", note)
	}
	fmt.Fprintf(out, "Put the folder on a web server: %s has configuration for %s. Then look at it as WWE does: wwe check URL -wwe %s\n",
		filepath.Join(folder, "server"), strings.Join(dist.Servers(b.files), ", "), origins[0])
	return nil
}

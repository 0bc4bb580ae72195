package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"text/tabwriter"

	"wwebridge/tools/internal/strip"
)

// limits are the sizes that make bench-size accepts, as multiples of the brotli
// size of a program that imports only syscall/js, as Go links it. The goal is
// fixed. The ceiling is the size reached, and a little for the compressor's
// noise. Lower it when the size falls; raise it only for a feature that is worth
// its bytes.
var limits = []limit{
	{program: "minimal widget", goal: 1.25, ceiling: 1.065},
	{program: "panel", goal: 1.5, ceiling: 1.36},
}

type limit struct {
	program       string
	goal, ceiling float64
}

// The programs beside which sizes are told.
const (
	base         = "syscall/js only"
	baseStripped = "syscall/js only, stripped"
)

// measured are the programs of which bench-size tells, imports those that show
// what an import costs.
var (
	measured = []program{{base, "empty", linked}, {baseStripped, "empty", stripped}, {"minimal widget", "minimal", stripped}, {"panel", "", stripped}}
	imports  = []program{
		{"errors", "errors", linked}, {"strings", "strings", linked}, {"strconv", "strconv", linked}, {"time, with a timer", "time", linked},
		{"context", "context", linked}, {"fmt", "fmt", linked}, {"encoding/json", "encoding-json", linked}, {"vert", "vert", linked},
		{"dom/v2", "dom", linked},
	}
	// What the sizes are made of: what the library's signatures do, what speaks to WWE without knowing what is said, what the library
	// brings into the panel, and what the panel is without its page.
	parts = []program{
		{"least with our signatures", "contract", stripped}, {"both ways to WWE only", "transports", stripped},
		{"calls of the panel only", "panel-calls", stripped}, {"panel without a page", "panel-model", stripped},
	}
)

// A program has the folder that it is built from, "" for the panel, and is
// measured as Go links it or as people ship it.
type program struct {
	name, folder string
	as           func(program []byte) ([]byte, error)
}

func linked(program []byte) ([]byte, error) { return program, nil }

var stripped = strip.Program

// file is where the program is: the panel where make build puts it.
func (p program) file() string {
	if p.folder == "" {
		return project + "/web/panel.wasm"
	}
	return filepath.Join(work, "size", p.folder)
}

func (p program) content() ([]byte, error) {
	content, err := os.ReadFile(p.file())
	if err != nil {
		return nil, err
	}
	return p.as(content)
}

type size struct{ raw, gzip, brotli int }

// buildPrograms builds them with the flags that the panel is built with.
func buildPrograms() error {
	if err := os.MkdirAll(work+"/size", 0o755); err != nil {
		return err
	}
	build := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-gcflags=wwebridge/wasm/panel/...=-l", "-o", ".bench/size/", "./internal/bench/size/...")
	build.Dir = project
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the programs: %w\n%s", err, output)
	}
	return nil
}

// sizesOf compresses the programs, all at the same time.
func sizesOf(programs ...program) (map[string]size, error) {
	all := make([]size, len(programs))
	failures := make([]error, len(programs))
	var wait sync.WaitGroup
	for n, p := range programs {
		wait.Go(func() {
			content, err := p.content()
			all[n], failures[n] = size{len(content), len(gzipped(content)), len(brotlied(content))}, err
		})
	}
	wait.Wait()
	sizes := map[string]size{}
	for n, p := range programs {
		sizes[p.name] = all[n]
	}
	return sizes, errors.Join(failures...)
}

// tellSizes writes the sizes as a table, and fails if one is over its limit.
func tellSizes(out io.Writer, sizes map[string]size) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "raw\tgzip\tbrotli\tratio\tlimit\tgoal\t program")
	var over error
	for _, p := range measured {
		s := sizes[p.name]
		ratio := float64(s.brotli) / float64(sizes[base].brotli)
		fmt.Fprintf(table, "%d\t%d\t%d\t%.3f\t", s.raw, s.gzip, s.brotli, ratio)
		for _, l := range limits {
			if l.program != p.name {
				continue
			}
			fmt.Fprintf(table, "%.3f\t%.2f", l.ceiling, l.goal)
			if ratio > l.ceiling {
				over = errors.Join(over, fmt.Errorf("%s: %.3f times the size of %s, more than %.3f", p.name, ratio, base, l.ceiling))
			}
		}
		if p.name == base || p.name == baseStripped {
			fmt.Fprint(table, "\t")
		}
		fmt.Fprintf(table, "\t %s\n", p.name)
	}
	return errors.Join(table.Flush(), over)
}

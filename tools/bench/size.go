package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"text/tabwriter"
)

// limits are what make bench-size keeps: how many times the brotli size of a
// program that imports syscall/js only. A ceiling above the goal is what has
// been reached so far; lower it with the size, never raise it.
var limits = []limit{
	{program: "minimal widget", goal: 1.25, ceiling: 1.37},
	{program: "panel", goal: 1.5, ceiling: 1.70},
}

type limit struct {
	program       string
	goal, ceiling float64
}

// base is the program beside which sizes are told.
const base = "syscall/js only"

// measured are the programs of which bench-size tells, imports those that show
// what an import costs, each with the folder that it is built from.
var (
	measured = []program{{base, "empty"}, {"minimal widget", "minimal"}, {"panel", ""}}
	imports  = []program{
		{"errors", "errors"}, {"strings", "strings"}, {"strconv", "strconv"}, {"time, with a timer", "time"}, {"context", "context"},
		{"fmt", "fmt"}, {"encoding/json", "encoding-json"}, {"vert", "vert"}, {"dom/v2", "dom"},
	}
	// Where the limits lie: what any program brings along that shows an interaction, what the library's signatures do, what speaks to
	// WWE without knowing what is said, what the library brings into the panel, and what the panel is without its page.
	floors = []program{
		{"least Go that shows an interaction", "barest"}, {"least with our signatures", "contract"},
		{"both ways to WWE only", "transports"}, {"calls of the panel only", "panel-calls"}, {"panel without a page", "panel-model"},
	}
)

type program struct{ name, folder string }

// file is where the program is: the panel where make build puts it.
func (p program) file() string {
	if p.folder == "" {
		return project + "/web/panel.wasm"
	}
	return filepath.Join(work, "size", p.folder)
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
			content, err := os.ReadFile(p.file())
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
			fmt.Fprintf(table, "%.2f\t%.2f", l.most(), l.goal)
			if ratio > l.most() {
				over = errors.Join(over, fmt.Errorf("%s: %.3f times the size of %s, more than %.2f", p.name, ratio, base, l.most()))
			}
		}
		if p.name == base {
			fmt.Fprint(table, "\t")
		}
		fmt.Fprintf(table, "\t %s\n", p.name)
	}
	return errors.Join(table.Flush(), over)
}

func (l limit) most() float64 { return math.Max(l.goal, l.ceiling) }
